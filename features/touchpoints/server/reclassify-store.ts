import { and, eq, isNull, lt, or, sql } from 'drizzle-orm'
import type { Db } from '../../../platform/postgres.ts'
import type { Reclassification } from '../contract.ts'
import { reclassifications } from './touchpoints-tables.ts'

/** A process that gave no sign of life for so long has died; another may go on. */
const DEAD_AFTER_SECONDS = 40

const isDead = sql`now() - make_interval(secs => ${DEAD_AFTER_SECONDS})`

/** Takes the shop's re-classification; false while another process works on any. */
export async function claimShop(db: Db, shop: number, version: number, runner: string): Promise<boolean> {
  return db.transaction(async (tx) => {
    await tx.insert(reclassifications).values({ shop, version }).onConflictDoNothing()
    const busy = await tx.execute<{ shop: number }>(
      sql`SELECT shop FROM reclassifications WHERE runner IS NOT NULL AND runner <> ${runner} AND beat_at > ${isDead} LIMIT 1`,
    )
    if (busy.rows.length > 0) return false
    const rows = await tx
      .update(reclassifications)
      .set({
        version,
        runner,
        beatAt: sql`now()`,
        startedAt: sql`now()`,
        finishedAt: null,
        monthsTotal: 0,
        monthsDone: 0,
        rowsTotal: 0,
        rowsDone: 0,
      })
      .where(
        and(
          eq(reclassifications.shop, shop),
          or(
            isNull(reclassifications.runner),
            eq(reclassifications.runner, runner),
            lt(reclassifications.beatAt, isDead),
          ),
        ),
      )
      .returning({ shop: reclassifications.shop })
    return rows.length > 0
  })
}

export interface Steps {
  version: number
  monthsTotal: number
  monthsDone: number
  rowsTotal: number
  rowsDone: number
}

export async function keepSteps(db: Db, shop: number, runner: string, steps: Steps): Promise<void> {
  await db
    .update(reclassifications)
    // Whatever kept it up is over once a month is done.
    .set({ ...steps, beatAt: sql`now()`, ...(steps.monthsDone > 0 && { problem: null }) })
    .where(and(eq(reclassifications.shop, shop), eq(reclassifications.runner, runner)))
}

/** Lets go of the shop: done with a version, or kept from it by something that passes. */
export async function releaseShop(
  db: Db,
  shop: number,
  runner: string,
  end: { doneVersion: number } | { problem: string | null },
): Promise<void> {
  const change =
    'doneVersion' in end
      ? { doneVersion: end.doneVersion, finishedAt: sql`now()`, problem: null }
      : { problem: end.problem }
  await db
    .update(reclassifications)
    .set({ ...change, runner: null, beatAt: null })
    .where(and(eq(reclassifications.shop, shop), eq(reclassifications.runner, runner)))
}

/** Shops whose newest version isn't everywhere yet, as far as is written down. */
export async function listPending(db: Db): Promise<number[]> {
  const rows = await db
    .select({ shop: reclassifications.shop })
    .from(reclassifications)
    .where(lt(reclassifications.doneVersion, reclassifications.version))
    .orderBy(reclassifications.shop)
  return rows.map(({ shop }) => shop)
}

export async function readReclassification(db: Db, shop: number): Promise<Reclassification> {
  const [row] = await db.select().from(reclassifications).where(eq(reclassifications.shop, shop))
  const version = row?.version ?? 1
  const isPending = row !== undefined && row.version !== null && row.doneVersion < row.version
  return {
    state: !isPending ? 'done' : row.problem !== null ? 'stuck' : row.runner === null ? 'waiting' : 'running',
    version,
    months: { done: row?.monthsDone ?? 0, total: row?.monthsTotal ?? 0 },
    events: { done: row?.rowsDone ?? 0, total: row?.rowsTotal ?? 0 },
    startedAt: row?.startedAt?.toISOString() ?? null,
    finishedAt: row?.finishedAt?.toISOString() ?? null,
    problem: isPending ? (row.problem ?? null) : null,
  }
}
