import { parseDay } from '../../../kernel/time.ts'
import type { FeedEvent } from '../../../platform/feed/event-row.ts'
import type { OrderItem } from '../contract.ts'
import { readItems } from './order-items.ts'
import { type FactKind, findFactKind } from './order-states.ts'
import { isObject, readAmount, readText, type Values } from './read-properties.ts'

/** What one event says about one order, in our terms. Kept whole, so that an order can always be derived anew. */
export interface OrderFact {
  shop: number
  order: string
  messageHash: string
  kind: FactKind
  /** The event's own name. */
  name: string
  /** Milliseconds since 1970. */
  at: number
  /** Null once the person has been erased. */
  identity: string | null
  source: number
  data: FactData
}

/** Only what the event says is here. Amounts are in minor units, days are `YYYY-MM-DD`. */
export interface FactData {
  amount?: number
  currency?: string
  discount?: number
  shipping?: number
  tax?: number
  paymentMethod?: string
  region?: string
  promisedOn?: string
  /** The day by the source's own calendar, where it says it; else the day follows from the time and the shop's zone. */
  localDay?: string
  reason?: string
  installments?: number
  /** The time is not known exactly (an export that names the state but not its day): lateness isn't judged by it. */
  isTimeUnknown?: boolean
  /** The source says it again although it said otherwise meanwhile: the last word counts. */
  isCorrection?: boolean
  items?: OrderItem[]
  /** What else the event carried and is not about the person. */
  extra?: Values
}

const MAX_ORDER_ID = 200
const MAX_EXTRA = 4_000

/** Reads the fact out of an event; undefined when the event says nothing about an order. Amounts without a currency are in the shop's. */
export function readOrderFact(event: FeedEvent, shopCurrency: string): OrderFact | undefined {
  const kind = findFactKind(event.name)
  if (kind === undefined) return undefined
  const properties = parseObject(event.properties)
  const order = (event.order_id || readText(properties.order_id) || '').trim()
  if (order === '' || order.length > MAX_ORDER_ID) return undefined
  if (kind === 'promised' && !isDeliveryPromise(properties)) return undefined
  return {
    shop: event.shop,
    order,
    messageHash: event.message_hash,
    kind,
    name: event.name,
    at: event.ts,
    identity: event.identity,
    source: event.source,
    data: readData(event, properties, shopCurrency),
  }
}

function isDeliveryPromise(properties: Values): boolean {
  const kind = properties.kind ?? 'delivery_date'
  return kind === 'delivery_date' && readDayText(properties.promised_on) !== undefined
}

function readData(event: FeedEvent, properties: Values, shopCurrency: string): FactData {
  const named = event.currency || readText(properties.currency) || ''
  const currency = named || shopCurrency
  const data: FactData = {
    amount: event.amount ?? undefined,
    currency: named === '' ? undefined : named.toUpperCase(),
    discount: readAmount(properties.discount, currency),
    shipping: readAmount(properties.shipping, currency),
    tax: readAmount(properties.tax, currency),
    paymentMethod: readText(properties.payment_method ?? properties.payment_type),
    region: readRegion(properties),
    promisedOn: readDayText(properties.promised_on),
    localDay: readDayText(properties.local_day),
    reason: readText(properties.reason),
    installments: typeof properties.installments === 'number' ? properties.installments : undefined,
    isTimeUnknown: properties.time_unknown === true ? true : undefined,
    isCorrection: properties.correction === true ? true : undefined,
    items: readItems(properties.products, currency),
    extra: readExtra(properties),
  }
  for (const key of Object.keys(data) as (keyof FactData)[]) if (data[key] === undefined) delete data[key]
  return data
}

/** A day: as one, or as a time whose first ten characters are one. */
function readDayText(value: unknown): string | undefined {
  const text = readText(value)?.slice(0, 10)
  return text !== undefined && parseDay(text) !== undefined ? text : undefined
}

function readRegion(properties: Values): string | undefined {
  if (readText(properties.region) !== undefined) return readText(properties.region)
  const address = properties.shipping_address
  if (!isObject(address)) return undefined
  return readText(address.region ?? address.state ?? address.city)
}

/** Fields that have a place of their own, and fields about the person, whose place is the people room. */
const NOT_EXTRA = new Set(
  `order_id total revenue value currency discount shipping tax payment_method payment_type region promised_on local_day reason
   installments time_unknown correction products email phone name first_name last_name firstName lastName customer user address
   shipping_address billing_address recipient user_id`.split(/\s+/),
)

function readExtra(properties: Values): Values | undefined {
  const entries = Object.entries(properties).filter(([key, value]) => !NOT_EXTRA.has(key) && value !== null)
  if (entries.length === 0) return undefined
  const extra = Object.fromEntries(entries)
  return JSON.stringify(extra).length <= MAX_EXTRA ? extra : undefined
}

function parseObject(text: string): Values {
  try {
    const value: unknown = JSON.parse(text || '{}')
    return isObject(value) ? value : {}
  } catch {
    return {}
  }
}
