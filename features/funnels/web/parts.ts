export { readSearch as readFunnelSearch, toQuery as toFunnelQuery } from './funnel-search.ts'
export { useFunnelNames } from './use-names.ts'
