export { createReportCache, type ReportCache } from '../../../platform/report-cache.ts'
