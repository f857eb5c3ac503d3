import type { FeedEvent } from '../../../platform/feed/event-row.ts'
import { MEASURED_EVENT } from '../contract.ts'
import type { ContactSpan } from './contact-span.ts'
import type { OrderSpan } from './order-span.ts'
import { readProperties, readSubject, readText, type Values } from './read-properties.ts'

/** What one event adds to the knowledge of a contact or an order. */
export type SpanFact =
  | { shop: number; kind: 'contact'; id: string; data: ContactSpan }
  | { shop: number; kind: 'order'; id: string; data: OrderSpan }

type Reader = (event: FeedEvent, properties: Values) => SpanFact[]

/** Lower case, words separated by one space; other spellings of the same words count as the same name. */
const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['contact started', readStart],
  ['contact answered', readAnswer],
  ['contact missed', (event, properties) => readEnd(event, properties, { isMissed: true })],
  ['contact ended', (event, properties) => readEnd(event, properties, readSolved(event, properties))],
  ['order completed', readPlaced],
  ['order placed', readPlaced],
  ['order confirmed', readConfirmed],
  ['order confirmation sent', readConfirmed],
])

const known = new Map<string, Reader | undefined>()
const MAX_KNOWN = 10_000

/** Costs a look at the name for the great mass of events, which say nothing of the kind. */
export function isAboutSpans(event: FeedEvent): boolean {
  return event.kind === 'track' && (findReader(event.name) !== undefined || tellsLateness(event))
}

export function readSpanFacts(event: FeedEvent): SpanFact[] {
  const properties = readProperties(event)
  const facts = findReader(event.name)?.(event, properties) ?? []
  return tellsLateness(event) ? [...facts, ...ofOrder(event, properties, { isLatenessTold: true })] : facts
}

/** True for an event of the shop that its rules measure by days late; our own completing events are none. */
function tellsLateness({ name, measure, measured }: FeedEvent): boolean {
  return measure === 'days_late' && measured !== null && name !== MEASURED_EVENT
}

function findReader(name: string): Reader | undefined {
  if (known.has(name)) return known.get(name)
  if (known.size >= MAX_KNOWN) known.clear()
  const reader = READERS.get(
    name
      .toLowerCase()
      .replace(/[\s_-]+/g, ' ')
      .trim(),
  )
  known.set(name, reader)
  return reader
}

function readStart(event: FeedEvent, properties: Values): SpanFact[] {
  const { shop, ts, identity, identity_kind, channel } = event
  const order = readOrderId(event, properties)
  const purpose = readText(properties.purpose)
  const isOutgoing = purpose === 'confirm' || /^out/i.test(readText(properties.direction))
  const start = {
    at: ts,
    receivedAt: event.received_at,
    channel,
    identity,
    identityKind: identity_kind,
    order,
    isOutgoing,
  }
  const facts = ofContact(event, properties, { start })
  // The shop rings to confirm: this contact is its answer to the order.
  if (purpose === 'confirm' && order !== '')
    facts.push({ shop, kind: 'order', id: readSubject(order), data: { calledAt: ts } })
  return facts
}

/** Robots answer at once; a shop that doesn't say who answered is taken to have people. */
function readAnswer(event: FeedEvent, properties: Values): SpanFact[] {
  if (readText(properties.by) === 'bot') return []
  return ofContact(event, properties, { answeredAt: event.ts })
}

function readEnd(event: FeedEvent, properties: Values, said: Partial<ContactSpan>): SpanFact[] {
  return ofContact(event, properties, { endedAt: event.ts, ...said })
}

function readSolved({ ts }: FeedEvent, { solved }: Values): Partial<ContactSpan> {
  const isYes = solved === true || solved === 1
  const isNo = solved === false || solved === 0
  return isYes || isNo ? { solved: { at: ts, is: isYes } } : {}
}

/** Without its id nothing ties an answer to its question. */
function ofContact(event: FeedEvent, properties: Values, data: ContactSpan): SpanFact[] {
  const id = readText(properties.contact_id)
  return id === '' ? [] : [{ shop: event.shop, kind: 'contact', id: readSubject(id), data }]
}

function readPlaced(event: FeedEvent, properties: Values): SpanFact[] {
  const { ts: at, identity, identity_kind: identityKind } = event
  return ofOrder(event, properties, { placed: { at, identity, identityKind } })
}

function readConfirmed(event: FeedEvent, properties: Values): SpanFact[] {
  const byCall = /^(?:call|phone|operator)$/i.test(readText(properties.by))
  return ofOrder(event, properties, byCall ? { calledAt: event.ts } : { confirmedAt: event.ts })
}

function ofOrder(event: FeedEvent, properties: Values, data: OrderSpan): SpanFact[] {
  const id = readOrderId(event, properties)
  // An export that knows the state and not its time measures nothing.
  if (id === '' || properties.time_unknown === true) return []
  return [{ shop: event.shop, kind: 'order', id: readSubject(id), data }]
}

export function readOrderId(event: FeedEvent, properties: Values): string {
  return event.order_id || readText(properties.order_id)
}
