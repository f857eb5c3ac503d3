import { findMinorDigits } from '../../../kernel/currencies.ts'
import type { RowPreview } from '../contract.ts'

/** The step of an order that an event stands for, in the words of the orders room. */
const STEPS: Readonly<Record<string, string>> = {
  'Order Completed': 'placed',
  'Order Confirmed': 'confirmed',
  'Order Paid': 'paid',
  'Payment Completed': 'paid',
  'Order Packed': 'packed',
  'Order Shipped': 'shipped',
  'Order Arrived': 'arrived',
  'Order Delivered': 'received',
  'Order Refused': 'refused',
  'Order Returned': 'returned',
  'Order Refunded': 'returned',
  'Order Cancelled': 'cancelled',
}

export interface OrderStory {
  id: string
  amount: { minor: number; currency: string } | null
  steps: { state: string; at: string | null }[]
  promisedOn: string | null
}

export interface EventStory {
  name: string
  at: string | null
  /** What else is known of it, as text. */
  details: { name: string; value: string }[]
}

export interface RowStory {
  order: OrderStory | null
  events: EventStory[]
}

type PreviewEvent = RowPreview['events'][number]

/** What a row tells: an order with its steps, and the events that are no step of an order. Pure. */
export function tellRow(row: RowPreview): RowStory {
  const ofOrder = row.events.filter(({ name, properties }) => {
    const isStep = STEPS[name] !== undefined || name === 'Promise Made' || name === 'Order Updated'
    return isStep && readText(properties.order_id) !== undefined
  })
  const rest = row.events.filter((event) => !ofOrder.includes(event))
  return { order: ofOrder.length > 0 ? tellOrder(ofOrder) : null, events: rest.map(tellEvent) }
}

function tellOrder(events: PreviewEvent[]): OrderStory {
  const find = <T>(read: (properties: PreviewEvent['properties']) => T | undefined): T | undefined =>
    events.map(({ properties }) => read(properties)).find((value) => value !== undefined)
  const steps = new Map<string, string | null>()
  for (const { name, at, properties } of events) {
    const state = STEPS[name]
    // Several payments of an order are one step of its course.
    if (state !== undefined && !steps.has(state))
      steps.set(state, properties.time_unknown === true ? null : at)
  }
  return {
    id: find(({ order_id }) => readText(order_id)) ?? '',
    amount: find(readAmount) ?? null,
    steps: [...steps].map(([state, at]) => ({ state, at })),
    promisedOn: find(({ promised_on }) => readText(promised_on)) ?? null,
  }
}

function tellEvent({ name, at, properties }: PreviewEvent): EventStory {
  const details = Object.entries(properties).flatMap(([key, value]) => {
    const text = readText(value)
    return text === undefined ? [] : [{ name: key, value: text }]
  })
  return { name, at, details }
}

/** Amounts travel in major units; screens show minor ones. */
function readAmount(properties: PreviewEvent['properties']): OrderStory['amount'] | undefined {
  const major = [properties.total, properties.revenue, properties.value].find((one) => one !== undefined)
  const digits = typeof properties.currency === 'string' ? findMinorDigits(properties.currency) : undefined
  const number = typeof major === 'string' ? Number(major) : major
  if (typeof number !== 'number' || !Number.isFinite(number) || digits === undefined) return undefined
  return { minor: Math.round(number * 10 ** digits), currency: String(properties.currency) }
}

function readText(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return typeof value === 'string' && value !== '' ? value : undefined
}
