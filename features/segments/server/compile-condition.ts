import type { FilterableEvent } from '../../../kernel/filter/fields.ts'
import { getFilter } from '../../../kernel/filter/parse-filter.ts'
import { toPredicate } from '../../../kernel/filter/to-predicate.ts'
import type { TimeRange } from '../../../kernel/time.ts'
import type { Times, When } from '../contract.ts'
import type { SegmentOrderState, TouchField } from '../vocabulary.ts'
import { compileSequence } from './compile-sequence.ts'
import type { Counters } from './counters.ts'
import { listStateEvents, MEASUREMENT_EVENTS, orderName, WORD_EVENT } from './event-names.ts'
import type { PlainCondition } from './list-references.ts'
import { readWhen, startOfLastDays } from './read-when.ts'
import { whichSql } from './which-sql.ts'

/** What a definition is asked about and when. */
export interface SegmentContext {
  shop: number
  timeZone: string
  /** In which amounts of money are compared. */
  currency: string
  /** Days are counted back from here. */
  now: number
  /** Of the report that the segment is used in. */
  period?: TimeRange
}

/** SQL over a person's counters, and what it says of a person without any event. */
export interface Verdict {
  sql: string
  onNothing: boolean
}

type About<A extends PlainCondition['about']> = Extract<PlainCondition, { about: A }>

const MS = 'toUnixTimestamp64Milli(ts)'
const NOBODY = "toUUID('00000000-0000-0000-0000-000000000000')"
const OPERATOR = { at_least: '>=', at_most: '<=', exactly: '=' } as const
/** Of a sum of answers: what is equal but for the last digits of a float is equal. */
const ROUNDING = 1e-9

/** One condition, whose counters are added to those of the statement. */
export function compileCondition(
  condition: PlainCondition,
  context: SegmentContext,
  counters: Counters,
): Verdict {
  const during = (when?: When) => duringSql(counters, readWhen(when, context))
  switch (condition.about) {
    case 'known':
      return isKnown(condition, counters)
    case 'trait':
      return hasTrait(condition, counters)
    case 'event': {
      const needs = `(${whichSql(condition.which, counters)}${during(condition.when)})`
      return isTimes(sumUp(needs, counters), condition.times)
    }
    case 'sequence':
      return compileSequence(condition, during(condition.when), counters)
    case 'orders': {
      const needs = `(${reached(condition.state, counters)}${during(condition.when)})`
      // Whether there is one at all is known without telling them apart.
      const isAny = condition.times.n <= (condition.times.how === 'at_least' ? 1 : 0)
      const orders = isAny ? sumUp(needs, counters) : `length(${listOrders(needs, counters)})`
      return isTimes(orders, condition.times)
    }
    case 'spent':
      return hasSpent(condition, during(condition.when), context, counters)
    case 'last_order':
      return hasLastOrder(condition, context, counters)
    case 'answer':
      return hasAnswered(condition, during(condition.when), counters)
    case 'touch':
      return cameBy(condition, counters)
    case 'device': {
      const needs = `(device = ${counters.bind(condition.is, 'String')}${during(condition.when)})`
      return { sql: `${sumUp(needs, counters)} > 0`, onNothing: false }
    }
    case 'parcel':
      return hadParcel(condition, during(condition.when), counters)
    case 'attitude':
      return hasAttitude(condition, during(condition.when), counters)
  }
}

function duringSql(counters: Counters, { from, to }: Partial<TimeRange>): string {
  const bound = (ms: number) => `fromUnixTimestamp64Milli(${counters.bind(ms, 'Int64')})`
  return `${from === undefined ? '' : ` AND ts >= ${bound(from)}`}${to === undefined ? '' : ` AND ts < ${bound(to)}`}`
}

/** How many events of the person meet the condition. */
function sumUp(needs: string, counters: Counters): string {
  return counters.add(needs, `countIf(${needs})`, (column) => `sum(${column})`)
}

/**
 * An event's place in time as one number, of which the store finds the least many times faster than of tuples: 44 bits
 * of milliseconds, the upper 83 of the hash, which tells events of one instant apart, and one bit that is free.
 */
const PLACE = `bitShiftLeft(toUInt128(${MS}), 84) + bitShiftLeft(bitShiftRight(reinterpretAsUInt128(message_hash), 45), 1)`

/** Of the latest (or earliest) event of which `needs` holds: its place, and whether `holds`; 0 where there is none. */
function pick(which: 'first' | 'last', needs: string, holds: string, counters: Counters): string {
  const moment = `${PLACE} + toUInt8(${holds})`
  return which === 'last'
    ? counters.add(needs, `maxIf(${moment}, ${needs})`, (column) => `max(${column})`)
    : counters.add(needs, `minIf(${moment}, ${needs})`, (column) => `minIf(${column}, ${column} != 0)`)
}

const holdsOf = (picked: string) => `bitAnd(${picked}, 1) = 1`

function isTimes(value: string, { how, n }: Times): Verdict {
  const onNothing = how === 'at_least' ? n <= 0 : how === 'at_most' ? true : n === 0
  return { sql: `${value} ${OPERATOR[how]} ${n}`, onNothing }
}

function isKnown({ is }: About<'known'>, counters: Counters): Verdict {
  // Whoever is linked to a person is known, even by a browser.
  const known = counters.add(
    '1',
    "max(identity_kind != 'anonymous')",
    (column) => `max(${column} OR segment_links.person != ${NOBODY})`,
  )
  return { sql: `${known} = ${is ? 1 : 0}`, onNothing: !is }
}

