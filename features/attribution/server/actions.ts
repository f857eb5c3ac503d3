export { saveCosts as keepAdCosts } from './costs/cost-store.ts'
