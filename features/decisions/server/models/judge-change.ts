import { findDiscoveryRates } from '../../../../kernel/stats/false-discovery.ts'
import { FLOOR_NUMBER, FLOOR_WORD } from '../../../../kernel/stats/floors.ts'
import type { MeasureVerdict, Verdict } from '../../contract.ts'
import type { Direction, EffectMeasure, Reason, VerdictWord } from '../../vocabulary.ts'
import { type Cells, cellOf, sumsOf } from './cells.ts'
import { compareWindows, groupOf, type MeasuredChange } from './measure-change.ts'
import { AFTER_WEEKS, MIN_WEEKS_AFTER } from './plan-windows.ts'

const LEVEL = 0.05

export interface Expectation {
  measure: EffectMeasure
  direction: Direction
  /** Points: hundredths of what is possible; null: not said. */
  size: number | null
}

export interface ChangePlan {
  expected: Expectation | undefined
  /** Whole weeks after the change, for what is said and kept and for orders. */
  weeks: { facts: number; orders: number }
  /** No more weeks will come: the change was undone. */
  isOver: boolean
}

export type Judgement = Pick<Verdict, 'word' | 'reason' | 'isCausal' | 'measures' | 'expected'>

/**
 * A word for each measure and one for all. Of the measure that was expected to move its own interval decides; several
 * looked at together are held to a false discovery rate of 5 %, so that one of three isn't called a change by chance.
 */
export function judgeChange(found: readonly MeasuredChange[], plan: ChangePlan): Judgement {
  const main = plan.expected?.measure
  const lookedAt = found.filter((one) => missingOf(one, plan) === undefined)
  const together = lookedAt.filter(({ measure }) => measure !== main)
  const rates = findDiscoveryRates(together.map(({ change }) => change?.p ?? 1))
  const chanceOf = (one: MeasuredChange) =>
    one.measure === main ? (one.change?.p ?? 1) : (rates[together.indexOf(one)] ?? 1)
  const measures: MeasureVerdict[] = found.map((one) => ({
    ...one,
    word: missingOf(one, plan) ?? wordOf(one.change?.difference ?? 0, chanceOf(one)),
  }))
  const decisive = main === undefined ? measures : measures.filter(({ measure }) => measure === main)
  const word = joinWords(decisive.map((one) => one.word))
  const told = decisive.filter((one) => one.word === 'better' || one.word === 'worse')
  return {
    word,
    reason: reasonOf(word, plan),
    isCausal: told.length > 0 && told.every((one) => one.comparison === 'segment' && one.isAlikeBefore),
    measures,
    expected: plan.expected ? { ...plan.expected, came: findCame(plan.expected, measures) } : null,
  }
}

/** What keeps a measure from a word; undefined where nothing does. */
function missingOf({ measure, change }: MeasuredChange, plan: ChangePlan): 'early' | 'few_data' | undefined {
  const weeks = measure === 'orders' ? plan.weeks.orders : plan.weeks.facts
  if (weeks < MIN_WEEKS_AFTER) return plan.isOver ? 'few_data' : 'early'
  if (change && change.smallest >= FLOOR_WORD) return undefined
  // More weeks bring more persons after, never more before; what nobody has at all won't come by waiting.
  return 'few_data'
}

function wordOf(difference: number, chance: number): VerdictWord {
  if (!(chance <= LEVEL) || difference === 0) return 'no_difference'
  return difference > 0 ? 'better' : 'worse'
}

function joinWords(words: readonly VerdictWord[]): VerdictWord {
  const has = (word: VerdictWord) => words.includes(word)
  if (has('better') && has('worse')) return 'mixed'
  for (const word of ['better', 'worse', 'no_difference', 'early'] as const) if (has(word)) return word
  return 'few_data'
}

function reasonOf(word: VerdictWord, { isOver, weeks }: ChangePlan): Reason | null {
  if (word === 'early') return 'too_soon'
  if (word !== 'few_data') return null
  return isOver && weeks.facts < MIN_WEEKS_AFTER ? 'short' : 'few_persons'
}

type Came = NonNullable<Verdict['expected']>['came']

function findCame({ measure, direction, size }: Expectation, measures: readonly MeasureVerdict[]): Came {
  const one = measures.find((other) => other.measure === measure)
  if (!one?.change || one.word === 'early' || one.word === 'few_data') return 'unknown'
  if (one.word === 'no_difference') return 'not_seen'
  const sign = direction === 'up' ? 1 : -1
  const { difference, low, high } = one.change
  if (Math.sign(difference) !== sign) return 'opposite'
  const best = (sign > 0 ? high : -low) * (measure === 'said' ? 1 : 100)
  return size === null || best >= size ? 'as_expected' : 'less'
}

export type Gained = Omit<NonNullable<Verdict['gained']>, 'currency' | 'weeks'>

/**
 * Money of orders that came more than in the comparison, for everybody who met the place after the change. Told only
 * with a comparison that went along before, and from a hundred persons in every group on.
 */
export function findGained(cells: Cells, measures: readonly MeasureVerdict[]): Gained | undefined {
  const orders = measures.find(({ measure }) => measure === 'orders')
  if (!orders || orders.word === 'early' || orders.word === 'few_data') return undefined
  const group = groupOf(orders.comparison)
  if (!group || !orders.isAlikeBefore) return undefined
  const change = compareWindows(cells, 'money', group, 'before', 'after')
  if (!change || change.smallest < FLOOR_NUMBER) return undefined
  const persons = sumsOf(cells, 'money', cellOf('place', 'after')).n
  const total = (one: number) => Math.round(one * persons)
  return { persons, mean: total(change.difference), low: total(change.low), high: total(change.high) }
}

/** Of which weeks the verdict is made: orders are known two weeks later than the rest. */
export const waitsForOrders = ({ expected }: ChangePlan): boolean =>
  expected === undefined || expected.measure === 'orders'

/** Whether no later week can change the verdict. */
export const isComplete = (plan: ChangePlan): boolean =>
  plan.isOver || (waitsForOrders(plan) ? plan.weeks.orders : plan.weeks.facts) >= AFTER_WEEKS
