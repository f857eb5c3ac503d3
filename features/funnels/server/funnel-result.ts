import { findWilsonInterval } from '../../../kernel/stats/wilson.ts'
import type { FunnelAnswer, FunnelStep, Share, StepFigures } from '../contract.ts'
import type { Unit } from '../vocabulary.ts'
import { findRequired } from './chains-sql.ts'

/** One step's row; no row where nobody came. `took` are quantiles in ms. */
export interface StepRow {
  step: number
  n: number
  known: number
  took: number[]
}

export interface GroupRow {
  value: string
  n: number[]
}

/** Rows of the store as figures of every step. */
export function toStepFigures(
  rows: readonly StepRow[],
  steps: readonly FunnelStep[],
  per: Unit,
): StepFigures[] {
  const byStep = new Map(rows.map((row) => [row.step, row]))
  const count = (step: number) => byStep.get(step)?.n ?? 0
  return steps.map((step, index) => {
    const place = index + 1
    const before = findRequired(steps, place)
    const next = step.optional ? undefined : findNext(steps, place)
    const took = byStep.get(place)?.took.map((ms) => ms / 1000)
    return {
      n: count(place),
      ofFirst: toShare(count(place), count(1), per),
      ofPrevious: before === undefined ? null : toShare(count(place), count(before), per),
      left: next === undefined ? 0 : count(place) - count(next),
      took: took
        ? {
            quarter: took[0] as number,
            half: took[1] as number,
            most: took[2] as number,
            nearlyAll: took[3] as number,
          }
        : null,
    }
  })
}

/** The place of the next step that can't be left out, counted from 1. */
export function findNext(steps: readonly FunnelStep[], step: number): number | undefined {
  const ahead = steps.slice(step).findIndex(({ optional }) => !optional)
  return ahead < 0 ? undefined : step + ahead + 1
}

/** null where nobody is counted. */
export function toShare(n: number, of: number, per: Unit): Share | null {
  const interval = findWilsonInterval(n, of)
  if (!interval) return null
  const { share, low, high } = interval
  return per === 'person' ? { n, of, share, low, high } : { n, of, share, low: null, high: null }
}

/** The shown groups, and all the others as one where there are any. */
export function toGroups(rows: readonly GroupRow[], all: readonly StepFigures[]): FunnelAnswer['groups'] {
  const rest = all.map(({ n }, index) => n - rows.reduce((sum, row) => sum + (row.n[index] ?? 0), 0))
  const groups = rows.map(({ value, n }) => ({ value: value as string | null, n }))
  return (rest[0] ?? 0) > 0 ? [...groups, { value: null, n: rest }] : groups
}
