import type { Registry } from '../contract.ts'
import type { Question } from './preview-query.ts'
import { type ClassifySql, classifySql } from './rules/classify-sql.ts'

/** The months of a shop's history that older rules classified, the newest first: what is looked at most comes first. */
export function listMonths(shop: number, version: number): Question {
  return {
    sql: `SELECT toYYYYMM(sent_ts) AS month, count() AS events FROM events
          WHERE shop = {shop:UInt32} AND rules_version < {version:UInt32} GROUP BY month ORDER BY month DESC`,
    params: { shop, version },
  }
}

const COLUMNS = [
  'arrival',
  'touchpoint',
  'stage',
  'measure',
  'measured',
] as const satisfies (keyof ClassifySql)[]

/**
 * Classifies one month of a shop anew. One statement: a row has all derived columns of one version, or of another,
 * never some of each.
 */
export function updateMonth(shop: number, registry: Registry, month: number): Question {
  const sql = classifySql(registry)
  const changes = COLUMNS.map((column) => `${column} = ${sql[column].sql}`)
  return {
    sql: `ALTER TABLE events UPDATE ${changes.join(', ')}, rules_version = ${registry.version}
          IN PARTITION '${month}' WHERE shop = ${shop} AND rules_version < ${registry.version}`,
    params: { ...sql.arrival.params, ...sql.touchpoint.params },
  }
}

/** Which shops have events that rules older than the first version classified, or none at all. */
export const SHOPS_BY_OLDEST_VERSION = 'SELECT shop, min(rules_version) AS oldest FROM events GROUP BY shop'
