import { dropEmpty, type ReportSearch, readReportSearch, toReportQuery } from '../../reports/web/parts.ts'
import type { PathPersonsQuestion } from '../contract.ts'
import {
  DEPTHS,
  DIRECTIONS,
  type Direction,
  NODE_KINDS,
  type NodeKind,
  TOPS,
  UNITS,
  UNTIL,
  type Unit,
  type Until,
} from '../vocabulary.ts'

export const VIEWS = ['flow', 'variants', 'steps'] as const
export type View = (typeof VIEWS)[number]

/** Whose list lies open: the part of the question that names persons. */
export type Who = Pick<
  PathPersonsQuestion,
  'column' | 'spot' | 'next' | 'variant' | 'line' | 'step' | 'step2'
>

/** What the address says: the picture, the question, and whose list lies open. */
export interface PathsSearch extends ReportSearch {
  view?: View
  per?: Unit
  by?: NodeKind
  until?: Until
  repeats?: 'each'
  direction?: Direction
  at?: string
  depth?: number
  top?: number
  through?: string
  who?: Who
}

const oneOf = <T>(value: unknown, values: readonly T[]): T | undefined => values.find((one) => one === value)
const isText = (value: unknown, longest = 80): value is string =>
  typeof value === 'string' && value !== '' && value.length <= longest
const between = (value: unknown, { least, most }: { least: number; most: number }) =>
  Number.isInteger(value) && (value as number) >= least && (value as number) <= most
    ? (value as number)
    : undefined

/** Reads an address that anybody may have typed; what makes no sense is left out. */
export function readSearch(raw: Record<string, unknown>): PathsSearch {
  return dropEmpty<PathsSearch>({
    ...readReportSearch(raw),
    view: oneOf(raw.view, VIEWS),
    per: oneOf(raw.per, UNITS),
    by: oneOf(raw.by, NODE_KINDS),
    until: oneOf(raw.until, UNTIL),
    repeats: oneOf(raw.repeats, ['each'] as const),
    direction: oneOf(raw.direction, DIRECTIONS),
    at: isText(raw.at) ? raw.at : undefined,
    depth: between(raw.depth, DEPTHS),
    top: between(raw.top, TOPS),
    through: isText(raw.through, 400) ? raw.through : undefined,
    who: readWho(raw.who),
  })
}

function readWho(raw: unknown): Who | undefined {
  if (typeof raw !== 'object' || raw === null) return undefined
  const { column, spot, next, variant, line, step, step2 } = raw as Record<string, unknown>
  const who = dropEmpty<Who>({
    column: between(column, { least: 0, most: DEPTHS.most }),
    spot: isText(spot, 1_200) ? spot : undefined,
    next: isText(next, 1_200) ? next : undefined,
    variant: isText(variant, 5_000) ? variant : undefined,
    line: oneOf(line, ['met', 'begun', 'ended', 'followed', 'returned'] as const),
    step: isText(step) ? step : undefined,
    step2: isText(step2) ? step2 : undefined,
  })
  return Object.keys(who).length > 0 ? who : undefined
}

/** The question as the server takes it; what the picture doesn't ask for is left out. */
export function toQuery(search: PathsSearch, now: Date, zone: string) {
  const { view = 'flow', per, by, until, repeats, direction, at, depth, top, through } = search
  return {
    ...toReportQuery(search, now, zone),
    ...{ per, by, until, repeats },
    ...(view === 'flow' && { direction, at, depth, top }),
    ...(view === 'variants' && { through }),
  }
}
