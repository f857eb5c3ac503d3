import { dropEmpty, type ReportSearch, readReportSearch, toReportQuery } from '../../reports/web/parts.ts'
import { DEVIATIONS, type Deviation, OUTCOMES, type Outcome, PARTS, type Part } from '../contract.ts'

/** Whose list lies open. */
export interface OpenPart {
  part?: Part
  step?: number
  stage?: string
  toStep?: number
  by?: Deviation
  side?: 'conforming' | 'deviating'
}

/** What the address says: the question, and whose list lies open. */
export interface ConformanceSearch extends ReportSearch, OpenPart {
  scenario?: string
  outcome?: Outcome
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const oneOf = <T>(value: unknown, values: readonly T[]): T | undefined => values.find((one) => one === value)
const isStep = (value: unknown): value is number =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 60

/** Reads an address that anybody may have typed; what makes no sense is left out. */
export function readSearch(raw: Record<string, unknown>): ConformanceSearch {
  const { scenario, stage } = raw
  return dropEmpty({
    ...readReportSearch(raw),
    scenario: typeof scenario === 'string' && UUID.test(scenario) ? scenario : undefined,
    outcome: oneOf(raw.outcome, OUTCOMES),
    part: oneOf(raw.part, PARTS),
    step: isStep(raw.step) ? raw.step : undefined,
    stage: typeof stage === 'string' && /^[a-z][a-z0-9_]{0,39}$/.test(stage) ? stage : undefined,
    toStep: isStep(raw.toStep) && raw.toStep > 0 ? raw.toStep : undefined,
    by: oneOf(raw.by, DEVIATIONS),
    side: oneOf(raw.side, ['conforming', 'deviating'] as const),
  })
}

/** The question as the server takes it. */
export function toQuery(search: ConformanceSearch, now: Date, zone: string) {
  const { scenario, outcome } = search
  return { ...toReportQuery(search, now, zone), scenario, outcome }
}

/** No list. */
export const CLOSED: Record<keyof OpenPart, undefined> = {
  part: undefined,
  step: undefined,
  stage: undefined,
  toStep: undefined,
  by: undefined,
  side: undefined,
}
