import { AFTER_RECEIPT_MS, LOOK_BACK_MS, OPEN_AT_MOST_MS, type Query } from './map-plan.ts'
import { type OrderNames, orderName } from './order-names.ts'
import { BORDER, MARK, mark } from './packed.ts'

/**
 * One row for each identity with orders: the borders of their spans as marks (packed.ts), inside the period. An order
 * is open from the first that is heard of it to its end, 60 days at most when nothing ends it, and owns what happens
 * for 60 days after receipt. Repeated events change no border, so the engine need not look for them.
 */
export function bordersQuery(names: OrderNames): Query {
  const border = (at: string, kind: number, value: number) =>
    mark(`greatest(${at}, {from:Int64}) - {from:Int64}`, kind, '0', String(value))
  const span = (begin: string, begins: number, end: string, ends: number) =>
    `[${border(begin, MARK.begin, begins)}, ${border(end, MARK.end, ends)}]`
  return {
    sql: `SELECT identity, 0 AS events, 0 AS known, 0 AS waiting,
  groupArrayArray(arrayConcat(
    if(ended < {from:Int64}, [], ${span('opened', BORDER.opened, 'ended', BORDER.ended)}),
    if(received = 0 OR released < {from:Int64}, [], ${span('received', BORDER.received, 'released', BORDER.released)})
  )) AS marks
FROM (
  SELECT argMin(identity, (ts, message_hash)) AS identity, toUnixTimestamp64Milli(min(ts)) AS opened,
    toUnixTimestamp64Milli(minIf(ts, ${orderName} IN {received_names:Array(String)})) AS received,
    toUnixTimestamp64Milli(minIf(ts, ${orderName} IN {ended_names:Array(String)})) AS end,
    if(end = 0, opened + ${OPEN_AT_MOST_MS}, end) AS ended, received + ${AFTER_RECEIPT_MS} AS released
  FROM events
  WHERE shop = {shop:UInt32} AND order_id != '' AND ${orderName} IN {order_names:Array(String)}
    AND ts >= fromUnixTimestamp64Milli({from:Int64} - ${LOOK_BACK_MS}) AND ts < fromUnixTimestamp64Milli({to:Int64})
  GROUP BY order_id
)
GROUP BY identity`,
    params: { order_names: names.all, received_names: names.received, ended_names: names.ended },
  }
}
