import type { Registry } from '../contract.ts'
import type { Question } from './preview-query.ts'
import { classifySteps } from './rules/classify-sql.ts'

/** The months of a shop's history that older rules classified, the newest first: what is looked at most comes first. */
export function listMonths(shop: number, version: number): Question {
  return {
    sql: `SELECT toYYYYMM(sent_ts) AS month, count() AS events FROM events
          WHERE shop = {shop:UInt32} AND rules_version < {version:UInt32} GROUP BY month ORDER BY month DESC`,
    params: { shop, version },
  }
}

/**
 * Classifies one month of a shop anew. One statement, however many steps: a row has all derived columns of one version,
 * or of another, never some of each.
 */
export function updateMonth(shop: number, registry: Registry, month: number): Question {
  const steps = classifySteps(registry)
  const place = `IN PARTITION '${month}' WHERE shop = ${shop} AND rules_version < ${registry.version}`
  const updates = steps.map(({ columns }, index) => {
    const changes = Object.entries(columns).map(([name, sql]) => `${name} = ${sql}`)
    // The last step, or else the ones after it would find nothing left to do.
    if (index === steps.length - 1) changes.push(`rules_version = ${registry.version}`)
    return `UPDATE ${changes.join(', ')} ${place}`
  })
  return {
    sql: `ALTER TABLE events ${updates.join(', ')}`,
    params: Object.assign({}, ...steps.map(({ params }) => params)),
  }
}

/** Which shops have events that rules older than the first version classified, or none at all. */
export const SHOPS_BY_OLDEST_VERSION = 'SELECT shop, min(rules_version) AS oldest FROM events GROUP BY shop'
