import { GROUPS } from '../../../paths/server/reads.ts'
import type { PathTable } from '../path-table.ts'
import { asCredits, eachPath, type GroupSums, sumWhole } from './group-sums.ts'
import type { StepShares } from './rule-models.ts'

/** What each rule credits each group of persons with; all rules in one pass over the paths. */
export function sumRules(table: PathTable, rules: readonly StepShares[]): GroupSums[] {
  const channels = table.channels.length
  const width = 2 * channels
  const sums = rules.map(() => new Float64Array(GROUPS * width))
  const { partStarts, parts } = table
  eachPath(table, false, (path, steps) => {
    for (let rule = 0; rule < rules.length; rule++) {
      const shares = (rules[rule] as StepShares)(steps)
      const sum = sums[rule] as Float64Array
      const end = 4 * (partStarts[path + 1] as number)
      for (let at = 4 * (partStarts[path] as number); at < end; at += 4)
        addShares(
          sum,
          (parts[at] as number) * width,
          channels,
          steps,
          shares,
          parts[at + 1] as number,
          parts[at + 2] as number,
        )
    }
  })
  return sums.map((byGroup) => ({ byGroup, whole: sumWhole(byGroup), toCredits: asCredits }))
}

function addShares(
  sums: Float64Array,
  start: number,
  channels: number,
  steps: readonly number[],
  shares: readonly number[],
  conversions: number,
  value: number,
): void {
  if (conversions === 0) return
  for (let at = 0; at < steps.length; at++) {
    const share = shares[at] as number
    if (share === 0) continue
    const place = start + (steps[at] as number)
    sums[place] = (sums[place] as number) + share * conversions
    sums[place + channels] = (sums[place + channels] as number) + share * value
  }
}
