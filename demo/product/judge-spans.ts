import {
  type ContactSpan,
  findContactDeadline,
  joinContacts,
  judgeContact,
} from '../../features/standards/server/contact-span.ts'
import type { MeasuredStandard } from '../../features/standards/server/measured-standard.ts'
import { joinOrders, judgeOrder, type OrderSpan } from '../../features/standards/server/order-span.ts'
import {
  isSamePrice,
  judgeAdPrice,
  mayHaveAdPrice,
  readQuote,
} from '../../features/standards/server/prices.ts'
import { readPrice, readProperties, readText } from '../../features/standards/server/read-properties.ts'
import type { ShopClock } from '../../features/standards/server/shop-clock.ts'
import { isAboutSpans, readSpanFacts } from '../../features/standards/server/span-facts.ts'
import { DAY_MS } from '../../kernel/time.ts'
import { getOffset } from '../../kernel/time-zone.ts'
import type { FeedEvent } from '../../platform/feed/event-row.ts'

/** What the product measures across events of one person: answers, confirmations, prices named, days late. */
export function judgeSpans(
  events: readonly FeedEvent[],
  clock: ShopClock,
  until: number,
): MeasuredStandard[] {
  const contacts = new Map<string, ContactSpan>()
  const orders = new Map<string, OrderSpan>()
  for (const fact of events.filter(isAboutSpans).flatMap(readSpanFacts)) {
    if (fact.kind === 'contact') contacts.set(fact.id, joinContacts(contacts.get(fact.id) ?? {}, fact.data))
    else orders.set(fact.id, joinOrders(orders.get(fact.id) ?? {}, fact.data))
  }
  return [
    ...[...contacts].flatMap(([id, contact]) => judgeContact(1, id, giveUp(contact, until), clock) ?? []),
    ...[...orders].flatMap(([id, order]) => judgeOrder(1, id, order, clock)),
    ...events.filter(mayHaveAdPrice).flatMap((event) => judgeAdPrice(event) ?? []),
    ...events.flatMap((event) => judgeNamedPrice(event, events)),
    ...judgeLateness(events, clock.timeZone),
  ]
}

function giveUp(contact: ContactSpan, until: number): ContactSpan {
  const deadline = findContactDeadline(contact)
  return deadline !== undefined && deadline < until ? { ...contact, isGivenUp: true } : contact
}

/** The price that a person named against the last one that was promised. */
function judgeNamedPrice(event: FeedEvent, events: readonly FeedEvent[]): MeasuredStandard[] {
  const quote = readQuote(event)
  if (!quote) return []
  const promise = events.findLast(({ name, ts, properties }) => {
    if (name !== 'Promise Made' || ts > quote.at || !properties.includes('"price"')) return false
    return readText((JSON.parse(properties) as Record<string, unknown>).product_id) === quote.product
  })
  const promised = promise && readPrice(readProperties(promise).price)
  if (promised === undefined) return []
  const { subject, at, identity, identityKind, order } = quote
  return [
    {
      ...{ shop: 1, subject, at, identity, identityKind, order, detail: {} },
      touchpoint: 'confirming_call',
      measure: 'price_same',
      value: isSamePrice(promised, quote.price) ? 1 : 0,
    },
  ]
}

/** Calendar days between the day promised and the day on which the parcel was there. */
function judgeLateness(events: readonly FeedEvent[], timeZone: string): MeasuredStandard[] {
  return events.flatMap((event) => {
    if (event.name !== 'Order Arrived') return []
    const promise = events.find(
      ({ name, order_id, properties }) =>
        name === 'Promise Made' && order_id === event.order_id && properties.includes('"promised_on"'),
    )
    if (!promise) return []
    const promisedOn = Date.parse(readText(readProperties(promise).promised_on))
    const arrivedOn = Math.floor((event.ts + getOffset(event.ts, timeZone)) / DAY_MS) * DAY_MS
    const { identity, identity_kind: identityKind, order_id: order, ts: at } = event
    return [
      {
        ...{ shop: 1, subject: order, order, identity, identityKind, at, detail: {} },
        touchpoint: 'carrier',
        measure: 'days_late',
        value: Math.round((arrivedOn - promisedOn) / DAY_MS),
      },
    ]
  })
}
