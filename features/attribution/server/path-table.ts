import type { PathWeight } from './models/model.ts'
import { type PackedRows, ROW_WIDTH } from './packed-rows.ts'

/** Paths in flat arrays: the steps of path p are `steps[starts[p] … starts[p + 1])`, numbers of `channels`. */
export interface PathTable {
  channels: string[]
  /** The rare ways that are together in `OTHER`. */
  joined: string[]
  starts: Int32Array
  steps: Int32Array
  conversions: Float64Array
  value: Float64Array
  nulls: Float64Array
  /** What of path p each group of persons brought: `partStarts[p] … partStarts[p + 1]`, four numbers each, as in a row's `parts`. */
  partStarts: Int32Array
  parts: Float64Array
  /** By channel: orders and journeys that met it, however often. */
  reach: Reach[]
  totals: Totals
}

export interface Reach {
  orders: number
  journeys: number
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
  add(rows: PackedRows): void
  /** How often each way is a step. */
  count(): Map<string, number>
  /** With the ways of `kept` alone and the others together, so that two tables can stand side by side. */
  finish(kept?: readonly string[]): PathTable
}

/** Gathers rows of the path table; a path of `maxSteps` steps and more keeps its last ones. */
export function createPathTable(separator: string, maxSteps = 10_000): PathTableBuilder {
  const names: string[] = []
  const numbers = new Map<string, number>()
  const steps: number[] = []
  const starts = [0]
  const partStarts = [0]
  const parts: number[] = []
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
  function addPath(path: string, { conversions, value, nulls }: PathWeight, ofGroups: Float64Array): void {
    for (const name of path.split(separator).slice(-maxSteps)) steps.push(numberOf(name))
    starts.push(steps.length)
    weights.conversions.push(conversions)
    weights.value.push(value)
    weights.nulls.push(nulls)
    for (let at = 0; at < ofGroups.length; at++) parts.push(ofGroups[at] as number)
    partStarts.push(parts.length / 4)
  }
  function add(rows: PackedRows): void {
    rows.paths.forEach((path, at) => {
      const from = at * ROW_WIDTH
      const weight = weightAt(rows.numbers, from)
      addWeight(totals, weight)
      totals.foreign += rows.numbers[from + 3] as number
      totals.anonymous += rows.numbers[from + 4] as number
      if (path === '') addWeight(unknown, weight)
      else addPath(path, weight, rows.parts.subarray(rows.partEnds[at - 1] ?? 0, rows.partEnds[at]))
    })
  }
  const count = () => countSteps(names, steps)
  return {
    add,
    count,
    finish: (kept = chooseWays([count()])) => {
      const table = {
        ...joinRare(names, steps, kept),
        starts: new Int32Array(starts),
        conversions: new Float64Array(weights.conversions),
        value: new Float64Array(weights.value),
        nulls: new Float64Array(weights.nulls),
        partStarts: new Int32Array(partStarts),
        parts: new Float64Array(parts),
        totals,
      }
      return { ...table, reach: countReach(table) }
    },
  }
}

const weightAt = (numbers: Float64Array, at: number): PathWeight => ({
  conversions: numbers[at] as number,
  value: numbers[at + 1] as number,
  nulls: numbers[at + 2] as number,
})

function addWeight(to: PathWeight, { conversions, value, nulls }: PathWeight): void {
  to.conversions += conversions
  to.value += value
  to.nulls += nulls
}

function countSteps(names: readonly string[], steps: readonly number[]): Map<string, number> {
  const counts = new Float64Array(names.length)
  for (const step of steps) counts[step] = (counts[step] as number) + 1
  return new Map(names.map((name, at) => [name, counts[at] as number]))
}

/** The ways that stand alone: all where they are few enough, else the most frequent and `OTHER`. */
export function chooseWays(tables: readonly ReadonlyMap<string, number>[]): string[] {
  const counts = new Map<string, number>()
  for (const table of tables)
    for (const [name, count] of table) counts.set(name, (counts.get(name) ?? 0) + count)
  if (counts.size <= MAX_WAYS) return [...counts.keys()]
  const order = [...counts].filter(([name]) => name !== OTHER).sort((a, b) => b[1] - a[1])
  return [...order.slice(0, MAX_WAYS - 1).map(([name]) => name), OTHER]
}

/** Renumbers steps by the kept ways; what isn't among them becomes one. */
function joinRare(
  names: readonly string[],
  steps: readonly number[],
  kept: readonly string[],
): Pick<PathTable, 'channels' | 'steps' | 'joined'> {
  const numbers = new Map(kept.map((name, at) => [name, at]))
  const places = Int32Array.from(names, (name) => numbers.get(name) ?? kept.length - 1)
  const renumbered = new Int32Array(steps.length)
  for (let at = 0; at < steps.length; at++) renumbered[at] = places[steps[at] as number] as number
  return {
    channels: [...kept],
    joined: names.filter((name) => !numbers.has(name)),
    steps: renumbered,
  }
}

function countReach({ channels, starts, steps, conversions, nulls }: Omit<PathTable, 'reach'>): Reach[] {
  const reach = channels.map((): Reach => ({ orders: 0, journeys: 0 }))
  const seenIn = new Int32Array(channels.length).fill(-1)
  for (let path = 0; path < conversions.length; path++) {
    for (let at = starts[path] as number; at < (starts[path + 1] as number); at++) {
      const channel = steps[at] as number
      if (seenIn[channel] === path) continue
      seenIn[channel] = path
      const met = reach[channel] as Reach
      met.orders += conversions[path] as number
      met.journeys += (conversions[path] as number) + (nulls[path] as number)
    }
  }
  return reach
}
