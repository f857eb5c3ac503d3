export { type AskedReport, answerReport, type MadeReport } from './answer-report.ts'
export { readDataVersion } from './data-version.ts'
export { JOURNEY_SILENCE_DAYS, JOURNEY_SILENCE_MS } from './journey-silence.ts'
export { type GroundSide, prepareGround, type ReportGround } from './report-ground.ts'
export {
  findPeriodBefore,
  type ReadReportQuestion,
  type ReportSide,
  readReportQuestion,
} from './report-question.ts'
export { runReport } from './run-report.ts'
export { countsQuery, type Query } from './summary-query.ts'
export type { CountRow } from './summary-result.ts'
