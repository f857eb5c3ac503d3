import type { TimeRange } from '../../../../kernel/time.ts'
import { bitOf, type CareWay } from '../../vocabulary.ts'

/** What a test tells of an event. */
export interface Told {
  id: string
  who: string
  at: number
  order?: string
  step?: 'placed' | 'shipped' | 'received' | 'refused' | 'cancelled'
  /** The shop was at fault. */
  isFault?: boolean
  amount?: number
  currency?: string
  category?: string
  /** By which way care was asked. */
  way?: CareWay
  /** A contact that asks for nothing. */
  isContact?: boolean
  said?: number
  recommends?: number
  /** Days late, or whether the price was the same. */
  late?: number
  isSamePrice?: boolean
  isCase?: boolean
}

export interface SlowOrder {
  id: string
  person: string
  placed: number
  mix: number
  said: number[]
  asked: number[]
  problem: boolean
  returning: boolean
  category: string
  amount: number
  foreign: boolean
  settled: boolean
  bought: boolean
}

const DAY = 86_400_000

/** The orders of the period by walking through everything told, as the report's definition says it. */
export function walkOrders(
  told: readonly Told[],
  period: TimeRange,
  personOf: (who: string) => string,
): SlowOrder[] {
  const known = told.filter(
    ({ at, order }) => order === undefined || (at >= period.from - 365 * DAY && at < period.to + 120 * DAY),
  )
  const ids = [...new Set(known.flatMap(({ order }) => order ?? []))].sort()
  const placings = ids
    .flatMap((id) => {
      const own = known.filter(({ order, step }) => order === id && step === 'placed')
      const first = own.reduce<Told | undefined>((a, b) => (a && a.at <= b.at ? a : b), undefined)
      return first && first.at < period.to ? [{ id, first, person: personOf(first.who) }] : []
    })
    .sort((a, b) => a.first.at - b.first.at || (a.id < b.id ? -1 : 1))
  return placings
    .filter(({ first }) => first.at >= period.from)
    .map(({ id, first, person }) => {
      const mine = placings.filter((one) => one.person === person)
      const place = mine.findIndex((one) => one.id === id)
      const begin = beginJourney(known, period, person, personOf, mine, first.at)
      const before = mine[place - 1]?.first.at ?? Number.NEGATIVE_INFINITY
      const leg = known.filter(
        ({ who, order, at }) =>
          order === undefined && personOf(who) === person && at >= begin && at > before && at <= first.at,
      )
      const steps = known.filter(({ order }) => order === id)
      const facts = [...leg, ...ownFacts(steps, first.at, period)]
      const has = (step: Told['step']) => steps.some((one) => one.step === step)
      const foreign = first.currency !== undefined && first.currency !== 'UAH'
      return {
        id,
        person,
        placed: first.at,
        mix: facts.reduce((bits, { way }) => (way ? bits | bitOf(way) : bits), 0),
        said: facts.flatMap(({ said }) => said ?? []),
        asked: facts.flatMap(({ recommends, order }) =>
          order && recommends !== undefined ? recommends : [],
        ),
        problem: facts.some(isProblem),
        returning: place > 0,
        category: first.category ?? '',
        amount: foreign ? 0 : Math.max(0, first.amount ?? 0),
        foreign,
        settled: has('received') || has('refused') || (has('cancelled') && has('shipped')),
        bought: has('received'),
      }
    })
}

/** What carries the id, until 60 days after receipt, or after the placing where none is reported. */
function ownFacts(steps: readonly Told[], placed: number, period: TimeRange): Told[] {
  const receipts = steps.filter(({ step }) => step === 'received').map(({ at }) => at)
  const until = (receipts.length > 0 ? Math.min(...receipts) : placed) + 60 * DAY
  return steps.filter(({ at }) => at < until && at >= period.from - 90 * DAY)
}

function isProblem({ order, late, isSamePrice, isCase, isFault }: Told): boolean {
  if (late !== undefined && late > 0) return true
  return isSamePrice === false || (order !== undefined && Boolean(isCase || isFault))
}

/** The last moment up to the order before which nothing was heard of the person for more than 30 days. */
function beginJourney(
  told: readonly Told[],
  period: TimeRange,
  person: string,
  personOf: (who: string) => string,
  orders: readonly { first: Told }[],
  placed: number,
): number {
  const contacts = told
    .filter(({ who, at, way, isContact }) => {
      return personOf(who) === person && (way || isContact) && at >= period.from - 90 * DAY && at < period.to
    })
    .map(({ at }) => at)
  const moments = [...contacts, ...orders.map(({ first }) => first.at)].sort((a, b) => a - b)
  let begin = placed
  for (const [index, at] of moments.entries())
    if (at <= placed && (index === 0 || at - (moments[index - 1] as number) > 30 * DAY)) begin = at
  return begin
}
