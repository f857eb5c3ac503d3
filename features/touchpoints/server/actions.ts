export { addScenario } from './scenario-store.ts'
