import type { ReportMeta } from '../contract.ts'

const AGAIN_MS = 3_000

/** `refetchInterval` of a slow report: while its answer is an earlier one the server is making the new one. */
export const askWhileOutdated = (query: { state: { data?: { meta: ReportMeta } | undefined } }) =>
  query.state.data?.meta.isOutdated ? AGAIN_MS : false
