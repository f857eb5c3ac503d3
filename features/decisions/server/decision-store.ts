import { and, desc, eq, gte, isNotNull, isNull, lt, or, type SQL, sql } from 'drizzle-orm'
import { Type } from 'typebox'
import { decodeCursor, encodeCursor } from '../../../kernel/cursor.ts'
import { AppError, orNotFound } from '../../../kernel/errors.ts'
import { parseDay } from '../../../kernel/time.ts'
import type { Db } from '../../../platform/postgres.ts'
import type { Decision, DecisionListQuery } from '../contract.ts'
import { type DecisionRow, decisions } from './decisions-table.ts'

/** What of a decision can be written. */
export type DecisionFields = Pick<
  DecisionRow,
  | 'day'
  | 'title'
  | 'stage'
  | 'touchpoint'
  | 'cost'
  | 'currency'
  | 'expected'
  | 'note'
  | 'segment'
  | 'expectedMeasure'
  | 'expectedDirection'
  | 'expectedSize'
  | 'owner'
  | 'state'
  | 'endDay'
>

/** A decision as it is stored; who owns it is known by id alone. */
export type StoredDecision = Omit<Decision, 'ownerName'>

export interface DecisionFilter {
  /** Days of the shop, half-open. */
  from?: string
  to?: string
  stage?: string
  touchpoint?: string
}

const PAGE = 50
const Position = Type.Object({ day: Type.String(), id: Type.Integer() })

/** A page of the shop's decisions, the latest day first; removed ones are left out. */
export async function listDecisionPage(
  db: Db,
  shop: number,
  query: DecisionListQuery,
): Promise<{ items: StoredDecision[]; nextCursor: string | null }> {
  const { cursor, limit = PAGE } = query
  refuseNoDays(query)
  const after = cursor === undefined ? undefined : decodeCursor(cursor, Position)
  if (cursor !== undefined && (!after || !isDay(after.day)))
    throw new AppError('bad_request', 'The cursor is not one of this list; start from its beginning.')
  const older =
    after && or(lt(decisions.day, after.day), and(eq(decisions.day, after.day), lt(decisions.id, after.id)))
  const rows = await selectDecisions(db, shop, query, older, limit + 1)
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return {
    items: rows.slice(0, limit).map(toDecision),
    nextCursor: last ? encodeCursor({ day: last.day, id: last.id }) : null,
  }
}

function refuseNoDays({ from, to }: DecisionFilter): void {
  const wrong = [from, to].find((day) => day !== undefined && !isDay(day))
  if (wrong !== undefined) throw new AppError('validation_failed', `${wrong} is not a day of the calendar.`)
  if (from !== undefined && to !== undefined && from > to)
    throw new AppError('bad_request', 'The period ends before it begins: "from" must not lie after "to".')
}

const isDay = (text: string) => parseDay(text) !== undefined

export async function selectDecisions(
  db: Db,
  shop: number,
  { from, to, stage, touchpoint }: DecisionFilter,
  older: SQL | undefined,
  limit: number,
): Promise<DecisionRow[]> {
  return db
    .select()
    .from(decisions)
    .where(
      and(
        eq(decisions.shop, shop),
        isNull(decisions.removedAt),
        from === undefined ? undefined : gte(decisions.day, from),
        to === undefined ? undefined : lt(decisions.day, to),
        stage === undefined ? undefined : eq(decisions.stage, stage),
        touchpoint === undefined ? undefined : eq(decisions.touchpoint, touchpoint),
        older,
      ),
    )
    .orderBy(desc(decisions.day), desc(decisions.id))
    .limit(limit)
}

/** Fails with `not_found`, of a removed one too. */
export async function getDecision(db: Db, shop: number, id: number): Promise<StoredDecision> {
  const [row] = await db
    .select()
    .from(decisions)
    .where(and(ofShop(shop, id), isNull(decisions.removedAt)))
  return toDecision(orNotFound(row, 'The decision'))
}

export async function addDecision(
  db: Db,
  given: DecisionFields & { shop: number; createdBy: string },
): Promise<StoredDecision> {
  const [row] = await db.insert(decisions).values(given).returning()
  return toDecision(orNotFound(row, 'The decision'))
}

export async function changeDecision(
  db: Db,
  shop: number,
  id: number,
  change: Partial<DecisionFields>,
): Promise<StoredDecision> {
  const [row] = await db
    .update(decisions)
    .set({ ...change, updatedAt: sql`now()` })
    .where(and(ofShop(shop, id), isNull(decisions.removedAt)))
    .returning()
  return toDecision(orNotFound(row, 'The decision'))
}

/** Takes a decision away, or brings it back. */
export async function setRemoved(
  db: Db,
  shop: number,
  id: number,
  isRemoved: boolean,
): Promise<StoredDecision> {
  const [row] = await db
    .update(decisions)
    .set({ removedAt: isRemoved ? sql`now()` : null })
    .where(and(ofShop(shop, id), isRemoved ? isNull(decisions.removedAt) : isNotNull(decisions.removedAt)))
    .returning()
  return toDecision(orNotFound(row, 'The decision'))
}

const ofShop = (shop: number, id: number) => and(eq(decisions.shop, shop), eq(decisions.id, id))

export function toDecision(row: DecisionRow): StoredDecision {
  const { shop: _, removedAt: __, createdAt, updatedAt, ...decision } = row
  return { ...decision, createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() }
}
