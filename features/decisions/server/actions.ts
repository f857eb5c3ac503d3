export { addDecision } from './decision-store.ts'
