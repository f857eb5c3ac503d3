import type { Db } from '../../../platform/postgres.ts'
import type { Decision } from '../contract.ts'
import { type DecisionFilter, selectDecisions, toDecision } from './decision-store.ts'

const MOST = 500

/** What the shop changed in a period (days of the shop, half-open), oldest first: to be marked on its trends. */
export async function listDecisions(db: Db, shop: number, filter: DecisionFilter = {}): Promise<Decision[]> {
  const rows = await selectDecisions(db, shop, filter, undefined, MOST)
  return rows.reverse().map(toDecision)
}
