export { readDataVersion } from '../../reports/server/reads.ts'
