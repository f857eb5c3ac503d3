import { createPrng, type Prng } from '../../../kernel/prng.ts'
import { createModel, MODEL_NAMES, type ModelName } from './models/create-model.ts'
import type { Credit, PathWeight } from './models/model.ts'
import type { PathTable } from './path-table.ts'

export interface MeasureOptions {
  /** Of the Markov chain. */
  order: number
  /** Whether journeys that brought nothing count; only the Markov chain hears of them. */
  withNulls: boolean
  /** Of time-decay, in steps. */
  halfLife: number
}

export interface ChannelResult extends Credit {
  /** Of all conversions that can be credited, with a 95 % range. */
  share: number
  low: number
  high: number
}

export interface ModelResult {
  model: ModelName
  /** In the order of the table's channels. */
  channels: ChannelResult[]
}

/** How often journeys are drawn anew… */
const ROUNDS = 60
/** …and how many of them at most: the spread of fewer is wider by a known factor. */
const DRAWN_JOURNEYS = 5_000

/** Every model on the same paths, with the ranges that drawing the journeys anew gives. */
export function measureModels(table: PathTable, options: MeasureOptions): ModelResult[] {
  const steps = readSteps(table)
  const whole = (path: number): PathWeight => ({
    conversions: table.conversions[path] as number,
    value: table.value[path] as number,
    nulls: options.withNulls ? (table.nulls[path] as number) : 0,
  })
  const points = MODEL_NAMES.map((name) => runModel(name, table, steps, whole, options))
  const spreads = drawSpreads(table, steps, options)
  return MODEL_NAMES.map((model, at) => ({
    model,
    channels: shape(points[at] as Credit[], spreads[at] as Spread[]),
  }))
}

const readSteps = ({ starts, steps }: PathTable): number[][] =>
  Array.from({ length: starts.length - 1 }, (_, path) =>
    Array.from(steps.subarray(starts[path], starts[path + 1])),
  )

function runModel(
  name: ModelName,
  { channels }: PathTable,
  steps: readonly number[][],
  weigh: (path: number) => PathWeight,
  { order, halfLife }: MeasureOptions,
): Credit[] {
  const direct = channels.indexOf('direct')
  const model = createModel(name, { order, halfLife, isDirect: (channel) => channel === direct })
  for (let path = 0; path < steps.length; path++) {
    const weight = weigh(path)
    if (weight.conversions + weight.nulls > 0) model.add(steps[path] as number[], weight)
  }
  return model.finish(channels.length)
}

/** How far below and above its mean a channel's share fell. */
interface Spread {
  below: number
  above: number
}

/**
 * The bootstrap (Efron, 1979) over journeys, each drawn a Poisson number of times (Hanley and MacGibbon, 2006). Of
 * many journeys a part is drawn, and its spread narrowed by the root of that part: m out of n (Bickel, Götze and van
 * Zwet, 1997). The seed is fixed, so the same journeys always give the same range.
 */
function drawSpreads(table: PathTable, steps: readonly number[][], options: MeasureOptions): Spread[][] {
  const { conversions, nulls, channels } = table
  const sum = (all: Float64Array) => all.reduce((total, one) => total + one, 0)
  const journeys = sum(conversions) + (options.withNulls ? sum(nulls) : 0)
  const part = Math.min(1, DRAWN_JOURNEYS / Math.max(1, journeys))
  const prng = createPrng('attribution')
  const shares = MODEL_NAMES.map(() => channels.map((): number[] => []))
  for (let round = 0; round < ROUNDS; round++) {
    const drawn = drawPaths(prng, table, options.withNulls, part)
    if (drawn.conversions === 0) continue
    const drawnSteps = drawn.paths.map((path) => steps[path] as number[])
    const weigh = (at: number) => drawn.weights[at] as PathWeight
    MODEL_NAMES.forEach((name, model) => {
      runModel(name, table, drawnSteps, weigh, options).forEach((credit, channel) => {
        shares[model]?.[channel]?.push(credit.conversions / drawn.conversions)
      })
    })
  }
  return shares.map((ofModel) => ofModel.map((values) => findSpread(values, Math.sqrt(part))))
}

function drawPaths(prng: Prng, { conversions, nulls }: PathTable, withNulls: boolean, part: number) {
  const drawn = { paths: [] as number[], weights: [] as PathWeight[], conversions: 0 }
  for (let path = 0; path < conversions.length; path++) {
    const weight = {
      conversions: drawPoisson(prng, (conversions[path] as number) * part),
      value: 0,
      nulls: withNulls ? drawPoisson(prng, (nulls[path] as number) * part) : 0,
    }
    if (weight.conversions + weight.nulls === 0) continue
    drawn.paths.push(path)
    drawn.weights.push(weight)
    drawn.conversions += weight.conversions
  }
  return drawn
}

/** By multiplying uniforms (Knuth), past 30 by the normal distribution that it comes close to. */
export function drawPoisson(prng: Prng, mean: number): number {
  if (mean <= 0) return 0
  if (mean > 30) {
    const normal = Math.sqrt(-2 * Math.log(1 - prng.float())) * Math.cos(2 * Math.PI * prng.float())
    return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal))
  }
  const limit = Math.exp(-mean)
  let count = 0
  for (let product = prng.float(); product > limit; product *= prng.float()) count++
  return count
}

function findSpread(values: readonly number[], narrow: number): Spread {
  if (values.length === 0) return { below: 1, above: 1 }
  const sorted = values.toSorted((a, b) => a - b)
  const mean = values.reduce((all, one) => all + one, 0) / values.length
  const at = (p: number) => sorted[Math.round(p * (sorted.length - 1))] as number
  return { below: narrow * (mean - at(0.025)), above: narrow * (at(0.975) - mean) }
}

function shape(credits: readonly Credit[], spreads: readonly Spread[]): ChannelResult[] {
  const total = credits.reduce((sum, { conversions }) => sum + conversions, 0)
  return credits.map((credit, at) => {
    const share = total === 0 ? 0 : credit.conversions / total
    const { below, above } = total === 0 ? { below: 0, above: 0 } : (spreads[at] as Spread)
    const low = Math.max(0, share - Math.max(0, below))
    return { ...credit, share, low, high: Math.min(1, share + Math.max(0, above)) }
  })
}
