export { readDataVersion } from './data-version.ts'
export { JOURNEY_SILENCE_DAYS, JOURNEY_SILENCE_MS } from './journey-silence.ts'
export { countsQuery } from './summary-query.ts'
export type { CountRow } from './summary-result.ts'
