import type { Prng } from '../../../../kernel/prng.ts'
import type { PathTable } from '../path-table.ts'
import type { PathWeight } from './model.ts'

/** Journeys drawn anew: the paths that came, and what they brought this time. */
export interface Drawn {
  paths: number[]
  weights: PathWeight[]
  conversions: number
}

export interface JourneyDrawer {
  /** How many of the journeys are drawn in a round, as a share of all. */
  part: number
  draw(prng: Prng): Drawn
}

/**
 * The bootstrap (Efron, 1979) over journeys, each drawn a Poisson number of times (Hanley and MacGibbon, 2006): as many
 * draws as a Poisson number says, each of one journey by chance. Of more than `most` journeys a part is drawn; its
 * spread is wider by 1/√part: m out of n (Bickel, Götze and van Zwet, 1997). What k orders of a path are worth is drawn
 * around k times their mean with the spread of their amounts.
 */
export function createJourneyDrawer(table: PathTable, withNulls: boolean, most: number): JourneyDrawer {
  const { conversions, nulls } = table
  const paths = conversions.length
  const ends = new Float64Array(withNulls ? 2 * paths : paths)
  let sum = 0
  for (let at = 0; at < ends.length; at++) {
    sum += (at < paths ? conversions[at] : nulls[at - paths]) as number
    ends[at] = sum
  }
  const part = Math.min(1, most / Math.max(1, sum))
  const times = new Float64Array(ends.length)
  return {
    part,
    draw(prng) {
      const met = new Set<number>()
      for (let left = drawPoisson(prng, sum * part); left > 0; left--) {
        const at = findEnd(ends, prng.float() * sum)
        times[at] = (times[at] as number) + 1
        met.add(at % paths)
      }
      const drawn: Drawn = { paths: [...met], weights: [], conversions: 0 }
      for (const path of drawn.paths) {
        const count = times[path] as number
        drawn.weights.push({
          conversions: count,
          value: drawValue(prng, table, path, count),
          nulls: withNulls ? (times[paths + path] as number) : 0,
        })
        drawn.conversions += count
        times[path] = 0
        if (withNulls) times[paths + path] = 0
      }
      return drawn
    },
  }
}

/** The first place whose sum lies above `u`. */
function findEnd(ends: Float64Array, u: number): number {
  let low = 0
  let high = ends.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ends[middle] as number) > u) high = middle
    else low = middle + 1
  }
  return low
}

function drawValue(
  prng: Prng,
  { conversions, value, squares }: PathTable,
  path: number,
  count: number,
): number {
  if (count === 0) return 0
  const n = conversions[path] as number
  const mean = (value[path] as number) / n
  const variance = Math.max(0, (squares[path] as number) / n - mean * mean)
  return Math.max(0, count * mean + (variance > 0 ? Math.sqrt(count * variance) * drawNormal(prng) : 0))
}

/** Box and Muller. */
const drawNormal = (prng: Prng): number =>
  Math.sqrt(-2 * Math.log(1 - prng.float())) * Math.cos(2 * Math.PI * prng.float())

/** By multiplying uniforms (Knuth), past 30 by the normal distribution that it comes close to. */
export function drawPoisson(prng: Prng, mean: number): number {
  if (mean <= 0) return 0
  if (mean > 30) return Math.max(0, Math.round(mean + Math.sqrt(mean) * drawNormal(prng)))
  const limit = Math.exp(-mean)
  let count = 0
  for (let product = prng.float(); product > limit; product *= prng.float()) count++
  return count
}
