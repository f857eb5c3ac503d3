import { hash128 } from '../../../kernel/hash128.ts'
import { eventOfStep } from '../../orders/server/reads.ts'
import type { Message } from './import-stage.ts'

/** An event that an earlier import recorded of an order. */
export interface Said {
  id: string
  name: string
  /** Milliseconds since 1970. */
  at: number
  properties: Record<string, unknown>
}

/** The events by which an import speaks of an order. */
export const eventsOfOrders = { ...eventOfStep, updated: 'Order Updated' }

/** Beyond the events of an order's further lines, which lie some milliseconds after its placing. */
const AFTER_MS = 60_000

/** What a row says of the order as a whole. Columns that no field takes aren't among them: some change with every export. */
const FIELDS = [
  'total',
  'currency',
  'region',
  'city',
  'payment_method',
  'shipping_method',
  'products',
] as const

/**
 * An `Order Updated` with what the row says otherwise than the import before; undefined when it says the same. Its id
 * counts the corrections, so that an interrupted import that goes on doesn't repeat one. Pure.
 */
export function correctDetails(placed: Message, said: readonly Said[]): Message | undefined {
  const first = said.find(({ id }) => id === placed.messageId)
  if (!first) return undefined
  const corrections = said.filter(({ id }) => id.startsWith(idOf(placed, 'corrected-')))
  const row = describe(placed.properties, said)
  const words = hash128(JSON.stringify(row))
  // Texts may have been mended on their way into the store: what a correction said is known by its own mark.
  if (corrections.at(-1)?.properties.correction === words) return undefined
  const known = Object.assign(
    {},
    ...[first, ...corrections].map(({ properties }) => describe(properties, said)),
  )
  const changed = FIELDS.filter((field) => row[field] !== undefined && !isSame(row[field], known[field]))
  if (changed.length === 0) return undefined
  const { total, currency } = row
  const number = corrections.length + 1
  return say(
    placed,
    eventsOfOrders.updated,
    idOf(placed, `corrected-${number}`),
    placedAt(placed) + AFTER_MS + number,
    {
      ...Object.fromEntries(changed.map((field) => [field, row[field]])),
      ...(changed.includes('total') || changed.includes('currency') ? { total, currency } : {}),
      correction: words,
    },
  )
}

const ENDINGS: ReadonlySet<string> = new Set([
  eventOfStep.refused,
  eventOfStep.returned,
  eventOfStep.cancelled,
])
const STATES: ReadonlySet<string> = new Set(
  Object.values(eventOfStep).filter((name) => name !== eventOfStep.paid),
)

/**
 * A status without a date, where it contradicts what was said before of the order's end: “cancelled” and then
 * “received”, or the other way round. It must stand after that, so that the last word counts. Steps ahead along the way
 * need no help, and a file that is behind takes none back. Pure.
 */
export function correctState(
  state: Message,
  said: readonly Said[],
  isRepeat: boolean,
): { message: Message; isNew: boolean } | undefined {
  const own = said.filter(({ name }) => name === state.event).map(({ at }) => at)
  if (isRepeat && own.length === 0) return undefined
  const since = isRepeat ? Math.max(...own) : placedAt(state) - 1
  const isEnd = ENDINGS.has(state.event ?? '')
  const against = said.filter(
    ({ name, at }) => STATES.has(name) && name !== state.event && at > since && (isEnd || ENDINGS.has(name)),
  )
  // Whatever ends an order comes after its placing anyway.
  if (against.every(({ name }) => name === eventOfStep.placed)) return undefined
  const at = Math.max(...said.filter(({ name }) => STATES.has(name)).map((event) => event.at)) + 1
  if (!isRepeat) return { message: { ...state, timestamp: new Date(at).toISOString() }, isNew: false }
  const number = said.filter(({ id }) => id.includes(':said-again-')).length + 1
  const id = idOf(state, `said-again-${number}`)
  const message = say(state, state.event ?? '', id, at, { time_unknown: true, correction: true })
  return { message, isNew: true }
}

function describe(
  properties: Record<string, unknown> = {},
  said: readonly Said[],
): Partial<Record<(typeof FIELDS)[number], unknown>> {
  // Of an order of several lines each row names its own article, and the events of the lines name all.
  const hasLines = said.some(({ id }) => /:line-\d+$/.test(id))
  const given = FIELDS.filter(
    (field) => properties[field] !== undefined && !(hasLines && field === 'products'),
  )
  return Object.fromEntries(given.map((field) => [field, properties[field]]))
}

const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

const placedAt = ({ timestamp = '' }: Message) => Date.parse(timestamp)

/** The id of another event of the same order: `orders:<order>:<kind>`. */
function idOf({ messageId }: Message, kind: string): string {
  return messageId.slice(0, messageId.lastIndexOf(':') + 1) + kind
}

function say(
  like: Message,
  event: string,
  messageId: string,
  at: number,
  properties: Record<string, unknown>,
): Message {
  const { order_id, local_day } = like.properties ?? {}
  return {
    ...like,
    event,
    messageId,
    timestamp: new Date(at).toISOString(),
    properties: { order_id, local_day, ...properties },
  }
}
