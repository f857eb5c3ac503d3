import { sql } from 'drizzle-orm'
import { AppError, orNotFound } from '../../../../kernel/errors.ts'
import type { Db, Tx } from '../../../../platform/postgres.ts'
import { recordAudit } from '../../../accounts/server/actions.ts'
import type { SuggestionList } from '../../contract.ts'
import { lockPeople } from '../consumer/load-state.ts'
import type { MeetingEvidence } from '../linking/link-state.ts'
import { describePeople, type Stores } from '../list/describe-people.ts'
import { toEvidence } from '../person/evidence.ts'
import { type DecisionContext, separate, shortId } from './merge-persons.ts'

interface SuggestionRow extends Record<string, unknown> {
  id: number
  person_a: string
  person_b: string
  reason: string
  evidence: MeetingEvidence
  made_at: string
}

/** Open suggestions between persons as they are now; what was merged meanwhile by another way is no question any more. */
const OPEN = sql`
  SELECT s.id, coalesce(a.person, s.a) AS person_a, coalesce(b.person, s.b) AS person_b, s.reason, s.evidence, s.made_at
  FROM merge_suggestions s
  LEFT JOIN person_identities a ON a.shop = s.shop AND a.identity = s.a
  LEFT JOIN person_identities b ON b.shop = s.shop AND b.identity = s.b`
const STILL_TWO = sql`s.state = 'open' AND coalesce(a.person, s.a) <> coalesce(b.person, s.b)`

export async function listSuggestions(
  stores: Stores,
  shop: number,
  before: number | undefined,
  limit: number,
): Promise<SuggestionList> {
  const { rows } = await stores.db.execute<SuggestionRow>(sql`
    ${OPEN} WHERE s.shop = ${shop} AND ${STILL_TWO} ${before === undefined ? sql`` : sql`AND s.id < ${before}`}
    ORDER BY s.id DESC LIMIT ${limit + 1}`)
  const shown = rows.slice(0, limit)
  const ids = [...new Set(shown.flatMap(({ person_a, person_b }) => [person_a, person_b]))]
  const people = new Map((await describePeople(stores, shop, ids)).map((person) => [person.id, person]))
  return {
    items: shown.map(({ id, person_a, person_b, reason, evidence, made_at }) => ({
      id,
      a: orNotFound(people.get(person_a), 'The person'),
      b: orNotFound(people.get(person_b), 'The person'),
      reason,
      evidence: toEvidence(evidence),
      madeAt: new Date(made_at).toISOString(),
    })),
    nextCursor: rows.length > limit ? String(shown.at(-1)?.id) : null,
  }
}

export async function countSuggestionsOf(db: Db, shop: number, person: string): Promise<number> {
  const { rows } = await db.execute<{ n: number }>(sql`
    WITH mine AS (SELECT identity FROM person_identities WHERE shop = ${shop} AND person = ${person})
    SELECT count(*)::int AS n FROM (${OPEN} WHERE s.shop = ${shop} AND ${STILL_TWO}
      AND (s.a = ${person} OR s.b = ${person} OR s.a IN (SELECT identity FROM mine) OR s.b IN (SELECT identity FROM mine))) AS open`)
  return rows[0]?.n ?? 0
}

/** The two persons of an open suggestion as they are now. */
export async function getSuggestedPair(db: Db, shop: number, id: number): Promise<[string, string]> {
  const { rows } = await db.execute<SuggestionRow & { state: string }>(
    sql`SELECT open.*, m.state FROM (${OPEN} WHERE s.shop = ${shop} AND s.id = ${id}) AS open JOIN merge_suggestions m ON m.id = open.id`,
  )
  const row = orNotFound(rows[0], 'The suggestion')
  if (row.state !== 'open') throw new AppError('conflict', 'This suggestion has been decided already.')
  return [row.person_a, row.person_b]
}

export async function settleSuggestion(
  tx: Tx,
  { shop, actor, now }: DecisionContext,
  id: number,
  state: 'accepted' | 'dismissed',
): Promise<void> {
  await tx.execute(sql`
    UPDATE merge_suggestions SET state = ${state}, decided_by = ${actor.name}, decided_at = ${new Date(now).toISOString()}
    WHERE shop = ${shop} AND id = ${id}`)
}

/** "Not the same person": remembered, so that neither a rule nor a suggestion brings the two together again. */
export async function dismissSuggestion(tx: Tx, context: DecisionContext, id: number): Promise<void> {
  const { shop, actor } = context
  await lockPeople(tx, [shop])
  const [a, b] = await getSuggestedPair(tx, shop, id)
  await settleSuggestion(tx, context, id, 'dismissed')
  await separate(tx, shop, a, b, actor.name)
  await recordAudit(tx, { shop, actor, action: 'person.told_apart', target: shortId(a), detail: { a, b } })
}
