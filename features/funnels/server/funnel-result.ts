import { compareShares } from '../../../kernel/stats/compare-shares.ts'
import { findDiscoveryRates } from '../../../kernel/stats/false-discovery.ts'
import { findWilsonInterval } from '../../../kernel/stats/wilson.ts'
import type { Change, FunnelAnswer, FunnelStep, OtherStep, Share, StepFigures } from '../contract.ts'
import type { Unit } from '../vocabulary.ts'
import { findRequired } from './chains-sql.ts'
import { estimateClusteredShare, type VisitSums } from './models/clustered-share.ts'
import { toTimeBins } from './time-bins.ts'

/** One step's row; no row where nobody came. `took` are quantiles in ms. Sums are over persons. */
export interface StepRow {
  step: number
  n: number
  persons: number
  known: number
  squares: number
  with_first: number
  with_previous: number
  took: number[]
  bins: [number[], number[]]
}

/** By step. */
export interface GroupRow {
  value: string
  n: number[]
  persons: number[]
  squares: number[]
  with_first: number[]
}

/** A share with what a comparison needs: so many independent units would tell as much. */
interface Estimate {
  share: Share
  effective: number
}

export interface EstimatedStep {
  figures: StepFigures
  ofFirst: Estimate | null
  ofPrevious: Estimate | null
}

/** Rows of the store as figures of every step. */
export function toEstimates(
  rows: readonly StepRow[],
  steps: readonly FunnelStep[],
  per: Unit,
): EstimatedStep[] {
  const byStep = new Map(rows.map((row) => [row.step, row]))
  const count = (step: number) => byStep.get(step)?.n ?? 0
  const estimate = (place: number, of: number, together: 'with_first' | 'with_previous') => {
    const [row, base] = [byStep.get(place), byStep.get(of)]
    if (!base) return null
    const sums = { n: row?.n ?? 0, nn: row?.squares ?? 0, nof: row?.[together] ?? 0 }
    return estimateShare({ ...sums, persons: base.persons, of: base.n, ofof: base.squares }, per)
  }
  return steps.map((step, index) => {
    const place = index + 1
    const before = findRequired(steps, place)
    const next = step.optional ? undefined : findNext(steps, place)
    const ofFirst = estimate(place, 1, 'with_first')
    const ofPrevious = before === undefined ? null : estimate(place, before, 'with_previous')
    const row = byStep.get(place)
    const figures: StepFigures = {
      n: count(place),
      persons: row?.persons ?? 0,
      ofFirst: ofFirst?.share ?? null,
      ofPrevious: ofPrevious?.share ?? null,
      left: next === undefined ? 0 : count(place) - count(next),
      took: row ? toTook(row) : null,
    }
    return { figures, ofFirst, ofPrevious }
  })
}

function toTook({ took, bins }: StepRow): NonNullable<StepFigures['took']> {
  const [quarter = 0, half = 0, most = 0, nearlyAll = 0] = took.map((ms) => ms / 1000)
  return { quarter, half, most, nearlyAll, bins: toTimeBins(bins) }
}

/** The place of the next step that can't be left out, counted from 1. */
export function findNext(steps: readonly FunnelStep[], step: number): number | undefined {
  const ahead = steps.slice(step).findIndex(({ optional }) => !optional)
  return ahead < 0 ? undefined : step + ahead + 1
}

function estimateShare(sums: VisitSums, per: Unit): Estimate | null {
  const { n, of } = sums
  const plain = findWilsonInterval(n, of)
  if (!plain) return null
  if (per === 'person') return { share: { n, of, ...plain }, effective: of }
  const clustered = estimateClusteredShare(sums)
  if (!clustered) return null
  const { share, low, high, effective } = clustered
  return { share: { n, of, share, low, high }, effective }
}

/** Of those who made the first of two steps, the share who didn't make the second; null where nobody is counted. */
export function toLeavingShare(
  rows: readonly StepRow[],
  steps: readonly FunnelStep[],
  place: number,
  per: Unit,
): Share | null {
  const came = toEstimates(rows, steps, per)[place - 1]?.ofFirst?.share
  return came
    ? { n: came.of - came.n, of: came.of, share: 1 - came.share, low: 1 - came.high, high: 1 - came.low }
    : null
}

/** The other side's steps, each with how this side differs; chances are corrected over all steps of the way. */
export function toOtherSteps(own: readonly EstimatedStep[], other: readonly EstimatedStep[]): OtherStep[] {
  const ofFirst = compareAll(own, other, ({ ofFirst }, index) => (index === 0 ? null : ofFirst))
  const ofPrevious = compareAll(own, other, ({ ofPrevious }) => ofPrevious)
  return other.map(({ figures }, index) => ({
    ...figures,
    changeOfFirst: ofFirst[index] ?? null,
    changeOfPrevious: ofPrevious[index] ?? null,
  }))
}

function compareAll(
  own: readonly EstimatedStep[],
  other: readonly EstimatedStep[],
  pick: (step: EstimatedStep, index: number) => Estimate | null,
): (Change | null)[] {
  const changes = own.map((step, index) =>
    compareTwo(pick(step, index), pick(other[index] as EstimatedStep, index)),
  )
  const rates = findDiscoveryRates(changes.flatMap((change) => (change ? [change.p] : [])))
  return changes.map((change) => change && { ...change, q: rates.shift() ?? 1 })
}

function compareTwo(own: Estimate | null, other: Estimate | null) {
  if (!own || !other) return null
  const count = ({ share: { share }, effective }: Estimate) => ({ n: share * effective, of: effective })
  return compareShares(count(own), count(other)) ?? null
}

/** The shown groups, and all the others as one where there are any. */
export function toGroups(
  rows: readonly GroupRow[],
  all: readonly StepRow[],
  steps: readonly FunnelStep[],
  per: Unit,
): FunnelAnswer['groups'] {
  const rest = restOf(rows, all, steps.length)
  const shown = rows.map((row) => ({ ...row, value: row.value as string | null }))
  return ((rest.n[0] ?? 0) > 0 ? [...shown, rest] : shown).map((row) => ({
    value: row.value,
    n: row.n,
    shares: row.n.map((n, index) => {
      const nof = row.with_first[index] ?? 0
      const [of = 0, ofof = 0, persons = 0] = [row.n[0], row.squares[0], row.persons[0]]
      return estimateShare({ persons, n, of, nn: row.squares[index] ?? 0, nof, ofof }, per)?.share ?? null
    }),
  }))
}

/** What is left of the whole without the groups: all sums are over persons, and each person is in one group. */
function restOf(rows: readonly GroupRow[], all: readonly StepRow[], count: number) {
  const sumOf = (key: 'n' | 'persons' | 'squares' | 'with_first') =>
    Array.from({ length: count }, (_, index) => {
      const whole = all.find(({ step }) => step === index + 1)?.[key] ?? 0
      return whole - rows.reduce((sum, row) => sum + (row[key][index] ?? 0), 0)
    })
  return {
    value: null,
    n: sumOf('n'),
    persons: sumOf('persons'),
    squares: sumOf('squares'),
    with_first: sumOf('with_first'),
  }
}
