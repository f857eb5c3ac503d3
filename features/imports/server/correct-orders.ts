import { hash128 } from '../../../kernel/hash128.ts'
import type { Clickhouse } from '../../../platform/clickhouse.ts'
import type { ConvertedBatch } from './convert-batch.ts'
import type { Message } from './import-stage.ts'
import { correctDetails, correctState, eventsOfOrders, type Said } from './order-corrections.ts'
import type { TableRow } from './read-stage.ts'

export interface Corrected {
  /** What has to be said besides. */
  extra: { message: Message; origin: TableRow }[]
  /** What has to be said in other words than the rows have. */
  replaced: Map<Message, Message>
  /** Orders that stood otherwise in an earlier file. */
  orders: number
}

/** Finds in a batch what differs from what earlier imports said of the same orders. */
export type OrderCorrector = (
  batch: ConvertedBatch,
  isRepeat: (message: Message) => boolean,
) => Promise<Corrected>

/** Asked at once: the statement names each order. */
const SLICE = 500
const DAY_MS = 86_400_000

/** An order as a row of the file has it, and the state that its status names without a date. */
interface Row {
  order: string
  placed: Message
  origin: TableRow
  state: Message | undefined
}

/**
 * Of each order the first row of a run counts: rows further down that name it again are its articles, or repeat it in
 * other words, and would correct one another with every import.
 */
export function createOrderCorrector(
  clickhouse: Clickhouse,
  { shop, source }: { shop: number; source: number },
): OrderCorrector {
  const seen = new Set<number>()
  return async (batch, isRepeat) => {
    const rows = takeRows(batch, seen).filter(({ placed }) => isRepeat(placed))
    const corrected: Corrected = { extra: [], replaced: new Map(), orders: 0 }
    for (let at = 0; at < rows.length; at += SLICE) {
      const slice = rows.slice(at, at + SLICE)
      const said = await findSaid(clickhouse, shop, source, slice)
      for (const row of slice) correctRow(row, said.get(row.order) ?? [], isRepeat, corrected)
    }
    return corrected
  }
}

function takeRows({ messages, origins }: ConvertedBatch, seen: Set<number>): Row[] {
  const rows: Row[] = []
  for (const [index, message] of messages.entries()) {
    const last = rows.at(-1)
    const origin = origins[index] as TableRow
    if (message.event === eventsOfOrders.placed) {
      const order = String(message.properties?.order_id)
      // 52 bits of a hash: a million orders take some ten megabytes.
      const key = Number.parseInt(hash128(order).replace('-', '').slice(0, 13), 16)
      if (!seen.has(key)) rows.push({ order, placed: message, origin, state: undefined })
      seen.add(key)
    } else if (last?.origin === origin && message.properties?.time_unknown === true) last.state = message
  }
  return rows
}

function correctRow(
  { placed, state, origin }: Row,
  said: readonly Said[],
  isRepeat: (message: Message) => boolean,
  into: Corrected,
): void {
  const details = correctDetails(placed, said)
  const change = state && correctState(state, said, isRepeat(state))
  if (details) into.extra.push({ message: details, origin })
  if (state && change?.isNew === false) into.replaced.set(state, change.message)
  if (change?.isNew) into.extra.push({ message: change.message, origin })
  if (details || change?.isNew) into.orders += 1
}

/** What this kind of import has said of these orders, by order. Ids come from files, so they travel as hexadecimal. */
async function findSaid(
  clickhouse: Clickhouse,
  shop: number,
  source: number,
  rows: readonly Row[],
): Promise<Map<string, Said[]>> {
  const ids = rows.map(({ order }) => `unhex('${Buffer.from(order).toString('hex')}')`).join(',')
  const times = rows.map(({ placed }) => Date.parse(placed.timestamp ?? ''))
  const since = times.reduce((least, time) => Math.min(least, time), Number.POSITIVE_INFINITY) - DAY_MS
  const found = await clickhouse.query<{
    order_id: string
    id: string
    name: string
    at: number
    properties: string
  }>(
    `SELECT order_id, message_id AS id, name, toUnixTimestamp64Milli(sent_ts) AS at, properties FROM events
     WHERE shop = {shop:UInt32} AND source = {source:UInt32} AND name IN {names:Array(String)}
       AND sent_ts >= fromUnixTimestamp64Milli({since:Int64}) AND order_id IN (${ids})
     ORDER BY at, length(id), id`,
    { params: { shop, source, since, names: Object.values(eventsOfOrders) } },
  )
  const said = new Map<string, Said[]>()
  for (const { order_id, name, at, id, properties } of found) {
    const event = { id, name, at: Number(at), properties: JSON.parse(properties || '{}') }
    const known = said.get(order_id)
    if (known) known.push(event)
    else said.set(order_id, [event])
  }
  return said
}
