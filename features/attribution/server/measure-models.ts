import { createPrng } from '../../../kernel/prng.ts'
import { Z_95 } from '../../../kernel/stats/wilson.ts'
import { createModel, MODEL_NAMES, type ModelName } from './models/create-model.ts'
import { createJourneyDrawer, type Drawn } from './models/draw-journeys.ts'
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

/** A number with its 95 % range. */
export interface Ranged {
  low: number
  high: number
}

export interface ChannelResult extends Credit {
  /** Of all conversions that can be credited, with its range and its standard error. */
  share: number
  low: number
  high: number
  error: number
  conversionsRange: Ranged
  valueRange: Ranged
}

export interface ModelResult {
  model: ModelName
  /** In the order of the table's channels. */
  channels: ChannelResult[]
}

/** How often journeys are drawn anew: a chain that looks two steps back takes long to solve… */
const ROUNDS = 200
const SLOW_ROUNDS = 60
/** …and how many of them at most: the spread of fewer is wider by a known factor. */
const DRAWN_JOURNEYS = 5_000

/** Every model on the same paths, with the ranges that drawing the journeys anew gives. The same paths, the same ranges. */
export function measureModels(table: PathTable, options: MeasureOptions): ModelResult[] {
  const whole = (path: number): PathWeight => ({
    conversions: table.conversions[path] as number,
    value: table.value[path] as number,
    nulls: options.withNulls ? (table.nulls[path] as number) : 0,
  })
  const all = { count: table.conversions.length, pathOf: (at: number) => at, weigh: whole }
  const points = MODEL_NAMES.map((name) => runModel(name, table, all, options))
  const errors = drawErrors(table, options)
  return MODEL_NAMES.map((model, at) => ({
    model,
    channels: shape(points[at] as Credit[], errors[at] as Errors[]),
  }))
}

interface Chosen {
  count: number
  pathOf: (at: number) => number
  weigh: (at: number) => PathWeight
}

function runModel(
  name: ModelName,
  { channels, starts, steps }: PathTable,
  { count, pathOf, weigh }: Chosen,
  { order, halfLife }: MeasureOptions,
): Credit[] {
  const direct = channels.indexOf('direct')
  const model = createModel(name, { order, halfLife, isDirect: (channel) => channel === direct })
  for (let at = 0; at < count; at++) {
    const weight = weigh(at)
    if (weight.conversions + weight.nulls === 0) continue
    const path = pathOf(at)
    model.add(Array.from(steps.subarray(starts[path], starts[path + 1])), weight)
  }
  return model.finish(channels.length)
}

/** The standard errors of a channel's share, conversions and value. */
interface Errors {
  share: number
  conversions: number
  value: number
}

function drawErrors(table: PathTable, options: MeasureOptions): Errors[][] {
  const drawer = createJourneyDrawer(table, options.withNulls, DRAWN_JOURNEYS)
  const prng = createPrng('attribution')
  const spreads = MODEL_NAMES.map(() => table.channels.map(createSpread))
  for (let round = 0; round < (options.order > 1 ? SLOW_ROUNDS : ROUNDS); round++) {
    const drawn = drawer.draw(prng)
    MODEL_NAMES.forEach((name, model) => {
      const credits = runModel(name, table, toChosen(drawn), options)
      credits.forEach((credit, channel) => {
        spreads[model]?.[channel]?.add(credit, drawn.conversions)
      })
    })
  }
  return spreads.map((ofModel) => ofModel.map((spread) => spread.finish(drawer.part)))
}

const toChosen = ({ paths, weights }: Drawn): Chosen => ({
  count: paths.length,
  pathOf: (at) => paths[at] as number,
  weigh: (at) => weights[at] as PathWeight,
})

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
    /** Sums of a part are smaller by it and wider by its root: both together leave 1/√part. */
    finish: (part: number): Errors => ({
      share: share.find() * Math.sqrt(part),
      conversions: conversions.find() / Math.sqrt(part),
      value: value.find() / Math.sqrt(part),
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

function shape(credits: readonly Credit[], errors: readonly Errors[]): ChannelResult[] {
  const total = credits.reduce((sum, { conversions }) => sum + conversions, 0)
  return credits.map((credit, at) => {
    const error = errors[at] as Errors
    const share = total === 0 ? 0 : credit.conversions / total
    const { low, high } = rangeOf(share, total === 0 ? 0 : error.share)
    return {
      ...credit,
      ...{ share, low, high: Math.min(1, high), error: error.share },
      conversionsRange: rangeOf(credit.conversions, error.conversions),
      valueRange: rangeOf(credit.value, error.value),
    }
  })
}

const rangeOf = (value: number, error: number): Ranged => ({
  low: Math.max(0, value - Z_95 * error),
  high: value + Z_95 * error,
})
