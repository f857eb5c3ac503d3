import type { SqlExpression } from '../../../kernel/filter/to-clickhouse.ts'
import { toClickhouse } from '../../../kernel/filter/to-clickhouse.ts'
import type { Registry } from '../contract.ts'
import { claimSql } from './rules/classify-sql.ts'
import { listRules } from './rules/compile-registry.ts'

export interface PreviewInput {
  shop: number
  /** ms since 1970, half-open. */
  from: number
  to: number
  before: Registry
  after: Registry
  key: string
  /** True when the rules of `before` have classified all events asked about. */
  isStored: boolean
}

export interface Question {
  sql: string
  params: Record<string, unknown>
}

/** What is compared: by which way visits came, or what events are. */
export type Side = 'arrival' | 'touchpoint'

/** The rules of a big registry make a long statement. */
export const LONG_STATEMENT = {
  max_query_size: '1000000',
  max_ast_elements: '1000000',
  max_expanded_ast_elements: '1000000',
}

/** The sides on which the touchpoint claims, before and after. */
export function sidesOf({ before, after, key }: PreviewInput): Side[] {
  const claims = [before, after].flatMap(({ touchpoints }) =>
    touchpoints.filter((one) => one.key === key).map((one) => one.claims),
  )
  const isEither = claims.includes('both')
  return [
    ...(isEither || claims.includes('arrival') ? (['arrival'] as const) : []),
    ...(isEither || claims.includes('moment') ? (['touchpoint'] as const) : []),
  ]
}

/** Whose the events are now, whose they would be, and whether the touchpoint's own rule holds: counted, with some examples. */
export function countMoves(input: PreviewInput, side: Side, samples: number): Question {
  const { inner, params } = compare(input, side)
  return {
    sql: `SELECT old_key AS before, new_key AS after, own, count() AS events,
            groupArrayIf(${samples})((toUnixTimestamp64Milli(ts), kind, name, path, channel), new_key = {key:String}) AS samples
          FROM (${inner}) GROUP BY before, after, own`,
    params: { ...params, key: input.key },
  }
}

/** Events of the days asked about that the rules in force haven't classified yet. */
export function countOutdated({ shop, from, to, before }: Omit<PreviewInput, 'isStored'>): Question {
  return {
    sql: `SELECT count() AS n FROM events WHERE shop = {shop:UInt32} AND ts >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
            AND ts < fromUnixTimestamp64Milli({to:Int64}, 'UTC') AND rules_version != {version:UInt32}`,
    params: { shop, from, to, version: before.version },
  }
}

function compare(input: PreviewInput, side: Side): { inner: string; params: Record<string, unknown> } {
  const { shop, from, to, before, after, key, isStored } = input
  // What is stored already costs nothing to ask for.
  const old = isStored
    ? { sql: `e.${side}`, params: {} }
    : claimSql(before, { alias: 'e', prefix: 'o' })[side]
  const now = claimSql(after, { alias: 'e', prefix: 'n' })[side]
  const own = ownRule(after, key, side)
  const kinds = side === 'arrival' ? "('page')" : "('track', 'page', 'screen')"
  return {
    inner: `SELECT e.ts AS ts, e.kind AS kind, e.name AS name, e.path AS path, e.channel AS channel,
              ${old.sql} AS old_key, ${now.sql} AS new_key, ${own.sql} AS own
            FROM events AS e FINAL
            WHERE e.shop = {shop:UInt32} AND e.ts >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
              AND e.ts < fromUnixTimestamp64Milli({to:Int64}, 'UTC') AND e.kind IN ${kinds}`,
    params: { ...old.params, ...now.params, ...own.params, shop, from, to },
  }
}

/** The touchpoint's own rule, whoever else might claim the event before it. */
function ownRule(registry: Registry, key: string, side: Side): SqlExpression {
  const rules = listRules(registry)
  const rule = rules[side === 'arrival' ? 'arrivals' : 'moments'].find(({ answer }) => answer.key === key)
  if (!rule) return { sql: '0', params: {} }
  const { sql, params } = toClickhouse(rule.filter, { alias: 'e', prefix: 'own' })
  const isAskedOfPages = side === 'arrival' || rule.answer.claims === 'moment'
  return { sql: isAskedOfPages ? sql : `(e.kind != 'page' AND ${sql})`, params }
}

/** Events by the touchpoint that claimed them as they are stored, both sides together. */
export function countClaims(shop: number, from: number, to: number): Question {
  const where = `WHERE shop = {shop:UInt32} AND ts >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
    AND ts < fromUnixTimestamp64Milli({to:Int64}, 'UTC') AND kind IN ('track', 'page', 'screen')`
  return {
    sql: `SELECT key, count() AS events
          FROM events FINAL ARRAY JOIN if(arrival = '', [touchpoint], [arrival, touchpoint]) AS key
          ${where} GROUP BY key ORDER BY events DESC`,
    params: { shop, from, to },
  }
}
