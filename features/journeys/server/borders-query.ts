import { MARKS } from './contacts-query.ts'
import { AFTER_RECEIPT_MS, LOOK_BACK_MS, OPEN_AT_MOST_MS, type Query } from './map-plan.ts'
import { type OrderNames, orderName } from './order-names.ts'
import { BORDER, MARK, mark } from './packed.ts'

/**
 * One row for each order: the borders of its span as marks (packed.ts), inside the period, as columns; 0 for none. An
 * order is open from the first that is heard of it to its end, 60 days at most when nothing ends it, and owns what
 * happens for 60 days after receipt. Repeated events change no border, so the engine need not look for them.
 */
export function bordersQuery(names: OrderNames): Query {
  const border = (at: string, kind: number, value: number, isOutside: string) =>
    `if(${isOutside}, 0, ${mark(`greatest(${at}, {from:Int64}) - {from:Int64}`, kind, '0', String(value))})`
  const isEnded = 'ended < {from:Int64}'
  const isReleased = 'received = 0 OR released < {from:Int64}'
  return {
    sql: `SELECT identity,
  ${border('opened', MARK.begin, BORDER.opened, isEnded)} AS ${MARKS[0]},
  ${border('ended', MARK.end, BORDER.ended, isEnded)} AS ${MARKS[1]},
  ${border('received', MARK.begin, BORDER.received, isReleased)} AS ${MARKS[2]},
  ${border('released', MARK.end, BORDER.released, isReleased)} AS ${MARKS[3]}
FROM (
  SELECT argMin(identity, (ts, message_hash)) AS identity, toUnixTimestamp64Milli(min(ts)) AS opened,
    toUnixTimestamp64Milli(minIf(ts, ${orderName} IN {received_names:Array(String)})) AS received,
    toUnixTimestamp64Milli(minIf(ts, ${orderName} IN {ended_names:Array(String)})) AS end,
    if(end = 0, opened + ${OPEN_AT_MOST_MS}, end) AS ended, received + ${AFTER_RECEIPT_MS} AS released
  FROM events
  WHERE shop = {shop:UInt32} AND order_id != '' AND ${orderName} IN {order_names:Array(String)}
    AND ts >= fromUnixTimestamp64Milli({from:Int64} - ${LOOK_BACK_MS}) AND ts < fromUnixTimestamp64Milli({to:Int64})
  GROUP BY order_id
)`,
    params: { order_names: names.all, received_names: names.received, ended_names: names.ended },
  }
}
