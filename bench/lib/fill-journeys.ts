import type { Clickhouse } from '../../platform/clickhouse.ts'

const BLOCK = 500_000
/** Events of one visitor. */
const EACH = 12

/**
 * Makes the history of a shop inside the engine: visitors of twelve events each over half a year, who come by an ad or
 * a search, look around, are measured, sometimes ask, order (one in six), wait, receive and say how it was; one in ten
 * has a second identity.
 */
export async function fillJourneys(clickhouse: Clickhouse, shop: number, events: number): Promise<void> {
  const [known] = await clickhouse.query<{ n: number }>(
    'SELECT count() AS n FROM events WHERE shop = {shop:UInt32}',
    { params: { shop } },
  )
  // A folder that is kept has its history already, or the beginning of it.
  const begun = known?.n ?? 0
  const persons = Math.ceil(events / EACH)
  for (let from = begun < events ? begun - (begun % BLOCK) : events; from < events; from += BLOCK)
    await clickhouse.command(BLOCK_SQL, {
      params: { shop, from, rows: Math.min(BLOCK, events - from), persons },
    })
  await clickhouse.command(
    `INSERT INTO identity_links (shop, identity, person, version, deleted)
     SELECT {shop:UInt32}, reinterpretAsUUID(sipHash128(number * 10 + 1)), reinterpretAsUUID(sipHash128(number * 10)), number + 1, 0
     FROM numbers({links:UInt64})`,
    { params: { shop, links: Math.floor(persons / 10) } },
  )
  await mergeMonths(clickhouse)
}

/** Months are merged by housekeeping at night; a report reads mostly such. */
export async function mergeMonths(clickhouse: Clickhouse): Promise<void> {
  const months = await clickhouse.query<{ month: number }>(
    'SELECT DISTINCT toYYYYMM(sent_ts) AS month FROM events',
  )
  for (const { month } of months)
    await clickhouse.command(
      `OPTIMIZE TABLE events PARTITION ${month} FINAL SETTINGS optimize_skip_merged_partitions = 1`,
    )
  await clickhouse.command('OPTIMIZE TABLE identity_links FINAL')
}

const BLOCK_SQL = `INSERT INTO events (shop, identity, sent_ts, message_hash, ts, received_at, source, kind, name, message_id,
  identity_kind, anonymous_id, url, path, order_id, properties, traits, context, valence, channel, arrival, touchpoint, stage,
  measure, measured, rules_version, lane, seq, precedence)
WITH
  number % {persons:UInt64} AS visitor, intDiv(number, {persons:UInt64}) AS step,
  cityHash64(number, 'dice') AS dice, cityHash64(visitor) AS fate, fate % 6 = 0 AS buys,
  toUnixTimestamp64Milli(toDateTime64('2026-05-01', 3, 'UTC')) + (fate % 14000000) * 1000 AS begun,
  if(step < 6, step * 90000 + dice % 60000, (step - 5) * 50000000 + dice % 30000000) AS later,
  ['page', 'page', 'page', 'measured', 'page', 'search', 'cart', 'order', 'shipped', 'received', 'said', 'chat'][step + 1] AS planned,
  if(buys OR step < 6, planned, if(step = 11 AND fate % 5 = 0, 'chat', 'page')) AS what,
  ['landing_page', 'catalogue', 'product_page', 'info_pages'][dice % 4 + 1] AS page
SELECT {shop:UInt32}, reinterpretAsUUID(sipHash128(visitor)), fromUnixTimestamp64Milli(toInt64(begun + later)) AS at,
  reinterpretAsUUID(sipHash128(number, 'id')), at, at, 1, if(what = 'page', 'page', 'track'),
  transform(what, ['measured', 'search', 'cart', 'order', 'shipped', 'received', 'said', 'chat'],
    ['Page Measured', 'Products Searched', 'Cart Viewed', 'Order Completed', 'Order Shipped', 'Order Delivered', 'Feedback Given', 'Contact Started'], '') AS name,
  toString(number), if(buys, 'user', 'anonymous'), toString(visitor), concat('https://shop.example/', page), concat('/', page),
  if(what IN ('order', 'shipped', 'received'), concat('o-', toString(visitor)), ''),
  if(what = 'measured', concat('{"template":"', page, '","lcp":', toString(dice % 6000), '}'), concat('{"product_id":"sku-', toString(dice % 2000), '"}')),
  '{}', if(fate % 3 = 0, '{"userAgent":"Mozilla/5.0 (iPhone) Mobile/15E148"}', '{"userAgent":"Mozilla/5.0 (X11; Linux x86_64)"}'),
  if(what = 'said', (toInt64(dice % 5) - 2) / 2, NULL), if(step = 0, ['search_ad', 'organic_search', 'display_ad', 'direct'][fate % 4 + 1], 'site'),
  if(step = 0 AND fate % 4 < 3, ['search_ad', 'organic_search', 'display_ad'][fate % 4 + 1], ''),
  multiIf(what = 'page', page, what = 'said', if(fate % 4 < 2, 'carrier', 'survey'),
    transform(what, ['measured', 'search', 'cart', 'order', 'shipped', 'received', 'chat'],
      ['product_page', 'site_search', 'cart', 'checkout', 'carrier', 'branch', 'chat'], '')),
  '', transform(what, ['measured', 'search', 'shipped', 'chat'], ['lcp', 'results', 'days_late', 'first_answer_seconds'], ''),
  if(what = 'measured', dice % 6000, if(what = 'search', dice % 7, if(what = 'shipped', toInt64(dice % 8) - 6, if(what = 'chat', dice % 900, NULL)))),
  1, 7, number, 1
FROM numbers({from:UInt64}, {rows:UInt64}) SETTINGS max_threads = 2`
