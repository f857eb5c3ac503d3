import { type Bounds, estimateMean } from '../../../kernel/stats/estimate-mean.ts'
import { type Estimate, FLOOR_WORD, type MapStage, type MapTouchpoint } from '../contract.ts'
import { judgeTemplate, type Verdict } from './judge-template.ts'
import type { LoadsRow } from './loads-query.ts'
import type { MapRow } from './map-query.ts'
import { LINE } from './person-lines.ts'
import type { CodedTouchpoint, RegistryCodes } from './registry-codes.ts'

const VALENCE: Bounds = { low: -1, high: 1 }
const SHARE: Bounds = { low: 0, high: 1 }

/** Whom the period knows. */
export interface Totals {
  persons: number
  events: number
  known: number
  /** Events that the newest rules have not seen yet. */
  waiting: number
}

export function readTotals(rows: readonly MapRow[]): Totals {
  const total = rows.find(({ line }) => line === LINE.total)
  const waiting = rows.find(({ line }) => line === LINE.waiting)
  return {
    persons: total?.n ?? 0,
    events: total?.sum ?? 0,
    known: total?.other ?? 0,
    waiting: waiting?.sum ?? 0,
  }
}

/** The stages in their order, each with the touchpoints at which somebody was, and those of its own where nobody was. */
export function toStages(
  codes: RegistryCodes,
  rows: readonly MapRow[],
  loads: readonly LoadsRow[],
): MapStage[] {
  const lines = indexLines(rows)
  return codes.stages.map((_, index) => toStage(index + 1, codes, lines, loads))
}

/** Lines by what they say and of what. */
type Lines = (line: number, key: number) => MapRow | undefined

function indexLines(rows: readonly MapRow[]): Lines {
  const index = new Map(rows.map((row) => [row.line * 2 ** 20 + row.key, row]))
  return (line, key) => index.get(line * 2 ** 20 + key)
}

function toStage(stage: number, codes: RegistryCodes, lines: Lines, loads: readonly LoadsRow[]): MapStage {
  const persons = lines(LINE.stage, stage)?.n ?? 0
  const touchpoints = codes.touchpoints
    .filter((one) => one.stage === stage || lines(LINE.place, stage * 1024 + one.code) !== undefined)
    .map((one) => toTouchpoint(one, stage, persons, lines, loads))
  const said = lines(LINE.saidStage, stage)
  return {
    key: codes.stages[stage - 1] as string,
    persons,
    contacts: touchpoints.reduce((sum, { contacts }) => sum + contacts, 0),
    said: toSaid(said),
    kept: toKept(lines(LINE.keptStage, stage)),
    expected: null,
    heard: { persons: said?.n ?? 0, share: shareOf(said?.n ?? 0, persons) },
    measured: lines(LINE.keptStage, stage)?.n ?? 0,
    ...toFlow(stage, codes, lines),
    touchpoints,
    promises: toPromises(lines(LINE.promises, stage)),
  }
}

function toTouchpoint(
  { key, code }: CodedTouchpoint,
  stage: number,
  ofStage: number,
  lines: Lines,
  loads: readonly LoadsRow[],
): MapTouchpoint {
  const place = stage * 1024 + code
  const present = lines(LINE.place, place)
  const persons = present?.n ?? 0
  const said = lines(LINE.saidPlace, place)
  const kept = lines(LINE.keptPlace, place)
  return {
    key,
    persons,
    contacts: present?.sum ?? 0,
    reach: shareOf(persons, ofStage),
    said: toSaid(said),
    kept: toKept(kept),
    expected: null,
    heard: { persons: said?.n ?? 0, share: shareOf(said?.n ?? 0, persons) },
    measured: kept?.n ?? 0,
    templates: toTemplates(key, loads),
    isByLoad: kept !== undefined && kept.other === 0,
  }
}

/** On the scale from −100 to 100; null below the floor. */
function toSaid(row: MapRow | undefined): Estimate | null {
  if (!row || row.n < FLOOR_WORD) return null
  const estimate = estimateMean(row, VALENCE)
  if (!estimate) return null
  const { n, mean, low, high } = estimate
  return { n, mean: 100 * mean, low: 100 * low, high: 100 * high }
}

/** From 0 to 1; null below the floor. */
function toKept(row: MapRow | undefined): Estimate | null {
  return row && row.n >= FLOOR_WORD ? (estimateMean(row, SHARE) ?? null) : null
}

/** How many page templates of the touchpoint keep their standards, each judged by all its loadings. */
function toTemplates(key: string, loads: readonly LoadsRow[]): MapTouchpoint['templates'] {
  const own = loads.filter(({ touchpoint }) => touchpoint === key)
  if (own.length === 0) return null
  const verdicts = own.map(judgeTemplate)
  const count = (verdict: Verdict) => verdicts.filter((one) => one === verdict).length
  return {
    kept: count('kept'),
    between: count('between'),
    missed: count('missed'),
    unsure: count('unsure'),
  }
}

function toFlow(stage: number, codes: RegistryCodes, lines: Lines): Pick<MapStage, 'next' | 'after'> {
  const walked = lines(LINE.next, stage)
  if (!walked) return { next: null, after: [] }
  const after = [0, ...codes.stages.keys()].map((_, to) => ({
    stage: to === 0 ? null : (codes.stages[to - 1] as string),
    persons: lines(LINE.after, stage * 64 + to)?.n ?? 0,
  }))
  return {
    next:
      walked.sum > 0
        ? { share: walked.sum / walked.n, medianSeconds: walked.middle }
        : { share: 0, medianSeconds: 0 },
    after: after
      .filter(({ persons }) => persons > 0)
      .map((one) => ({ ...one, share: one.persons / walked.n }))
      .sort((a, b) => b.persons - a.persons),
  }
}

function toPromises(row: MapRow | undefined): MapStage['promises'] {
  return row && row.sum + row.other > 0 ? { kept: row.sum, broken: row.other } : null
}

function shareOf(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole
}
