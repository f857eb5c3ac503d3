import type { FilterableEvent } from '../../../../kernel/filter/fields.ts'
import { getFilter } from '../../../../kernel/filter/parse-filter.ts'
import { toPredicate } from '../../../../kernel/filter/to-predicate.ts'
import type { FeedEvent } from '../../../../platform/feed/event-row.ts'
import type { ConditionAbout, When, Which } from '../../contract.ts'
import type { SegmentContext } from '../compile-condition.ts'
import type { PlainCondition, PlainDefinition } from '../list-references.ts'

const DAY = 86_400_000

/** An event with the device that the store would work out. */
export interface SlowEvent extends FeedEvent {
  device: string
}

export interface SlowPerson {
  isKnown: boolean
  /** Earliest first; among events of the same instant by the store's order of hashes. */
  events: readonly SlowEvent[]
}

/** The obvious way: walk through everything that one person did and look. Days are UTC here. */
export function belongsTo(definition: PlainDefinition, person: SlowPerson, context: SegmentContext): boolean {
  if ('all' in definition) return definition.all.every((part) => belongsTo(part, person, context))
  if ('any' in definition) return definition.any.some((part) => belongsTo(part, person, context))
  if ('not' in definition) return !belongsTo(definition.not, person, context)
  return meets(definition, person, context)
}

function meets(condition: PlainCondition, { isKnown, events }: SlowPerson, context: SegmentContext): boolean {
  const during = 'when' in condition ? events.filter((event) => isIn(event, condition.when, context)) : events
  switch (condition.about) {
    case 'known':
      return isKnown === condition.is
    case 'trait':
      return meetsTrait(condition, events)
    case 'event':
      return compare(during.filter((event) => isMeant(event, condition.which)).length, condition.times)
    case 'sequence':
      return during.some((event) => walkOn(condition, during, 0, event, event.ts))
    case 'orders':
      return compare(orderIds(during, condition.state).size, condition.times)
    case 'spent':
      return meetsSpent(condition, during, events, context)
    case 'last_order': {
      const last = events.filter((event) => isState(event, 'placed')).at(-1)
      const border = startOf(context.now - condition.days * DAY)
      if (!last) return false
      return condition.how === 'less' ? last.ts >= border : last.ts < border
    }
    case 'answer':
      return meetsAnswer(condition, during)
    case 'touch':
      return meetsTouch(condition, events)
    case 'device':
      return during.some(({ device }) => device === condition.is)
    case 'parcel': {
      const judged = during.filter(({ measure, measured }) => measure === 'days_late' && measured !== null)
      const meant = condition.which === 'last' ? judged.slice(-1) : judged
      return meant.some(({ measured }) => Number(measured) > 0 === (condition.is === 'late'))
    }
    case 'attitude': {
      const said = during.flatMap(({ valence }) => valence ?? [])
      if (said.length < condition.answers) return false
      const mean = (100 * said.reduce((sum, one) => sum + one, 0)) / said.length
      return condition.how === 'at_least' ? mean >= condition.value - 1e-9 : mean <= condition.value + 1e-9
    }
  }
}

const startOf = (ms: number) => Math.floor(ms / DAY) * DAY

function isIn({ ts }: SlowEvent, when: When | undefined, { now, period }: SegmentContext): boolean {
  if (!when) return true
  if ('lastDays' in when) return ts >= startOf(now) - when.lastDays * DAY
  if ('period' in when) return !period || (ts >= period.from && ts < period.to)
  return ts >= Date.parse(when.from) && ts < Date.parse(when.to)
}

function isMeant(event: SlowEvent, which: Which): boolean {
  if (which.name === undefined && ['Standard Measured', 'Page Measured'].includes(event.name)) return false
  if (which.name !== undefined && event.name !== which.name) return false
  if (which.touchpoint !== undefined && ![event.touchpoint, event.arrival].includes(which.touchpoint))
    return false
  if (which.stage !== undefined && event.stage !== which.stage) return false
  if (which.channel !== undefined && event.channel !== which.channel) return false
  return which.where === undefined || toPredicate(getFilter(which.where))(event as unknown as FilterableEvent)
}

