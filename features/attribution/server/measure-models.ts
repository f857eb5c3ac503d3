import { createPrng } from '../../../kernel/prng.ts'
import { Z_95 } from '../../../kernel/stats/wilson.ts'
import { getRule, MODEL_NAMES, type ModelName, type RuleName } from './models/create-model.ts'
import { drawErrors, type Errors } from './models/draw-groups.ts'
import { asCredits, type GroupSums, sumTotals } from './models/group-sums.ts'
import { sumMarkov } from './models/markov-by-group.ts'
import type { Credit } from './models/model.ts'
import { sumRules } from './models/rules-by-group.ts'
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

/** How often groups of customers are drawn anew. */
const ROUNDS = 400

/** Every model on the same paths, with the ranges that drawing the customers anew gives. The same paths, the same ranges. */
export function measureModels(table: PathTable, options: MeasureOptions): ModelResult[] {
  const found = findSums(table, options)
  const sums = MODEL_NAMES.map((name) => found[name].sums)
  const errors = drawErrors(sums, sumTotals(table), ROUNDS, createPrng('attribution'))
  return MODEL_NAMES.map((model, at) => ({
    model,
    channels: shape(found[model].points, errors[at] as Errors[]),
  }))
}

interface Found {
  points: Credit[]
  sums: GroupSums
}

function findSums(
  table: PathTable,
  { order, withNulls, halfLife }: MeasureOptions,
): Record<ModelName, Found> {
  const direct = table.channels.indexOf('direct')
  const asked = { order, halfLife, isDirect: (channel: number) => channel === direct }
  const names = MODEL_NAMES.filter((name): name is RuleName => name !== 'markov')
  const rules = sumRules(
    table,
    names.map((name) => getRule(name, asked)),
  )
  const found = rules.map((sums): Found => ({ points: asCredits(sums.whole), sums }))
  const byName = Object.fromEntries(names.map((name, at) => [name, found[at]])) as Record<RuleName, Found>
  return { ...byName, markov: sumMarkov(table, order, withNulls) }
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
