import { readDay } from '../kernel/time.ts'
import type { DemoMessage } from './messages/message-book.ts'
import { createWriter } from './messages/write-life.ts'
import type { DemoOptions } from './options.ts'
import { createLives } from './simulate/draw-life.ts'
import { dayOf } from './simulate/draw-visits.ts'

export interface Portion {
  messages: DemoMessage[]
  /** Persons told so far. */
  persons: number
}

const PERSONS_A_BREATH = 40

/**
 * All messages, month after month, within a month person after person. The store keeps a partition a month and an
 * order's steps are applied together: in this order both have least to do. Persons arrive in the order of their
 * numbers, so only what will happen to those already told is held in memory. Yields an empty portion every few persons,
 * so that whoever loads it can let others have their turn.
 */
export function* tellByMonth(options: DemoOptions, size: number): Generator<Portion> {
  const draw = createLives(options)
  const tell = createWriter(options)
  const waiting = new Map<number, DemoMessage[]>()
  let current = monthOf(options.end - options.days)
  for (let index = 0; index < options.persons; index++) {
    const life = draw(index)
    const month = monthOf(dayOf(life.visits[0]?.at ?? 0))
    for (; current < month; current++) yield* release(waiting, current, size, index)
    // A look into the store may lie before the first visit, in a month that has been told.
    for (const { at, message } of tell(life)) put(waiting, Math.max(current, monthOf(dayOf(at))), message)
    if (index % PERSONS_A_BREATH === 0) yield { messages: [], persons: index }
  }
  const last = Math.max(current, ...waiting.keys())
  for (; current <= last; current++) yield* release(waiting, current, size, options.persons)
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
