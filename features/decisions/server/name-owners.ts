import type { Db } from '../../../platform/postgres.ts'
import { listMembers } from '../../accounts/server/reads.ts'
import type { Decision } from '../contract.ts'
import type { StoredDecision } from './decision-store.ts'

/** Who answers for each decision, by name; whoever is no member any more isn't named. */
export async function nameOwners(
  db: Db,
  shop: number,
  decisions: readonly StoredDecision[],
): Promise<Decision[]> {
  const isOwned = decisions.some(({ owner }) => owner !== null)
  const members = isOwned ? await listMembers(db, shop) : []
  const names = new Map(members.map(({ id, name }) => [id, name]))
  return decisions.map((one) => ({ ...one, ownerName: names.get(one.owner ?? '') ?? null }))
}
