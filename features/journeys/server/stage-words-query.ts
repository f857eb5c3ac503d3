import { attachedQuery, codesOf } from './attached-query.ts'
import { inPeriod, type MapPlan, type Query, WORD_EVENT } from './map-plan.ts'
import type { OrderNames } from './order-names.ts'
import { MARK, mark, readTime } from './packed.ts'
import { type Spot, touchpointsIn } from './persons-query.ts'

/** Where words stand and whose they are; the words themselves are read for a page of them only. */
export interface WordRow {
  person: string
  identity: string
  /** The message's hash. */
  id: string
  /** ms since 1970. */
  at: number
}

export interface WordPosition {
  at: number
  id: string
}

/** What the customers wrote at a stage or touchpoint, the latest first. */
export function wordsQuery(
  plan: MapPlan,
  names: OrderNames,
  { stage, touchpoint }: Pick<Spot, 'stage' | 'touchpoint'>,
  page: { after: WordPosition | undefined; limit: number },
): Query {
  const codes = codesOf(touchpoint ? [touchpoint] : touchpointsIn(plan, stage))
  const at = mark('toUnixTimestamp64Milli(ts) - {from:Int64}', MARK.fact, codes.sql, '0')
  const attached = {
    type: 'Tuple(UUID, UUID)',
    sql: `SELECT identity, groupArray((${at}, (message_hash, identity))) AS pairs FROM events FINAL
  WHERE shop = {shop:UInt32} AND ${inPeriod()} AND name = {word:String} AND touchpoint IN {only_keys:Array(String)}
    AND trimBoth(JSONExtractString(properties, 'comment')) != ''
  GROUP BY identity`,
    params: { ...codes.params, word: WORD_EVENT },
  }
  const found = attachedQuery(plan, names, stage, attached)
  const isAfter = page.after === undefined ? '' : 'WHERE (at, id) < ({after_at:Int64}, {after:UUID})'
  return {
    sql: `SELECT person, identity, id, at FROM (
  SELECT person, thing.1 AS id, thing.2 AS identity, {from:Int64} + toInt64(${readTime('mark')}) AS at
  FROM (${found.sql})
)
${isAfter}
ORDER BY at DESC, id DESC LIMIT {limit:UInt32}`,
    params: {
      ...found.params,
      limit: page.limit,
      ...(page.after && { after_at: page.after.at, after: page.after.id }),
    },
  }
}

/** The words of some messages, as they were recorded. */
export interface WordText {
  id: string
  touchpoint: string
  valence: number | null
  properties: string
}

export function wordTextsQuery(shop: number, rows: readonly WordRow[]): Query {
  return {
    sql: `SELECT message_hash AS id, touchpoint, valence, properties FROM events FINAL
WHERE shop = {shop:UInt32} AND identity IN {identities:Array(UUID)} AND message_hash IN {ids:Array(UUID)}`,
    params: {
      shop,
      identities: [...new Set(rows.map(({ identity }) => identity))],
      ids: rows.map(({ id }) => id),
    },
  }
}
