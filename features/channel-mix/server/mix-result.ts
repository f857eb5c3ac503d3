import { type Bounds, estimateMean } from '../../../kernel/stats/estimate-mean.ts'
import type { Estimate, MixFigures, MixSide, Opinion } from '../contract.ts'
import { listWays, MIX_GROUPS, type MixGroup, OTHER_MIXES } from '../vocabulary.ts'
import type { MixLevel, MixOutcome, MixRow, StratumCell } from './mix-query.ts'
import {
  type Adjustment,
  chooseAdjustment,
  type GroupRows,
  MIN_ORDERS,
  MIN_PERSONS,
} from './models/adjust.ts'
import {
  addCells,
  averageClustered,
  type Clustered,
  countPersons,
  shareClustered,
  standardiseClustered,
  toPersonSums,
} from './models/person-sums.ts'

const SHARE: Bounds = { low: 0, high: 1 }
const SAID: Bounds = { low: -100, high: 100 }
const RECOMMENDED: Bounds = { low: 0, high: 10 }
const MAX_LEFT = 10

/** Rows by level, unit and outcome. */
export type MixRows = (level: MixLevel, unit: number, outcome: MixOutcome) => readonly MixRow[]

export function indexRows(rows: readonly MixRow[]): MixRows {
  const found = new Map<string, MixRow[]>()
  for (const row of rows) {
    const key = `${row.level} ${row.unit} ${row.outcome}`
    found.set(key, [...(found.get(key) ?? []), row])
  }
  return (level, unit, outcome) => found.get(`${level} ${unit} ${outcome}`) ?? []
}

/** Rows of the store → the figures of one side. Also how many of its orders are by persons known by more than a browser. */
export function toSide(rows: readonly MixRow[]): { side: MixSide; known: number } {
  const of = indexRows(rows)
  const everyone = of('group', 0, 'share')
  const total = addCells(everyone, () => '').get('') ?? { n: 0, y: 0 }
  const adjustments = { said: adjust(of, 'said'), asked: adjust(of, 'asked') }
  const figures = (level: MixLevel, unit: number) => toFigures(of, level, unit, adjustments)
  return {
    side: {
      orders: total.n,
      persons: countPersons(everyone),
      value: total.y,
      foreign: everyone.reduce((sum, row) => sum + row.foreign, 0),
      problems: MIX_GROUPS.reduce((sum, _, unit) => sum + countProblems(of('group', unit, 'all')), 0),
      groups: MIX_GROUPS.map((key, unit) => ({ key, ...figures('group', unit) })),
      mixes: listMixes(of).map((key) => ({
        key,
        ways: key === OTHER_MIXES ? [] : listWays(key),
        ...figures('mix', key),
      })),
      adjusting: { said: describe(adjustments.said), recommendation: describe(adjustments.asked) },
    },
    known: everyone.reduce((sum, row) => sum + row.known, 0),
  }
}

/** The combinations that stand alone, the most frequent first, and the others last. */
function listMixes(of: MixRows): number[] {
  const orders = addCells(of('mix', 0, 'share'), ([, , unit]) => unit)
  return [...orders]
    .map(([unit, { n }]) => ({ unit: Number(unit), n }))
    .sort(
      (a, b) =>
        Number(a.unit === OTHER_MIXES) - Number(b.unit === OTHER_MIXES) || b.n - a.n || a.unit - b.unit,
    )
    .map(({ unit }) => unit)
}

function adjust(of: MixRows, outcome: 'said' | 'asked'): Adjustment | undefined {
  const rows = MIX_GROUPS.map((key, unit): [MixGroup, GroupRows] => [
    key,
    { all: of('group', unit, 'all'), heard: of('group', unit, outcome) },
  ])
  return chooseAdjustment(Object.fromEntries(rows) as Record<MixGroup, GroupRows>)
}

type Adjustments = { said: Adjustment | undefined; asked: Adjustment | undefined }

function toFigures(of: MixRows, level: MixLevel, unit: number, adjustments: Adjustments): MixFigures {
  const all = of(level, unit, 'all')
  const { n = 0, y = 0 } = addCells(all, () => '').get('') ?? {}
  const persons = countPersons(all)
  return {
    orders: n,
    persons,
    share: toEstimate(findShare(of, level, unit, 'n'), SHARE),
    revenueShare: toEstimate(findShare(of, level, unit, 'y'), SHARE),
    value: y,
    boughtOut: toEstimate(enough(averageClustered(of(level, unit, 'bought'))), SHARE),
    problems: countProblems(all),
    said: toOpinion(of(level, unit, 'said'), persons, adjustments.said, 100, SAID),
    recommendation: toOpinion(of(level, unit, 'asked'), persons, adjustments.asked, 1, RECOMMENDED),
  }
}

/** A unit's part of all orders, or of their money. */
export function findShare(
  of: MixRows,
  level: MixLevel,
  unit: number,
  what: 'n' | 'y',
): Clustered | undefined {
  return shareClustered(of(level, 0, 'share'), ([, , key]) => key === String(unit), what)
}

function countProblems(all: readonly MixRow[]): number {
  return addCells(all, ([problem]) => (problem ? '' : undefined)).get('')?.n ?? 0
}

function toOpinion(
  heard: readonly MixRow[],
  persons: number,
  adjustment: Adjustment | undefined,
  scale: number,
  bounds: Bounds,
): Opinion {
  const raw = averageClustered(heard)
  return {
    persons: raw?.persons ?? 0,
    orders: addCells(heard, () => '').get('')?.n ?? 0,
    heardShare: persons === 0 ? 0 : (raw?.persons ?? 0) / persons,
    raw: toEstimate(enough(raw), bounds, scale),
    adjusted: adjustment ? toEstimate(enough(standardise(heard, adjustment)), bounds, scale) : null,
  }
}

/** undefined where one of the strata has too few orders of this mix: it isn't guessed from the others. */
function standardise(
  heard: readonly MixRow[],
  { keyOf, weights }: Pick<Adjustment, 'weights'> & { keyOf: (cell: StratumCell) => string },
): Clustered | undefined {
  const strata = addCells(heard, keyOf)
  if ([...weights.keys()].some((key) => (strata.get(key)?.n ?? 0) < MIN_ORDERS)) return undefined
  return standardiseClustered(heard, keyOf, weights)
}

const enough = (one: Clustered | undefined) => (one && one.persons >= MIN_PERSONS ? one : undefined)

function toEstimate(one: Clustered | undefined, bounds: Bounds, scale = 1): Estimate | null {
  return (one && estimateMean(toPersonSums(one, scale), bounds)) ?? null
}

function describe(adjustment: Adjustment | undefined): MixSide['adjusting']['said'] {
  if (!adjustment) return null
  const { by, groups, weights, covered, left } = adjustment
  return {
    by: [...by],
    groups,
    strata: weights.size,
    covered,
    left: left.slice(0, MAX_LEFT).map(({ cell: [problem, returning, category], orders, missing }) => ({
      problem: problem === 1,
      returning: by.length > 1 ? returning === 1 : null,
      category: by.length > 2 ? category : null,
      orders,
      missing,
    })),
  }
}
