import type { Clickhouse } from '../../platform/clickhouse.ts'

const BLOCK = 1_000_000

/** Makes a history of a shop inside the engine: two years of page and product views of many visitors, merged as time would. */
export async function fillEvents(clickhouse: Clickhouse, shop: number, events: number): Promise<void> {
  const [known] = await clickhouse.query<{ n: number }>(
    'SELECT count() AS n FROM events WHERE shop = {shop:UInt32}',
    { params: { shop } },
  )
  for (let from = known?.n ?? 0; from < events; from += BLOCK)
    await fillBlock(clickhouse, shop, from, Math.min(BLOCK, events - from))
  const months = await clickhouse.query<{ month: number }>(
    'SELECT DISTINCT toYYYYMM(sent_ts) AS month FROM events',
  )
  for (const { month } of months)
    await clickhouse.command(
      `OPTIMIZE TABLE events PARTITION ${month} FINAL SETTINGS optimize_skip_merged_partitions = 1`,
    )
}

async function fillBlock(clickhouse: Clickhouse, shop: number, from: number, rows: number): Promise<void> {
  await clickhouse.command(
    `INSERT INTO events (shop, identity, sent_ts, message_hash, ts, received_at, source, kind, name, message_id, identity_kind,
       anonymous_id, url, path, properties, traits, context, channel, lane, seq, precedence)
     SELECT {shop:UInt32}, reinterpretAsUUID(sipHash128(intDiv(number * 7919, 13) % 1500000)) AS identity,
       now64(3) - toIntervalSecond((number * 2654435761) % 63072000) AS sent_ts, reinterpretAsUUID(sipHash128(number, 'id')),
       sent_ts, sent_ts, 1, if(number % 3 = 0, 'track', 'page'), if(number % 3 = 0, 'Product Viewed', ''), toString(number), 'anonymous',
       concat('v', toString(number % 1500000)), concat('https://shop.example/catalog/product-', toString(number % 2000)),
       concat('/catalog/product-', toString(number % 2000)),
       concat('{"product_id":"sku-', toString(number % 2000), '","price":', toString(100 + number % 900), ',"currency":"UAH"}'),
       '{}', '{"locale":"uk-UA","library":{"name":"analytics.js"}}', 'direct', 7, number, 1
     FROM numbers({from:UInt64}, {rows:UInt64}) SETTINGS max_threads = 2`,
    { params: { shop, from, rows } },
  )
}
