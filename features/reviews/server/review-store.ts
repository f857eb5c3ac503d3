import { and, desc, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import { orNotFound } from '../../../kernel/errors.ts'
import { formatDay, parseDay } from '../../../kernel/time.ts'
import type { Db } from '../../../platform/postgres.ts'
import type { ReviewCheck } from '../contract.ts'
import { USUAL_RHYTHM } from '../vocabulary.ts'
import { type CheckRow, type ReviewRow, reviewChecks, reviews } from './reviews-tables.ts'

/** What a shop has settled of its touchpoints. */
export async function listReviewRows(db: Db, shop: number): Promise<Map<string, ReviewRow>> {
  const rows = await db.select().from(reviews).where(eq(reviews.shop, shop))
  return new Map(rows.map((row) => [row.touchpoint, row]))
}

/** The latest check of each touchpoint. */
export async function listLastChecks(db: Db, shop: number): Promise<Map<string, ReviewCheck>> {
  const rows = await db
    .selectDistinctOn([reviewChecks.touchpoint])
    .from(reviewChecks)
    .where(and(eq(reviewChecks.shop, shop), isNull(reviewChecks.removedAt)))
    .orderBy(reviewChecks.touchpoint, desc(reviewChecks.id))
  return new Map(rows.map((row) => [row.touchpoint, toCheck(row)]))
}

const MOST_CHECKS = 100

/** All checks of a touchpoint that are kept, the latest first. */
export async function listChecks(db: Db, shop: number, touchpoint: string): Promise<ReviewCheck[]> {
  const rows = await db
    .select()
    .from(reviewChecks)
    .where(ofTouchpoint(shop, touchpoint))
    .orderBy(desc(reviewChecks.id))
    .limit(MOST_CHECKS)
  return rows.map(toCheck)
}

const everOf = (shop: number, touchpoint: string) =>
  and(eq(reviewChecks.shop, shop), eq(reviewChecks.touchpoint, touchpoint))
const ofTouchpoint = (shop: number, touchpoint: string) =>
  and(everOf(shop, touchpoint), isNull(reviewChecks.removedAt))

/** Settles a touchpoint's rhythm, owner or next day; what isn't given stays, or is as usual. */
export async function saveReview(
  db: Db,
  key: Pick<ReviewRow, 'shop' | 'touchpoint'>,
  change: Partial<Pick<ReviewRow, 'everyWeeks' | 'owner' | 'nextOn'>>,
): Promise<void> {
  await db
    .insert(reviews)
    .values({ everyWeeks: USUAL_RHYTHM, ...key, ...change })
    .onConflictDoUpdate({
      target: [reviews.shop, reviews.touchpoint],
      set: { ...change, updatedAt: sql`now()` },
    })
}

export interface GivenCheck {
  shop: number
  touchpoint: string
  today: string
  note: string
  by: string
}

/** Notes that a touchpoint was looked at, and when it is due again. In a transaction. */
export async function addCheck(
  tx: Db,
  { shop, touchpoint, today, note, by }: GivenCheck,
): Promise<ReviewCheck> {
  const row = await lockReview(tx, shop, touchpoint)
  const [made] = await tx
    .insert(reviewChecks)
    .values({ shop, touchpoint, checkedOn: today, note, checkedBy: by, dueBefore: row?.nextOn ?? null })
    .returning()
  const check = orNotFound(made, 'The check')
  await saveReview(tx, { shop, touchpoint }, { nextOn: dueAfter(check, row) })
  return toCheck(check)
}

/**
 * Takes a check back; after the latest one what was due before is due again, unless another day was settled since. In a
 * transaction.
 */
export async function removeCheck(
  tx: Db,
  shop: number,
  touchpoint: string,
  id: number,
): Promise<ReviewCheck> {
  const row = await lockReview(tx, shop, touchpoint)
  const latest = await findLatest(tx, shop, touchpoint)
  const [removed] = await tx
    .update(reviewChecks)
    .set({ removedAt: sql`now()` })
    .where(and(ofTouchpoint(shop, touchpoint), eq(reviewChecks.id, id)))
    .returning()
  const check = orNotFound(removed, 'The check')
  if (latest === id && row?.nextOn === dueAfter(check, row))
    await saveReview(tx, { shop, touchpoint }, { nextOn: check.dueBefore })
  return toCheck(check)
}

/** Brings a check back that was taken away, and the day that it had set, unless another was settled since. In a transaction. */
export async function restoreCheck(
  tx: Db,
  shop: number,
  touchpoint: string,
  id: number,
): Promise<ReviewCheck> {
  const row = await lockReview(tx, shop, touchpoint)
  const latest = await findLatest(tx, shop, touchpoint)
  const isRemoved = and(everOf(shop, touchpoint), isNotNull(reviewChecks.removedAt))
  const [restored] = await tx
    .update(reviewChecks)
    .set({ removedAt: null })
    .where(and(isRemoved, eq(reviewChecks.id, id)))
    .returning()
  const check = orNotFound(restored, 'The check')
  if ((latest === undefined || latest < id) && row?.nextOn === check.dueBefore)
    await saveReview(tx, { shop, touchpoint }, { nextOn: dueAfter(check, row) })
  return toCheck(check)
}

/** Two members who check at once do it one after the other. */
async function lockReview(tx: Db, shop: number, touchpoint: string): Promise<ReviewRow | undefined> {
  const own = and(eq(reviews.shop, shop), eq(reviews.touchpoint, touchpoint))
  const [row] = await tx.select().from(reviews).where(own).for('update')
  return row
}

async function findLatest(tx: Db, shop: number, touchpoint: string): Promise<number | undefined> {
  const [latest] = await tx
    .select({ id: reviewChecks.id })
    .from(reviewChecks)
    .where(ofTouchpoint(shop, touchpoint))
    .orderBy(desc(reviewChecks.id))
    .limit(1)
  return latest?.id
}

/** The day that a check sets by the touchpoint's rhythm; a rhythm that is changed later moves it. */
function dueAfter({ checkedOn }: CheckRow, row: ReviewRow | undefined): string | null {
  const weeks = row ? row.everyWeeks : USUAL_RHYTHM
  return weeks === null ? null : addWeeks(checkedOn, weeks)
}

export const addWeeks = (day: string, weeks: number): string =>
  formatDay((parseDay(day) as number) + 7 * weeks)

function toCheck({ id, touchpoint, checkedOn, note, checkedBy, createdAt }: CheckRow): ReviewCheck {
  return { id, touchpoint, day: checkedOn, note, by: checkedBy, createdAt: createdAt.toISOString() }
}
