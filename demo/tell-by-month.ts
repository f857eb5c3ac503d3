import { readDay } from '../kernel/time.ts'
import type { DemoMessage } from './messages/message-book.ts'
import { createWriter } from './messages/write-life.ts'
import type { DemoOptions } from './options.ts'
import { createArrivals } from './simulate/arrivals.ts'
import { createLives } from './simulate/draw-life.ts'
import { dayOf } from './simulate/draw-visits.ts'

export interface Portion {
  messages: DemoMessage[]
  /** Persons told so far. */
  persons: number
}

const PERSONS_A_BREATH = 40
/** The map shows the last weeks first, so those who came then are told first. */
const RECENT_DAYS = 120

/**
 * All messages, first of those who arrived lately, then of all others; of both month after month, within a month person
 * after person. The store keeps a partition a month and an order's steps are applied together: in this order both have
 * least to do. Persons arrive in the order of their numbers, so only what will happen to those already told is held in
 * memory. Yields an empty portion every few persons, so that whoever loads it can let others have their turn.
 */
export function* tellByMonth(options: DemoOptions, size: number): Generator<Portion> {
  const lives = { draw: createLives(options), tell: createWriter(options) }
  const recent = findFirstSince(options, options.end - RECENT_DAYS)
  yield* tellPersons(lives, { from: recent, to: options.persons, before: 0 }, size)
  yield* tellPersons(lives, { from: 0, to: recent, before: options.persons - recent }, size)
}

/** The number of the first person who may arrive on that day or later. */
function findFirstSince(options: DemoOptions, day: number): number {
  const arrivalDay = createArrivals(options)
  let index = options.persons
  while (index > 0 && arrivalDay(index - 1, 0) >= day) index--
  return index
}

interface Range {
  from: number
  to: number
  /** Persons told before these. */
  before: number
}

interface Lives {
  draw: ReturnType<typeof createLives>
  tell: ReturnType<typeof createWriter>
}

function* tellPersons({ draw, tell }: Lives, { from, to, before }: Range, size: number): Generator<Portion> {
  const waiting = new Map<number, DemoMessage[]>()
  let current = from < to ? monthOf(dayOf(draw(from).visits[0]?.at ?? 0)) : 0
  for (let index = from; index < to; index++) {
    const life = draw(index)
    const month = monthOf(dayOf(life.visits[0]?.at ?? 0))
    const persons = before + index - from
    for (; current < month; current++) yield* release(waiting, current, size, persons)
    // A look into the store may lie before the first visit, in a month that has been told.
    for (const { at, message } of tell(life)) put(waiting, Math.max(current, monthOf(dayOf(at))), message)
    if (index % PERSONS_A_BREATH === 0) yield { messages: [], persons }
  }
  const last = Math.max(current, ...waiting.keys())
  for (; current <= last; current++) yield* release(waiting, current, size, before + to - from)
}

function* release(
  waiting: Map<number, DemoMessage[]>,
  month: number,
  size: number,
  persons: number,
): Generator<Portion> {
  const messages = waiting.get(month) ?? []
  waiting.delete(month)
  for (let at = 0; at < messages.length; at += size)
    yield { messages: messages.slice(at, at + size), persons }
}

function put(waiting: Map<number, DemoMessage[]>, month: number, message: DemoMessage): void {
  const list = waiting.get(month)
  if (list) list.push(message)
  else waiting.set(month, [message])
}

/** Months since the year 0. */
function monthOf(day: number): number {
  const { year, month } = readDay(day)
  return year * 12 + month
}
