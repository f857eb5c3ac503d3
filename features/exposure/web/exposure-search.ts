import { dropEmpty, type ReportSearch, readReportSearch, toReportQuery } from '../../reports/web/parts.ts'
import { OUTCOMES, type Outcome, USUAL_WINDOW, WINDOWS, type WindowDays } from '../vocabulary.ts'

/** What the address says: the question, and whose list lies open. */
export interface ExposureSearch extends ReportSearch {
  touchpoint?: string
  outcome?: Outcome
  window?: WindowDays
  /** The group whose persons are shown, by its first and last number. */
  bin?: number
  last?: number
}

const isCount = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 0

/** Reads an address that anybody may have typed; what makes no sense is left out. */
export function readExposureSearch(raw: Record<string, unknown>): ExposureSearch {
  const { touchpoint, outcome, window, bin, last } = raw
  const { compare: _, ...search } = readReportSearch(raw)
  const isBin = isCount(bin) && (last === undefined || (isCount(last) && last >= bin))
  return dropEmpty<ExposureSearch>({
    ...search,
    touchpoint:
      typeof touchpoint === 'string' && /^[a-z][a-z0-9_]{0,39}$/.test(touchpoint) ? touchpoint : undefined,
    outcome: OUTCOMES.find((one) => one === outcome),
    window: WINDOWS.find((one) => one === window),
    bin: isBin ? bin : undefined,
    last: isBin ? (last as number | undefined) : undefined,
  })
}

/** The question as the server takes it. */
export function toExposureQuery(search: ExposureSearch, now: Date, zone: string) {
  const { touchpoint, outcome, window } = search
  const { compare: _, ...query } = toReportQuery(search, now, zone)
  return { ...query, touchpoint, outcome, window: window === USUAL_WINDOW ? undefined : window }
}
