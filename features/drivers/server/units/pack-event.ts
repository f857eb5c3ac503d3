import { listEventNames } from '../../../orders/server/reads.ts'
import type { DriversSettings } from '../../contract.ts'
import { LONGEST_TEXT, type PackedEvent, SAYS, type Says } from './packed.ts'

const named = (says: Says, names: readonly string[]) => names.map((name) => [name, says] as const)

/** Names as the orders room reads them: lower case, words separated by one space. */
export const SAYS_BY_NAME: ReadonlyMap<string, Says> = new Map([
  ...named(SAYS.started, ['contact started']),
  ...named(SAYS.answered, ['contact answered']),
  ...named(SAYS.placed, listEventNames(['placed'])),
  ...named(SAYS.arrived, listEventNames(['arrived'])),
  ...named(SAYS.received, listEventNames(['received'])),
  ...named(SAYS.refused, listEventNames(['refused'])),
  ...named(SAYS.cancelled, listEventNames(['cancelled'])),
  ...named(SAYS.packed, listEventNames(['packed'])),
  ...named(SAYS.feedback, ['feedback given']),
  ...named(SAYS.opened, ['case opened']),
  ...named(SAYS.resolved, ['case resolved']),
  ...named(SAYS.subscribed, ['newsletter subscribed', 'subscribed']),
  ...named(SAYS.delivered, ['email delivered']),
  ...named(SAYS.read, ['email opened']),
  ...named(SAYS.promised, listEventNames(['promised'])),
  ...named(SAYS.measured, ['standard measured', 'page measured']),
])

/** Of a stored event what packing reads. */
export interface EventToPack {
  ts: number
  name: string
  kind: string
  touchpoint: string
  arrival: string
  order_id: string
  amount: number | null
  currency: string
  properties: Record<string, unknown>
  measure: string
  measured: number | null
  valence: number | null
  channel: string
  utm_source: string
  /** `phone`, `computer` or ''. */
  device: string
}

/**
 * What the statement does inside the store, for events that are at hand; undefined for those that say nothing. `currency` is the
 * shop's: what orders in another one came to isn't known in it.
 */
export function packEvent(
  event: EventToPack,
  currency: string,
  facts: DriversSettings['facts'] = [],
): PackedEvent | undefined {
  const { properties } = event
  const name = normaliseName(event.name)
  const says = SAYS_BY_NAME.get(name) ?? SAYS.nothing
  const own = facts.reduce((bits, fact, at) => bits + (holds(fact, name, properties) ? 2 ** at : 0), 0)
  const { touchpoint, arrival, measure, valence } = event
  if (says === 0 && own === 0 && touchpoint === '' && arrival === '' && measure === '' && valence === null)
    return undefined
  const isMeasured = measure !== '' && event.measured !== null
  return [
    event.ts,
    says,
    touchpoint,
    arrival,
    event.order_id,
    says === SAYS.opened || says === SAYS.resolved
      ? text(properties.case_id)
      : text(properties.contact_id) || text(properties.of),
    isMeasured ? measure : '',
    isMeasured ? event.measured : null,
    readValue(event, says, currency),
    readTexts(event, says),
    own,
  ]
}

/** `order_shipped` and `Order Shipped` are the same name. */
export function normaliseName(name: string): string {
  return name
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
    .trim()
}

function holds(fact: DriversSettings['facts'][number], name: string, properties: Record<string, unknown>) {
  if (normaliseName(fact.event) !== name) return false
  if (fact.property === null || fact.property === '') return true
  const value = properties[fact.property]
  if (fact.equals !== null) return text(value) === fact.equals
  if (fact.atLeast !== null) return (number(value) ?? Number.NEGATIVE_INFINITY) >= fact.atLeast
  return text(value) !== ''
}

function readValue(event: EventToPack, says: Says, currency: string): number | null {
  const { amount, valence, properties } = event
  if (says === SAYS.placed) return event.currency === '' || event.currency === currency ? amount : null
  if (says !== SAYS.feedback || properties.kind !== 'nps') return valence
  const score = number(properties.score)
  return score === undefined ? null : (score * 10) / (number(properties.scale_max) || 10)
}

function readTexts(event: EventToPack, says: Says): string[] {
  const { properties, arrival, channel, utm_source } = event
  const of = (...names: string[]) => names.map((name) => text(properties[name]))
  if (says === SAYS.started) return of('channel', 'topic')
  if (says === SAYS.answered) return of('by', 'operator')
  if (says === SAYS.feedback) return of('kind', 'operator')
  if (says === SAYS.resolved) return of('solved')
  if (says === SAYS.packed) return of('insert')
  if (says === SAYS.promised) return of('promised_on')
  const first = Array.isArray(properties.products) ? (properties.products[0] ?? {}) : {}
  if (says === SAYS.placed)
    return [
      ...of('payment_method', 'delivery_method', 'region'),
      text(first.category) || text(properties.category),
      ...[text(first.photos), text(first.description_length)],
    ]
  if (says !== SAYS.nothing) return []
  const source = arrival === '' ? channel : utm_source === '' ? arrival : `${arrival} ${utm_source}`
  return [event.device, text(properties.category), source]
}

function text(value: unknown): string {
  const whole =
    typeof value === 'string'
      ? value
      : typeof value === 'number' || typeof value === 'boolean'
        ? String(value)
        : ''
  return whole.length <= LONGEST_TEXT ? whole : [...whole].slice(0, LONGEST_TEXT).join('')
}

function number(value: unknown): number | undefined {
  const read = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof read === 'number' && Number.isFinite(read) ? read : undefined
}
