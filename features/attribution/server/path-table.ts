import type { PathRow } from '../../paths/server/reads.ts'
import type { PathWeight } from './models/model.ts'

/** Paths in flat arrays: the steps of path p are `steps[starts[p] … starts[p + 1])`, numbers of `channels`. */
export interface PathTable {
  channels: string[]
  starts: Int32Array
  steps: Int32Array
  conversions: Float64Array
  value: Float64Array
  nulls: Float64Array
  totals: Totals
}

export interface Totals extends PathWeight {
  /** Of the conversions, those in another currency, which add nothing to the value. */
  foreign: number
  anonymous: number
  /** What was ordered though no way was recorded; part of the totals and of no channel. */
  unknown: PathWeight
}

/** More different ways than this are joined into `OTHER`, the rarest first: a chain of order 2 stays solvable. */
export const MAX_WAYS = 40
export const OTHER = 'other'

export interface PathTableBuilder {
  add(rows: readonly PathRow[]): void
  finish(): PathTable
}

/** Gathers rows of the path table; a path of `maxSteps` steps and more keeps its last ones. */
export function createPathTable(separator: string, maxSteps = 10_000): PathTableBuilder {
  const names: string[] = []
  const numbers = new Map<string, number>()
  const steps: number[] = []
  const starts = [0]
  const weights = { conversions: [] as number[], value: [] as number[], nulls: [] as number[] }
  const unknown: PathWeight = { conversions: 0, value: 0, nulls: 0 }
  const totals: Totals = { conversions: 0, value: 0, nulls: 0, foreign: 0, anonymous: 0, unknown }

  const numberOf = (name: string): number => {
    const known = numbers.get(name)
    if (known !== undefined) return known
    const number = names.push(name) - 1
    numbers.set(name, number)
    return number
  }
  function addRow({ path, ...row }: PathRow): void {
    for (const key of ['conversions', 'value', 'nulls', 'foreign', 'anonymous'] as const)
      totals[key] += row[key]
    if (path === '') {
      for (const key of ['conversions', 'value', 'nulls'] as const) unknown[key] += row[key]
      return
    }
    for (const name of path.split(separator).slice(-maxSteps)) steps.push(numberOf(name))
    starts.push(steps.length)
    for (const key of ['conversions', 'value', 'nulls'] as const) weights[key].push(row[key])
  }
  return {
    add(rows) {
      for (const row of rows) addRow(row)
    },
    finish: () => ({
      ...joinRare(names, steps),
      starts: Int32Array.from(starts),
      conversions: Float64Array.from(weights.conversions),
      value: Float64Array.from(weights.value),
      nulls: Float64Array.from(weights.nulls),
      totals,
    }),
  }
}

/** Keeps the most frequent ways; the others become one. */
function joinRare(names: string[], steps: readonly number[]): Pick<PathTable, 'channels' | 'steps'> {
  if (names.length <= MAX_WAYS) return { channels: names, steps: Int32Array.from(steps) }
  const counts = new Float64Array(names.length)
  for (const step of steps) counts[step] = (counts[step] as number) + 1
  const order = names.map((_, at) => at)
  order.sort((a, b) => (counts[b] as number) - (counts[a] as number) || a - b)
  const kept = order.slice(0, MAX_WAYS - 1)
  const places = new Int32Array(names.length).fill(MAX_WAYS - 1)
  kept.forEach((old, place) => {
    places[old] = place
  })
  return {
    channels: [...kept.map((old) => names[old] as string), OTHER],
    steps: Int32Array.from(steps, (step) => places[step] as number),
  }
}
