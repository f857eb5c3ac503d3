export { hasCosts as hasAdCosts } from './costs/cost-store.ts'
