import { dropEmpty, type ReportSearch, readReportSearch, toReportQuery } from '../../reports/web/parts.ts'
import { OUTCOMES, type Outcome, USUAL_DAYS } from '../vocabulary.ts'

export const VIEWS = ['ledger', 'quadrant'] as const
export type View = (typeof VIEWS)[number]
export const WHO = ['lost', 'exposed', 'unexposed'] as const
export type Who = (typeof WHO)[number]

/** What the address says: the question, how the answer is drawn, and which driver lies open. */
export interface DriversSearch extends ReportSearch {
  outcome?: Outcome
  view?: View
  /** The driver's key, with the persons that its drawer lists. */
  driver?: string
  who?: Who
}

const USUAL_OUTCOME = 'ordered'
const MAX_KEY = 160
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what no key holds
const isKey = (value: unknown): value is string => typeof value === 'string' && !/[\0-\x1f]/.test(value)

/** Reads an address that anybody may have typed; what makes no sense is left out. */
export function readDriversSearch(raw: Record<string, unknown>): DriversSearch {
  const { view, driver, who } = raw
  const outcome = OUTCOMES.find((one) => one === raw.outcome)
  // Two periods or segments aren't compared here: an effect is a comparison already.
  const { compare: _, ...search } = readReportSearch(raw)
  const key = isKey(driver) && driver.length <= MAX_KEY ? driver : undefined
  return dropEmpty<DriversSearch>({
    // Effects hide in small numbers: nobody gets the answer of a month without asking for it.
    days: search.from === undefined ? USUAL_DAYS[outcome ?? USUAL_OUTCOME] : undefined,
    ...search,
    outcome,
    view: view === 'quadrant' ? view : undefined,
    driver: key,
    who: key === undefined ? undefined : WHO.find((one) => one === who),
  })
}

/** The question as the server takes it. */
export function toDriversQuery(search: DriversSearch, now: Date, zone: string) {
  const { compare: _, ...query } = toReportQuery(search, now, zone)
  return { ...query, outcome: search.outcome ?? USUAL_OUTCOME }
}

/** Another outcome, with its own usual days where the ones before were the usual ones. */
export function turnTo(
  outcome: Outcome | undefined,
  { outcome: before, days }: DriversSearch,
): DriversSearch {
  const isUsual = days === USUAL_DAYS[before ?? USUAL_OUTCOME]
  return isUsual ? { outcome, days: undefined } : { outcome }
}
