import type { FeedEvent } from '../../../platform/feed/event-row.ts'
import type { MeasuredStandard } from './measured-standard.ts'
import { readPrice, readProperties, readSubject, readText, type Values } from './read-properties.ts'
import { readOrderId } from './span-facts.ts'

const TOLERANCE = 0.005

/** The same but for rounding: half a percent of the larger. */
export function isSamePrice(a: number, b: number): boolean {
  return Math.abs(a - b) <= TOLERANCE * Math.max(a, b) + 1e-9
}

/** Ways into the shop that have a price of their own, for visits that no rule has claimed. */
const PRICED_WAYS = new Set(['search_ad', 'price_comparison'])

/** True for the few events that carry the price of an advertisement; looks at texts without parsing them. */
export function mayHaveAdPrice({ kind, url, properties, name }: FeedEvent): boolean {
  if (kind !== 'page' && (kind !== 'track' || name !== 'Product Viewed')) return false
  return url.includes('ad_price=') || properties.includes('"ad_price"')
}

/** The price on the page against the one in the advertisement that led there. */
export function judgeAdPrice(event: FeedEvent): MeasuredStandard | undefined {
  const properties = readProperties(event)
  if (isToldWhetherSame(properties)) return undefined
  const promised = readPrice(properties.ad_price) ?? readPrice(readQuery(event.url, 'ad_price'))
  const shown = readPrice(properties.price)
  const touchpoint = event.arrival || (PRICED_WAYS.has(event.channel) ? event.channel : '')
  if (promised === undefined || shown === undefined || touchpoint === '') return undefined
  const product = readText(properties.product_id) || readText(properties.sku) || event.path
  const isSame = isSamePrice(promised, shown)
  return {
    shop: event.shop,
    touchpoint,
    measure: 'price_same',
    value: isSame ? 1 : 0,
    subject: readSubject(`ad:${event.session_id || event.identity}:${product}`),
    at: event.ts,
    identity: event.identity,
    identityKind: event.identity_kind,
    order: '',
    detail: { promised, given: shown },
  }
}

/** The event says itself whether the price is the promised one: the rules of the shop measure it by that. */
function isToldWhetherSame({ price_same: told }: Values): boolean {
  return typeof told === 'number' || typeof told === 'boolean'
}

function readQuery(url: string, name: string): string | undefined {
  if (!URL.canParse(url)) return undefined
  return new URL(url).searchParams.get(name) ?? undefined
}

/** A price that a person of the shop named to a customer. */
export interface QuotedPrice {
  shop: number
  subject: string
  product: string
  price: number
  identity: string
  identityKind: string
  order: string
  at: number
  receivedAt: number
}

const QUOTING = new Set(['Contact Answered', 'Contact Ended', 'Order Confirmed'])

export function readQuote(event: FeedEvent): QuotedPrice | undefined {
  if (!QUOTING.has(event.name) || !event.properties.includes('"quoted_price"')) return undefined
  const properties = readProperties(event)
  if (isToldWhetherSame(properties)) return undefined
  const price = readPrice(properties.quoted_price)
  const product = readText(properties.product_id)
  if (price === undefined || product === '') return undefined
  const order = readOrderId(event, properties)
  const of = readText(properties.contact_id) || order || event.message_id
  return {
    shop: event.shop,
    subject: readSubject(`quote:${of}:${product}`),
    product,
    price,
    identity: event.identity,
    identityKind: event.identity_kind,
    order,
    at: event.ts,
    receivedAt: event.received_at,
  }
}
