export { askWhileOutdated } from './ask-while-outdated.ts'
export { type Choice, type ChoiceGroup, Chooser } from './chooser.tsx'
export { Estimate, type EstimateProps, useShareWords } from './estimate.tsx'
export { PeriodChooser } from './period-chooser.tsx'
export { RecipeList } from './recipe-list.tsx'
export type { ReportPageProps, ReportTable } from './report-frame.ts'
export { ReportPage } from './report-page.tsx'
export {
  addDays,
  dropEmpty,
  findDays,
  type ReportSearch,
  readReportSearch,
  toReportQuery,
} from './report-search.ts'
export { CompareChooser, SegmentChooser } from './segment-choosers.tsx'
export { weightOf } from './share-words.ts'
export { useHasPage } from './use-places.ts'
export { useReportAddress } from './use-report-address.ts'