function hasTrait({ where }: About<'trait'>, counters: Counters): Verdict {
  const filter = getFilter(where)
  const field = 'field' in where ? where.field : ''
  const needs = counters.filter(getFilter({ field, op: 'exists' }))
  const onNothing = toPredicate(filter)({ traits: '{}', context: '{}', properties: '{}' } as FilterableEvent)
  const last = pick('last', needs, counters.filter(filter), counters)
  const said = holdsOf(last)
  return { sql: onNothing ? `(${last} = 0 OR ${said})` : said, onNothing }
}

function reached(state: SegmentOrderState, counters: Counters): string {
  return `order_id != '' AND ${orderName} IN ${counters.bind(listStateEvents(state), 'Array(String)')}`
}

function listOrders(needs: string, counters: Counters): string {
  return counters.add(
    needs,
    `groupUniqArrayIf(order_id, ${needs})`,
    (column) => `groupUniqArrayArray(${column})`,
  )
}

/** What an order costs is said when it is placed; what was said last counts. */
function hasSpent(
  { state, how, amount }: About<'spent'>,
  during: string,
  { currency }: SegmentContext,
  counters: Counters,
): Verdict {
  const orders = listOrders(`(${reached(state, counters)}${during})`, counters)
  const priced = `(${reached('placed', counters)} AND amount IS NOT NULL AND currency = ${counters.bind(currency, 'String')})`
  const prices = counters.add(
    priced,
    `groupArrayIf((order_id, ${MS}, message_hash, assumeNotNull(amount)), ${priced})`,
    (column) => `arraySort(groupArrayArray(${column}))`,
  )
  const sum = `arraySum((price, next) -> if(price.1 != next.1 AND has(${orders}, price.1), price.4, 0), ${prices}, arrayShiftLeft(${prices}, 1))`
  const onNothing = how === 'at_least' ? amount <= 0 : true
  return { sql: `${sum} ${OPERATOR[how]} ${counters.bind(amount, 'Int64')}`, onNothing }
}

function hasLastOrder(
  { how, days }: About<'last_order'>,
  context: SegmentContext,
  counters: Counters,
): Verdict {
  const needs = `(${reached('placed', counters)})`
  const last = counters.add(needs, `maxIf(${MS}, ${needs})`, (column) => `max(${column})`)
  const border = counters.bind(startOfLastDays(days, context), 'Int64')
  return {
    sql: how === 'less' ? `${last} >= ${border}` : `(${last} != 0 AND ${last} < ${border})`,
    onNothing: false,
  }
}

function hasAnswered(
  { kind, low, high, which }: About<'answer'>,
  during: string,
  counters: Counters,
): Verdict {
  const score = (range: readonly [number, number]) =>
    counters.filter(getFilter({ field: 'properties.score', op: 'between', value: range }))
  const asked = counters.filter(getFilter({ field: 'properties.kind', op: 'equals', value: kind }))
  const needs = `(name = ${counters.bind(WORD_EVENT, 'String')} AND ${asked}${during}`
  if (which === 'any')
    return { sql: `${sumUp(`${needs} AND ${score([low, high])})`, counters)} > 0`, onNothing: false }
  // An answer without a score is no answer.
  const last = pick('last', `${needs} AND ${score([-1e9, 1e9])})`, score([low, high]), counters)
  return { sql: holdsOf(last), onNothing: false }
}

const TOUCHED_BY: Record<TouchField, string> = {
  channel: 'channel',
  touchpoint: "if(arrival != '', arrival, touchpoint)",
  source: 'utm_source',
  campaign: 'utm_campaign',
}

function cameBy({ which, by, values }: About<'touch'>, counters: Counters): Verdict {
  const none = counters.bind([...MEASUREMENT_EVENTS, WORD_EVENT], 'Array(String)')
  const needs = `((arrival != '' OR touchpoint != '') AND name NOT IN ${none})`
  const holds = `${TOUCHED_BY[by]} IN ${counters.bind(values, 'Array(String)')}`
  return { sql: holdsOf(pick(which, needs, holds, counters)), onNothing: false }
}

function hadParcel({ is, which }: About<'parcel'>, during: string, counters: Counters): Verdict {
  const needs = `(measure = 'days_late' AND measured IS NOT NULL${during})`
  const holds = `measured ${is === 'late' ? '>' : '<='} 0`
  const onNothing = false
  if (which === 'last')
    return { sql: holdsOf(pick('last', needs, `ifNull(${holds}, 0)`, counters)), onNothing }
  return { sql: `${sumUp(`(${needs} AND ${holds})`, counters)} > 0`, onNothing }
}

function hasAttitude(
  { how, value, answers }: About<'attitude'>,
  during: string,
  counters: Counters,
): Verdict {
  const needs = `(valence IS NOT NULL${during})`
  const n = sumUp(needs, counters)
  const sum = counters.add(needs, `sumIf(ifNull(valence, 0), ${needs})`, (column) => `sum(${column})`)
  const mean = `100 * ${sum} / ${n}`
  const bound = how === 'at_least' ? `>= ${value - ROUNDING}` : `<= ${value + ROUNDING}`
  return { sql: `(${n} >= ${answers} AND ${mean} ${bound})`, onNothing: false }
}
