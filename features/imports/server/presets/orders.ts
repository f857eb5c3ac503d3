import { hash128 } from '../../../../kernel/hash128.ts'
import { eventOfStep, type Step } from '../../../orders/server/reads.ts'
import type { TableMapping } from '../../contract.ts'
import { type Message, type Preset, type PresetOptions, type RowReader, trouble } from '../import-stage.ts'
import { getMapping } from '../mapping/get-mapping.ts'
import { fold, guessStep } from '../mapping/order-status.ts'
import {
  type CellReader,
  catchTrouble,
  createCellReader,
  createRestReader,
  readPerson,
} from '../mapping/read-cells.ts'

/** A table of orders, one row each, in whatever columns the shop's system writes. */
export const orders: Preset = {
  async prepare(files, options) {
    const mapping = getMapping('orders', options.mapping)
    return files.map((file) => ({ file, compile: (columns) => compileOrders(mapping, columns, options) }))
  },
}

/** Steps with a column of their own, in the order of the way. */
const DATED_STEPS: readonly Step[] = [
  'confirmed',
  'paid',
  'packed',
  'shipped',
  'arrived',
  'received',
  'refused',
  'returned',
  'cancelled',
]

export function compileOrders(
  mapping: TableMapping,
  columns: readonly string[],
  options: PresetOptions,
): RowReader {
  const row = createCellReader(mapping, columns, options)
  const readRest = createRestReader(mapping, columns)
  const stepOf = compileStates(mapping)
  let previous: OpenOrder | undefined
  return (cells) =>
    catchTrouble(() => {
      row.take(cells)
      const id = row.text('order_id')
      if (id === '') return trouble('missing_value', `“${mapping.fields.order_id}”: “”`)
      const order = previous?.id === id ? previous : undefined
      previous = order
      const placedAt = row.time('placed_at')
      const more = order ? addArticles(row, order) : []
      if (placedAt === undefined)
        return order ? more : trouble('missing_value', `“${mapping.fields.placed_at}”: “”`)
      previous ??= openOrder(row, id, placedAt)
      return [...writeOrder(row, id, placedAt, stepOf(row.text('state')), readRest(cells)), ...more]
    })
}

/** The order of the line before. */
interface OpenOrder {
  id: string
  placedAt: number
  person: ReturnType<typeof readPerson>
  /** The lines' own words for their articles, so that one that only repeats them adds none. */
  lines: Set<string>
  products: unknown[]
}

function openOrder(row: CellReader, id: string, placedAt: number): OpenOrder {
  const items = row.text('items')
  return {
    id,
    placedAt,
    person: readPerson(row),
    lines: new Set([items]),
    products: readProducts(items) ?? [],
  }
}

/**
 * Many systems write a line for each article, with the order on each of them or on the first one only. A further line
 * adds its articles; the event names all so far, because the last word on an order counts.
 */
function addArticles(row: CellReader, order: OpenOrder): Message[] {
  const items = row.text('items')
  const products = readProducts(items)
  if (products === undefined || order.lines.has(items)) return []
  order.lines.add(items)
  order.products = [...order.products, ...products].slice(0, MAX_PRODUCTS)
  const line = order.lines.size
  return [
    {
      type: 'track',
      event: 'Order Updated',
      messageId: idOf(order.id, `line-${line}`),
      timestamp: new Date(order.placedAt + line).toISOString(),
      ...(order.person ?? { anonymousId: `order:${order.id}` }),
      properties: { order_id: order.id, local_day: row.dayOf(order.placedAt), products: order.products },
    },
  ]
}

/** What each status means: the shop's choice, else what it is commonly called. */
function compileStates({ states = {} }: TableMapping): (status: string) => Step | undefined {
  const chosen = new Map(Object.entries(states).map(([status, state]) => [fold(status), state]))
  return (status) => {
    if (status === '') return undefined
    const choice = chosen.get(fold(status))
    if (choice !== undefined) return Object.hasOwn(eventOfStep, choice) ? (choice as Step) : undefined
    return guessStep(status)
  }
}

function writeOrder(
  row: CellReader,
  id: string,
  placedAt: number,
  step: Step | undefined,
  rest: Record<string, unknown>,
): Message[] {
  const person = readPerson(row) ?? { anonymousId: `order:${id}` }
  const say = (
    kind: string,
    event: string,
    at: number,
    properties: Record<string, unknown> = {},
  ): Message => ({
    type: 'track',
    event,
    messageId: idOf(id, kind),
    timestamp: new Date(at).toISOString(),
    ...person,
    properties: { order_id: id, local_day: row.dayOf(at), ...properties },
  })
  const messages = [say('placed', eventOfStep.placed, placedAt, { ...rest, ...describeOrder(row) })]
  const promised = row.day('promised_date')
  if (promised !== undefined)
    messages.push(
      say(`promised-${promised}`, 'Promise Made', placedAt, { kind: 'delivery_date', promised_on: promised }),
    )
  let latest = placedAt
  for (const dated of DATED_STEPS) {
    const at = row.time(`${dated}_at`)
    if (at === undefined) continue
    latest = Math.max(latest, at)
    messages.push(say(dated, eventOfStep[dated], at))
  }
  // The status names a step that has no date: it happened at the earliest with the last dated one.
  if (step !== undefined && step !== 'placed' && row.time(`${step}_at`) === undefined)
    messages.push(say(step, eventOfStep[step], latest, { time_unknown: true }))
  return messages
}

function idOf(order: string, kind: string): string {
  const id = `orders:${order}:${kind}`
  return id.length <= 255 ? id : `orders:${hash128(order)}:${kind}`
}

function describeOrder(row: CellReader): Record<string, unknown> {
  const total = row.amount('value')
  const described: Record<string, unknown> = {
    total,
    currency: total === undefined ? undefined : row.currency(),
    region: row.text('region') || row.text('city'),
    city: row.text('city'),
    payment_method: row.text('payment_method'),
    shipping_method: row.text('delivery_method'),
    status: row.text('state'),
    products: readProducts(row.text('items')),
  }
  return Object.fromEntries(
    Object.entries(described).filter(([, value]) => value !== undefined && value !== ''),
  )
}

const MAX_PRODUCTS = 200

/** Goods as one cell: JSON as Segment writes them, or names separated by semicolons, bars or lines. */
function readProducts(text: string): unknown[] | undefined {
  if (text === '') return undefined
  if (text.startsWith('[')) {
    try {
      const products: unknown = JSON.parse(text)
      if (Array.isArray(products)) return products.slice(0, MAX_PRODUCTS)
    } catch {
      // A name may begin with a bracket.
    }
  }
  const names = text.split(/\s*[;|\n]\s*/).filter((name) => name !== '')
  return names.slice(0, MAX_PRODUCTS).map((name) => ({ name }))
}
