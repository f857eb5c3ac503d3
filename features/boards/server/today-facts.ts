import { dayRange, formatDay, localDay, type TimeRange } from '../../../kernel/time.ts'
import type { ShopContext } from '../../../platform/http/access.ts'
import type { Deps } from '../../../platform/room.ts'
import { listEventNames } from '../../orders/server/reads.ts'
import { personsJoin } from '../../people/server/reads.ts'
import { answerReport, type Query, runReport } from '../../reports/server/reads.ts'
import type { Counted, TodayFacts } from '../contract.ts'
import { findUsual } from './models/find-usual.ts'

/** The same weekday of so many weeks before. */
const WEEKS = 8

interface DayRow {
  week: number
  orders: number
  persons: number
  answers: number
  /** Of the persons, those known by more than a browser. */
  known: number
}

/** How many ordered, came and answered yesterday, beside the same weekday of eight weeks before. */
export async function readTodayFacts(deps: Deps, shop: ShopContext): Promise<TodayFacts> {
  const yesterday = localDay(deps.now(), shop.timeZone) - 1
  const ranges = Array.from({ length: WEEKS + 1 }, (_, week) => {
    const day = yesterday - 7 * week
    return dayRange(day, day, shop.timeZone)
  })
  const period = { from: ranges.at(-1)?.from ?? 0, to: ranges[0]?.to ?? 0 }
  const asked = { kind: 'today', key: [yesterday], question: { period } }
  return answerReport(deps, shop, asked, async () => {
    const [rows, first] = await Promise.all([
      runReport<DayRow>(deps, daysQuery(shop.id, ranges)),
      findFirstEvent(deps, shop.id),
    ])
    const answer = {
      day: formatDay(yesterday),
      orders: countOf(rows, 'orders', ranges, first),
      persons: countOf(rows, 'persons', ranges, first),
      answers: countOf(rows, 'answers', ranges, first),
      hasEvents: first !== undefined,
    }
    const { persons = 0, known = 0 } = rows.find(({ week }) => week === 0) ?? {}
    return { answer, unidentifiedShare: persons === 0 ? 0 : 1 - known / persons }
  })
}

async function findFirstEvent({ clickhouse }: Deps, shop: number): Promise<number | undefined> {
  const [row] = await clickhouse.query<{ at: number; n: number }>(
    'SELECT toInt64(toUnixTimestamp64Milli(min(ts))) AS at, count() AS n FROM events WHERE shop = {shop:UInt32}',
    { params: { shop } },
  )
  return row && row.n > 0 ? row.at : undefined
}

/** Days without any event are counted as none, but only since the shop's history began. */
function countOf(
  rows: readonly DayRow[],
  key: 'orders' | 'persons' | 'answers',
  ranges: readonly TimeRange[],
  first: number | undefined,
): Counted {
  const at = (week: number) => rows.find((row) => row.week === week)?.[key] ?? 0
  const before = ranges.flatMap(({ from }, week) =>
    week > 0 && first !== undefined && from >= first ? [at(week)] : [],
  )
  return { n: at(0), usual: findUsual(before) }
}

/** An event's name as the orders room reads it: lower case, words separated by one space. */
const NAME = "trimBoth(replaceRegexpAll(lower(e.name), '[\\\\s_-]+', ' '))"
const NOBODY = "toUUID('00000000-0000-0000-0000-000000000000')"

function daysQuery(shop: number, ranges: readonly TimeRange[]): Query {
  const { join, person } = personsJoin()
  const within = (week: number) =>
    `(e.ts >= fromUnixTimestamp64Milli({from${week}:Int64}) AND e.ts < fromUnixTimestamp64Milli({to${week}:Int64}))`
  const days = ranges.map((_, week) => within(week))
  return {
    sql: `SELECT multiIf(${days.map((one, week) => `${one}, ${week}`).join(', ')}, 255) AS week,
  uniqExactIf(if(e.order_id = '', toString(e.message_hash), e.order_id), ${NAME} IN {placed:Array(String)}) AS orders,
  uniqExact(${person}) AS persons,
  uniqExactIf(${person}, e.identity_kind != 'anonymous' OR links.person != ${NOBODY}) AS known,
  countIf(e.name = 'Feedback Given') AS answers
FROM events AS e FINAL ${join}
WHERE e.shop = {shop:UInt32} AND (${days.join(' OR ')})
GROUP BY week`,
    params: Object.fromEntries([
      ['shop', shop],
      ['placed', listEventNames(['placed'])],
      ...ranges.flatMap(({ from, to }, week) => [
        [`from${week}`, from],
        [`to${week}`, to],
      ]),
    ]),
  }
}
