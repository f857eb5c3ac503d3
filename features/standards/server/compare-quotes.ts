import { DAY_MS } from '../../../kernel/time.ts'
import type { Clickhouse } from '../../../platform/clickhouse.ts'
import type { Db } from '../../../platform/postgres.ts'
import type { Deps } from '../../../platform/room.ts'
import { putMeasures } from './measure-store.ts'
import type { MeasuredStandard } from './measured-standard.ts'
import { isSamePrice } from './prices.ts'
import { listDueQuotes, settleQuotes, type WaitingQuote } from './quote-store.ts'
import { readPrice } from './read-properties.ts'

/** Whom the room asks who is who, so that it doesn't depend on the people room. */
export type FindSiblings = (db: Db, shop: number, identities: string[]) => Promise<Map<string, string[]>>

const BATCH = 500
/** What a customer saw longer ago isn't what they expect to pay. */
const SHOWN_DAYS = 7
const PROMISED_DAYS = 30

/**
 * Compares prices that people of the shop named with what the same customer was promised or shown before; returns how
 * many were looked at. A promise counts before a page that was looked at.
 */
export async function compareDueQuotes(
  { db, clickhouse, now }: Pick<Deps, 'db' | 'clickhouse' | 'now'>,
  findSiblings: FindSiblings,
): Promise<number> {
  const at = now()
  const due = await listDueQuotes(db, at, BATCH)
  if (due.length === 0) return 0
  const measured = new Map<WaitingQuote, MeasuredStandard>()
  for (const shop of new Set(due.map((quote) => quote.shop))) {
    const quotes = due.filter((quote) => quote.shop === shop)
    const siblings = await findSiblings(db, shop, [...new Set(quotes.map(({ identity }) => identity))])
    const shown = await listShownPrices(clickhouse, shop, quotes, siblings)
    for (const quote of quotes) {
      const promised = findPromised(quote, siblings.get(quote.identity) ?? [quote.identity], shown)
      if (promised !== undefined) measured.set(quote, judgeQuote(quote, promised))
    }
  }
  await db.transaction(async (tx) => {
    await putMeasures(tx, [...measured.values()])
    const unknown = due.filter((quote) => !measured.has(quote))
    await settleQuotes(tx, [...measured.keys()], unknown, at)
  })
  return due.length
}

interface ShownPrice {
  identity: string
  product: string
  price: string
  isPromise: number
  at: number
}

/** Without FINAL, which makes it several times slower: what is there twice says the same twice. */
async function listShownPrices(
  clickhouse: Clickhouse,
  shop: number,
  quotes: readonly WaitingQuote[],
  siblings: Map<string, string[]>,
): Promise<ShownPrice[]> {
  const identities = [...new Set(quotes.flatMap(({ identity }) => siblings.get(identity) ?? [identity]))]
  const times = quotes.map(({ at }) => at)
  return clickhouse.query<ShownPrice>(
    `SELECT identity, replaceAll(JSONExtractRaw(properties, 'product_id'), '"', '') AS product,
       replaceAll(JSONExtractRaw(properties, 'price'), '"', '') AS price, name = 'Promise Made' AS isPromise,
       toUnixTimestamp64Milli(ts) AS at
     FROM events
     WHERE shop = {shop:UInt32} AND identity IN {identities:Array(UUID)} AND kind = 'track'
       AND (name = 'Product Viewed' OR (name = 'Promise Made' AND JSONExtractString(properties, 'kind') = 'price'))
       AND ts >= fromUnixTimestamp64Milli({from:Int64}) AND ts <= fromUnixTimestamp64Milli({to:Int64})
       AND product IN {products:Array(String)} AND price != ''
     ORDER BY ts`,
    {
      params: {
        shop,
        identities,
        from: Math.min(...times) - PROMISED_DAYS * DAY_MS,
        to: Math.max(...times),
        products: [...new Set(quotes.map(({ product }) => product))],
      },
    },
  )
}

/** The last promise, else the last page, that this person had seen when the price was named. */
function findPromised(
  quote: WaitingQuote,
  identities: readonly string[],
  shown: readonly ShownPrice[],
): number | undefined {
  const theirs = new Set(identities)
  const seen = shown.filter(
    ({ identity, product, at, isPromise }) =>
      theirs.has(identity) &&
      product === quote.product &&
      at <= quote.at &&
      at >= quote.at - (isPromise ? PROMISED_DAYS : SHOWN_DAYS) * DAY_MS,
  )
  const promise = seen.findLast(({ isPromise }) => isPromise === 1) ?? seen.at(-1)
  return promise && readPrice(promise.price)
}

function judgeQuote(quote: WaitingQuote, promised: number): MeasuredStandard {
  const { shop, subject, at, identity, identityKind, order, product, price } = quote
  return {
    shop,
    touchpoint: 'confirming_call',
    measure: 'price_same',
    value: isSamePrice(promised, price) ? 1 : 0,
    subject,
    at,
    identity,
    identityKind,
    order,
    detail: { product_id: product, promised, given: price },
  }
}
