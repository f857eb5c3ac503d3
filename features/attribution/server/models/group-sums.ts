import { GROUPS } from '../../../paths/server/reads.ts'
import type { PathTable } from '../path-table.ts'
import type { Credit } from './model.ts'

/** What groups of persons brought by known ways. */
export interface GroupTotals {
  conversions: Float64Array
  value: Float64Array
}

/** Orders and money that a draw of groups brought. */
export interface DrawnTotals {
  conversions: number
  value: number
}

/**
 * A model as sums over groups of persons, so that drawing groups anew costs no pass over the paths. Sums are as wide as
 * twice the channels: for conversions, then for value.
 */
export interface GroupSums {
  /** What all groups together sum up to. */
  whole: Float64Array
  /** What each adds to it, group by group. */
  byGroup: Float64Array
  /** The credits that such sums mean. */
  toCredits(sums: Float64Array, totals: DrawnTotals): Credit[]
}

/** Rules credit each path by itself, so what groups are credited with adds up. */
export const asCredits = (sums: Float64Array): Credit[] =>
  Array.from({ length: sums.length / 2 }, (_, at) => ({
    conversions: sums[at] as number,
    value: sums[at + sums.length / 2] as number,
  }))

/** Visits each path that counts, once, with its steps as channel numbers. */
export function eachPath(
  { starts, steps, conversions, nulls }: PathTable,
  withNulls: boolean,
  visit: (path: number, steps: number[]) => void,
): void {
  for (let path = 0; path < conversions.length; path++) {
    if ((conversions[path] as number) === 0 && !(withNulls && (nulls[path] as number) > 0)) continue
    const own: number[] = []
    for (let at = starts[path] as number; at < (starts[path + 1] as number); at++)
      own.push(steps[at] as number)
    visit(path, own)
  }
}

export function sumTotals({ parts }: PathTable): GroupTotals {
  const totals = { conversions: new Float64Array(GROUPS), value: new Float64Array(GROUPS) }
  for (let at = 0; at < parts.length; at += 4) {
    const group = parts[at] as number
    totals.conversions[group] = (totals.conversions[group] as number) + (parts[at + 1] as number)
    totals.value[group] = (totals.value[group] as number) + (parts[at + 2] as number)
  }
  return totals
}

/** Adds up what groups bring. */
export function sumWhole(byGroup: Float64Array): Float64Array {
  const width = byGroup.length / GROUPS
  const whole = new Float64Array(width)
  for (let at = 0; at < byGroup.length; at++)
    whole[at % width] = (whole[at % width] as number) + (byGroup[at] as number)
  return whole
}
