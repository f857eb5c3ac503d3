export {
  questionOf as toAttributionQuery,
  readSearch as readAttributionSearch,
} from './attribution-search.ts'
export { useWayName } from './use-attribution.ts'
