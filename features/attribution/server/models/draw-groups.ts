import type { Prng } from '../../../../kernel/prng.ts'
import type { DrawnTotals, GroupSums, GroupTotals } from './group-sums.ts'
import type { Credit } from './model.ts'

/** The standard errors of a channel's share, conversions and value. */
export interface Errors {
  share: number
  conversions: number
  value: number
}

/**
 * The bootstrap (Efron, 1979) over customers, who come in whole with all their journeys: they fell by chance into groups,
 * and of the groups as many are drawn as there are, again and again. By model, then by channel. The spread of n groups
 * that brought orders is a little small, by (n − 1) / n; of a single one it tells nothing, and errors are as large as
 * what is told.
 */
export function drawErrors(
  models: readonly GroupSums[],
  totals: GroupTotals,
  rounds: number,
  prng: Prng,
): Errors[][] {
  const groups = totals.conversions.length
  const met = totals.conversions.reduce((count, one) => count + (one > 0 ? 1 : 0), 0)
  const spreads = models.map(({ whole }) => Array.from({ length: whole.length / 2 }, createSpread))
  if (met < 2) return models.map((model) => tellNothing(model, totals))
  const times = new Int32Array(groups)
  for (let round = 0; round < rounds; round++) {
    times.fill(0)
    for (let left = groups; left > 0; left--) {
      const group = prng.below(groups)
      times[group] = (times[group] as number) + 1
    }
    const drawn = { conversions: weigh(totals.conversions, times), value: weigh(totals.value, times) }
    models.forEach((model, at) => {
      const credits = model.toCredits(drawSums(model, times), drawn)
      credits.forEach((credit, channel) => {
        spreads[at]?.[channel]?.add(credit, drawn.conversions)
      })
    })
  }
  return spreads.map((ofModel) => ofModel.map((spread) => spread.finish(Math.sqrt(met / (met - 1)))))
}

function drawSums({ whole, byGroup }: GroupSums, times: Int32Array): Float64Array {
  const sums = whole.slice()
  for (let group = 0; group < times.length; group++) {
    const more = (times[group] as number) - 1
    if (more === 0) continue
    const start = group * sums.length
    for (let at = 0; at < sums.length; at++)
      sums[at] = (sums[at] as number) + more * (byGroup[start + at] as number)
  }
  return sums
}

const weigh = (of: Float64Array, times: Int32Array): number =>
  of.reduce((sum, one, group) => sum + one * (times[group] as number), 0)

function tellNothing({ whole, toCredits }: GroupSums, totals: GroupTotals): Errors[] {
  const sum = (of: Float64Array) => of.reduce((all, one) => all + one, 0)
  const all: DrawnTotals = { conversions: sum(totals.conversions), value: sum(totals.value) }
  const share = all.conversions > 0 ? 1 : 0
  return toCredits(whole, all).map(() => ({ share, ...all }))
}

function createSpread() {
  const share = createDeviation()
  const conversions = createDeviation()
  const value = createDeviation()
  return {
    add(credit: Credit, all: number): void {
      if (all > 0) share.add(credit.conversions / all)
      conversions.add(credit.conversions)
      value.add(credit.value)
    },
    finish: (factor: number): Errors => ({
      share: share.find() * factor,
      conversions: conversions.find() * factor,
      value: value.find() * factor,
    }),
  }
}

/** The standard deviation of a stream of numbers (Welford, 1962). */
function createDeviation() {
  let n = 0
  let mean = 0
  let squares = 0
  return {
    add(value: number): void {
      n += 1
      const away = value - mean
      mean += away / n
      squares += away * (value - mean)
    },
    find: () => (n > 1 ? Math.sqrt(squares / (n - 1)) : 0),
  }
}
