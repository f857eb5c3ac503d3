/**
 * The reports in the order of the hub: where each one is, below `/s/$shop/`, which is also the key of its words in
 * `reports.json` (`question`, `name`, `what`) and of its sketch (`report-sketch.tsx`).
 */
export const reportList = [
  { path: 'drivers' },
  { path: 'changes' },
  { path: 'funnel' },
  { path: 'paths' },
  { path: 'conformance' },
  { path: 'choosing' },
  { path: 'returning' },
  { path: 'attribution' },
  { path: 'exposure' },
  { path: 'channel-mix' },
  { path: 'cohorts' },
] as const satisfies { path: string }[]

export type ReportPath = (typeof reportList)[number]['path']

/** The report of a page's address, `/s/1/funnel` → `funnel`. */
export function findReportPath(pathname: string): ReportPath | undefined {
  const [, last] = /^\/s\/\d+\/([a-z-]+)\/?$/.exec(pathname) ?? []
  return reportList.find(({ path }) => path === last)?.path
}