function compare(count: number, { how, n }: { how: 'at_least' | 'at_most' | 'exactly'; n: number }): boolean {
  return how === 'at_least' ? count >= n : how === 'at_most' ? count <= n : count === n
}

/** Tries every chain: the step is `event`, and some later event carries on. */
function walkOn(
  condition: ConditionAbout<'sequence'>,
  events: readonly SlowEvent[],
  step: number,
  event: SlowEvent,
  began: number,
): boolean {
  const { steps, withinDays } = condition
  if (!isMeant(event, steps[step] as Which)) return false
  if (withinDays !== undefined && event.ts - began > withinDays * DAY) return false
  if (step === steps.length - 1) return true
  return events.some((next) => next.ts > event.ts && walkOn(condition, events, step + 1, next, began))
}

const EVENTS_OF: Record<string, readonly string[]> = {
  placed: ['Order Completed', 'Order Placed'],
  paid: ['Order Paid', 'Payment Completed'],
  received: ['Order Delivered'],
  refused: ['Order Refused'],
  cancelled: ['Order Cancelled', 'Order Canceled'],
}

const isState = (event: SlowEvent, state: string) =>
  event.order_id !== '' && (EVENTS_OF[state] ?? []).includes(event.name)

const orderIds = (events: readonly SlowEvent[], state: string) =>
  new Set(events.filter((event) => isState(event, state)).map(({ order_id }) => order_id))

function meetsSpent(
  condition: ConditionAbout<'spent'>,
  during: readonly SlowEvent[],
  events: readonly SlowEvent[],
  { currency }: SegmentContext,
): boolean {
  let sum = 0
  for (const id of orderIds(during, condition.state)) {
    const priced = events.filter(
      (event) =>
        isState(event, 'placed') &&
        event.order_id === id &&
        event.amount !== null &&
        event.currency === currency,
    )
    sum += priced.at(-1)?.amount ?? 0
  }
  return condition.how === 'at_least' ? sum >= condition.amount : sum <= condition.amount
}

function meetsTrait({ where }: ConditionAbout<'trait'>, events: readonly SlowEvent[]): boolean {
  const field = 'field' in where ? where.field : ''
  const has = toPredicate(getFilter({ field, op: 'exists' }))
  const holds = toPredicate(getFilter(where))
  const nothing = { traits: '{}', context: '{}', properties: '{}' } as FilterableEvent
  const last = events.filter((event) => has(event as unknown as FilterableEvent)).at(-1)
  return holds((last as unknown as FilterableEvent) ?? nothing)
}

function meetsAnswer(
  { kind, low, high, which }: ConditionAbout<'answer'>,
  events: readonly SlowEvent[],
): boolean {
  const scores = events.flatMap((event) => {
    const { kind: asked, score } = JSON.parse(event.properties)
    return event.name === 'Feedback Given' && asked === kind && typeof score === 'number' ? [score] : []
  })
  return (which === 'last' ? scores.slice(-1) : scores).some((score) => score >= low && score <= high)
}

function meetsTouch({ which, by, values }: ConditionAbout<'touch'>, events: readonly SlowEvent[]): boolean {
  const touches = events.filter(
    ({ arrival, touchpoint, name }) =>
      (arrival !== '' || touchpoint !== '') &&
      !['Standard Measured', 'Page Measured', 'Feedback Given'].includes(name),
  )
  const touch = which === 'first' ? touches[0] : touches.at(-1)
  if (!touch) return false
  const value = {
    channel: touch.channel,
    touchpoint: touch.arrival || touch.touchpoint,
    source: touch.utm_source,
    campaign: touch.utm_campaign,
  }[by]
  return values.includes(value)
}
