import { dropEmpty, type ReportSearch, readReportSearch, toReportQuery } from '../../reports/web/parts.ts'
import { COHORT_SIZES, type CohortSize, RETURNS, type Return } from '../vocabulary.ts'

/** A return in each stretch by itself, or by its end. */
export const MODES = ['within', 'by'] as const
export type Mode = (typeof MODES)[number]
export const PERSON_KINDS = ['within', 'by', 'not_by', 'all'] as const
export type PersonKind = (typeof PERSON_KINDS)[number]

/** What the address says: the question, how the answer is looked at, and whose list lies open. */
export interface CohortsSearch extends ReportSearch {
  size?: CohortSize
  returns?: Return
  mode?: Mode
  split?: 'channel'
  /** The first day of the cohort and the stretch of the cell that was clicked. */
  cohort?: string
  stretch?: number
  kind?: PersonKind
}

const oneOf = <T>(value: unknown, values: readonly T[]): T | undefined => values.find((one) => one === value)

/** Reads an address that anybody may have typed; what makes no sense is left out. */
export function readSearch(raw: Record<string, unknown>): CohortsSearch {
  const { cohort, stretch } = raw
  const isCell =
    typeof cohort === 'string' &&
    /^\d{4}-\d{2}-\d{2}$/.test(cohort) &&
    Number.isInteger(stretch) &&
    (stretch as number) >= 1 &&
    (stretch as number) <= 12
  return dropEmpty<CohortsSearch>({
    ...readReportSearch(raw),
    size: oneOf(raw.size, COHORT_SIZES),
    returns: oneOf(raw.returns, RETURNS),
    mode: oneOf(raw.mode, MODES),
    split: oneOf(raw.split, ['channel'] as const),
    ...(isCell && { cohort, stretch: stretch as number, kind: oneOf(raw.kind, PERSON_KINDS) }),
  })
}

/** Of orders one asks who has ordered again by now; of contacts, who still comes. */
export function findMode({ mode, returns }: CohortsSearch): Mode {
  return mode ?? (returns === 'order' ? 'by' : 'within')
}

/** The question as the server takes it; a way of looking at the answer isn't part of it. */
export function toQuery(search: CohortsSearch, now: Date, zone: string) {
  const { size, returns, split } = search
  return { ...toReportQuery(search, now, zone), size, returns, split }
}
