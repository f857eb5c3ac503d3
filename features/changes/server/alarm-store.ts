import { and, count, desc, eq, gte, lt, or } from 'drizzle-orm'
import { Type } from 'typebox'
import { decodeCursor, encodeCursor } from '../../../kernel/cursor.ts'
import { AppError, orNotFound } from '../../../kernel/errors.ts'
import { formatDay, isWithin, parseDay, STORABLE_TIMES } from '../../../kernel/time.ts'
import type { Db, Tx } from '../../../platform/postgres.ts'
import type { Alarm, AlarmChange, AlarmListQuery, AlarmStateChange } from '../contract.ts'
import { type AlarmRow, alarms } from './alarms-table.ts'
import type { FoundAlarm } from './models/to-found.ts'

/** Two looks date the same change so far apart at most. */
const SAME_DAYS = 28
/** A change that hasn't been seen for so long is over: should it come again, it is a new one. */
const OVER_DAYS = 26 * 7
const PAGE = 50
const Position = Type.Object({ at: Type.String(), id: Type.Integer() })

/** Keeps what was found. A change that is known already is seen once more, whatever leads it this week. */
export async function keepAlarms(
  db: Db,
  shop: number,
  found: readonly FoundAlarm[],
  now: number,
): Promise<void> {
  if (found.length === 0) return
  await db.transaction(async (tx) => {
    const newest =
      found
        .map(({ lastDay }) => lastDay)
        .sort()
        .at(-1) ?? ''
    const since = formatDay((parseDay(newest) ?? 0) - OVER_DAYS)
    const known = await tx
      .select()
      .from(alarms)
      .where(and(eq(alarms.shop, shop), gte(alarms.lastDay, since)))
      .for('update')
    for (const alarm of found) await keepOne(tx, shop, alarm, known, now)
  })
}

async function keepOne(
  tx: Tx,
  shop: number,
  found: FoundAlarm,
  known: AlarmRow[],
  now: number,
): Promise<void> {
  const { change, direction, fromDay, lastDay, facets, orders } = found
  const same = known.find((row) => isSame(row, found))
  if (same) {
    const isLead = isOfOne(same.change, change)
    const seen = isLead ? { change, facets, orders, lastDay } : { lastDay }
    await tx.update(alarms).set(seen).where(eq(alarms.id, same.id))
    return
  }
  const { metric, place, audience } = change
  const row = { shop, metric, place, audience, direction, fromDay, lastDay, change, facets, orders }
  await tx
    .insert(alarms)
    .values({ ...row, foundAt: new Date(now) })
    .onConflictDoUpdate({
      target: [alarms.shop, alarms.metric, alarms.place, alarms.audience, alarms.direction, alarms.fromDay],
      set: { change, facets, orders, lastDay },
    })
}

function isSame(row: AlarmRow, { change, direction, fromDay, lastDay, facets }: FoundAlarm): boolean {
  const days = (a: string, b: string) => Math.abs((parseDay(a) ?? 0) - (parseDay(b) ?? 0))
  const isNear = days(row.fromDay, fromDay) <= SAME_DAYS
  if (isOfOne(row.change, change))
    return row.direction === direction && (isNear || days(row.lastDay, lastDay) <= SAME_DAYS)
  return (
    isNear &&
    (facets.some((one) => isOfOne(row.change, one)) || row.facets.some((one) => isOfOne(one, change)))
  )
}

const isOfOne = (a: AlarmChange, b: AlarmChange) =>
  a.metric === b.metric && a.place === b.place && a.audience === b.audience

/** The alarms of a shop, newest first. */
export async function listAlarmPage(
  db: Db,
  shop: number,
  { state, cursor, limit = PAGE }: AlarmListQuery,
): Promise<{ items: Alarm[]; nextCursor: string | null; fresh: number }> {
  const after = cursor === undefined ? undefined : decodeCursor(cursor, Position)
  const at = after ? new Date(after.at) : undefined
  if (cursor !== undefined && !(at && isWithin(at.getTime(), STORABLE_TIMES)))
    throw new AppError('bad_request', 'The cursor is not one of this list; start from its beginning.')
  const older =
    after && at ? or(lt(alarms.foundAt, at), and(eq(alarms.foundAt, at), lt(alarms.id, after.id))) : undefined
  const ofState = state === undefined ? undefined : eq(alarms.state, state)
  const rows = await db
    .select()
    .from(alarms)
    .where(and(eq(alarms.shop, shop), ofState, older))
    .orderBy(desc(alarms.foundAt), desc(alarms.id))
    .limit(limit + 1)
  const last = rows.length > limit ? rows[limit - 1] : undefined
  const fresh = await countFresh(db, shop)
  return {
    items: rows.slice(0, limit).map(toAlarm),
    nextCursor: last ? encodeCursor({ at: last.foundAt.toISOString(), id: last.id }) : null,
    fresh,
  }
}

export async function countFresh(db: Db, shop: number): Promise<number> {
  const [row] = await db
    .select({ n: count() })
    .from(alarms)
    .where(and(eq(alarms.shop, shop), eq(alarms.state, 'new')))
  return row?.n ?? 0
}

/** Those last seen since a day, newest first. */
export async function listAlarmsSince(db: Db, shop: number, day: string): Promise<Alarm[]> {
  const rows = await db
    .select()
    .from(alarms)
    .where(and(eq(alarms.shop, shop), gte(alarms.lastDay, day)))
    .orderBy(desc(alarms.foundAt), desc(alarms.id))
    .limit(100)
  return rows.map(toAlarm)
}

/** A note stays with who wrote it, whoever takes the alarm further. In a transaction. */
export async function changeAlarm(
  tx: Tx,
  shop: number,
  id: number,
  { state, note, by, at }: AlarmStateChange & { by: string; at: Date },
): Promise<Alarm> {
  const own = and(eq(alarms.shop, shop), eq(alarms.id, id))
  const [before] = await tx.select({ note: alarms.note }).from(alarms).where(own).for('update')
  const { note: known } = orNotFound(before, 'The alarm')
  const isTheirs = known === '' || (note !== undefined && note !== known)
  const [row] = await tx
    .update(alarms)
    .set({ state, ...(note !== undefined && { note }), ...(isTheirs && { changedBy: by, changedAt: at }) })
    .where(own)
    .returning()
  return toAlarm(orNotFound(row, 'The alarm'))
}

function toAlarm({ shop: _, change, foundAt, changedAt, ...row }: AlarmRow): Alarm {
  const { metric: __, place: ___, audience: ____, ...figures } = change
  return { ...row, ...figures, foundAt: foundAt.toISOString(), changedAt: changedAt?.toISOString() ?? null }
}
