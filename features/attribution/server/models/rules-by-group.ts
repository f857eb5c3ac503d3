import { GROUPS } from '../../../paths/server/reads.ts'
import type { PathTable } from '../path-table.ts'
import { asCredits, eachPart, eachPath, type GroupSums, sumWhole } from './group-sums.ts'
import type { StepShares } from './rule-models.ts'

/** What each rule credits each group of persons with; all rules in one pass over the paths. */
export function sumRules(table: PathTable, rules: readonly StepShares[]): GroupSums[] {
  const channels = table.channels.length
  const width = 2 * channels
  const sums = rules.map(() => new Float64Array(GROUPS * width))
  eachPath(table, false, (path, steps) => {
    const shares = rules.map((rule) => rule(steps))
    eachPart(table, path, (group, conversions, value) => {
      if (conversions === 0) return
      sums.forEach((sum, rule) => {
        const own = sum.subarray(group * width, (group + 1) * width)
        addShares(own, steps, shares[rule] as readonly number[], conversions, value)
      })
    })
  })
  return sums.map((byGroup) => ({ byGroup, whole: sumWhole(byGroup), toCredits: asCredits }))
}

function addShares(
  sums: Float64Array,
  steps: readonly number[],
  shares: readonly number[],
  conversions: number,
  value: number,
): void {
  const channels = sums.length / 2
  for (let at = 0; at < steps.length; at++) {
    const share = shares[at] as number
    if (share === 0) continue
    const channel = steps[at] as number
    sums[channel] = (sums[channel] as number) + share * conversions
    sums[channel + channels] = (sums[channel + channels] as number) + share * value
  }
}
