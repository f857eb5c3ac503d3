import { createPrng } from '../../../../kernel/prng.ts'
import { isHappening } from '../../vocabulary.ts'
import { type DaysQuestion, type PersonDay, type PersonHistory, walkDays } from './person-days.ts'

/** Days that the models are fitted to, one array a fact. */
export interface DrawnRows {
  n: number
  outcome: Float64Array
  weights: Float64Array
  /** The person's number, from 0. */
  person: Int32Array
  persons: number
  past: Float64Array
  future: Float64Array
  otherRecent: Float64Array
  otherBefore: Float64Array
  sinceFirst: Float64Array
  sinceOrder: Float64Array
  day: Float64Array
  isPhone: Float64Array
  /** Into `channels`. */
  channel: Int32Array
  channels: string[]
}

/** What all days of the persons come to, before any are drawn. */
export interface DaysCount {
  /** Persons with a day at risk. */
  persons: number
  days: number
  /** Days on which the outcome came; of marks, days with marks. */
  events: number
}

export function countDays(histories: readonly PersonHistory[], question: DaysQuestion): DaysCount {
  const count: DaysCount = { persons: 0, days: 0, events: 0 }
  const happens = isHappening(question.outcome)
  for (const history of histories) {
    const before = count.days
    walkDays(history, question, (one) => {
      count.days++
      if (!happens || one.outcome > 0) count.events++
    })
    if (count.days > before) count.persons++
  }
  return count
}

const FACTS = [
  'outcome',
  'past',
  'future',
  'otherRecent',
  'otherBefore',
  'sinceFirst',
  'sinceOrder',
  'day',
] as const satisfies readonly (keyof PersonDay)[]

/**
 * Keeps every day on which the outcome came and draws of the others, so that no more than `limit` rows remain; each
 * drawn one stands for as many as there were to draw from (a case–control sample of days, Prentice and Pyke 1979, with
 * known chances). The same histories always give the same rows.
 */
export function drawRows(
  histories: readonly PersonHistory[],
  question: DaysQuestion,
  count: DaysCount,
  limit: number,
): DrawnRows {
  const happens = isHappening(question.outcome)
  const [sure, others] = happens ? [count.events, count.days - count.events] : [0, count.days]
  const share = others === 0 ? 1 : Math.min(1, Math.max(limit - sure, limit / 4) / others)
  const chance = createPrng('days at risk')
  const facts = Object.fromEntries(FACTS.map((fact) => [fact, [] as number[]])) as Record<
    (typeof FACTS)[number],
    number[]
  >
  const beside = {
    weights: [] as number[],
    person: [] as number[],
    isPhone: [] as number[],
    channel: [] as number[],
  }
  const channels = new Map<string, number>()
  let persons = 0
  for (const history of histories) {
    const before = beside.person.length
    walkDays(history, question, (one) => {
      const isSure = happens && one.outcome > 0
      if (!isSure && share < 1 && chance.float() >= share) return
      for (const fact of FACTS) facts[fact].push(one[fact])
      if (!channels.has(history.channel)) channels.set(history.channel, channels.size)
      beside.weights.push(history.weight / (isSure ? 1 : share))
      beside.person.push(persons)
      beside.isPhone.push(Number(history.isPhone))
      beside.channel.push(channels.get(history.channel) as number)
    })
    if (beside.person.length > before) persons++
  }
  const packed = Object.fromEntries(FACTS.map((fact) => [fact, Float64Array.from(facts[fact])]))
  return {
    ...(packed as Record<(typeof FACTS)[number], Float64Array>),
    n: beside.person.length,
    persons,
    weights: Float64Array.from(beside.weights),
    person: Int32Array.from(beside.person),
    isPhone: Float64Array.from(beside.isPhone),
    channel: Int32Array.from(beside.channel),
    channels: [...channels.keys()],
  }
}
