import { and, asc, eq, gt, or, sql } from 'drizzle-orm'
import { Type } from 'typebox'
import { decodeCursor, encodeCursor } from '../../../kernel/cursor.ts'
import { AppError, orNotFound } from '../../../kernel/errors.ts'
import { foldCase } from '../../../kernel/filter/fold.ts'
import { cleanText } from '../../../kernel/text.ts'
import type { Db, Tx } from '../../../platform/postgres.ts'
import type {
  NewSavedReport,
  SavedReport,
  SavedReportChange,
  SavedReportList,
  SavedReportQuery,
} from '../saved-contract.ts'
import { savedReports } from './saved-reports-table.ts'

/** More than anybody keeps apart. */
export const MAX_SAVED = 500
const PAGE = 50
const Position = Type.Object({ name: Type.String(), id: Type.Integer() })
const { id, name, path, createdBy, createdAt, updatedAt, folded, shop: ofShop } = savedReports
/** All but the questions, which may be long. */
const listed = { id, name, path, createdBy, createdAt, updatedAt, folded }

/** A page of the shop's saved reports by name; `q` is looked for in the names, whatever the case. */
export async function listSavedReports(
  db: Db,
  shop: number,
  { q = '', cursor, limit = PAGE }: SavedReportQuery,
): Promise<SavedReportList> {
  const after = cursor === undefined ? undefined : decodeCursor(cursor, Position)
  if (cursor !== undefined && !after)
    throw new AppError('bad_request', 'The cursor is not one of this list; start from its beginning.')
  const wanted = foldCase(cleanText(q).trim())
  const rows = await db
    .select(listed)
    .from(savedReports)
    .where(
      and(
        eq(ofShop, shop),
        wanted === '' ? undefined : sql`strpos(${folded}, ${wanted}) > 0`,
        after && or(gt(folded, after.name), and(eq(folded, after.name), gt(id, after.id))),
      ),
    )
    .orderBy(asc(folded), asc(id))
    .limit(limit + 1)
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return {
    items: rows.slice(0, limit).map(({ folded: _folded, ...row }) => writeTimes(row)),
    nextCursor: last ? encodeCursor({ name: last.folded, id: last.id }) : null,
  }
}

export async function getSavedReport(db: Db, shop: number, id: number): Promise<SavedReport> {
  const [row] = await db.select().from(savedReports).where(isOne(shop, id))
  return toSavedReport(orNotFound(row, 'The saved report'))
}

export async function addSavedReport(
  tx: Tx,
  given: NewSavedReport & { shop: number; createdBy: string },
): Promise<SavedReport> {
  if ((await tx.$count(savedReports, eq(ofShop, given.shop))) >= MAX_SAVED)
    throw new AppError('conflict', `The shop has ${MAX_SAVED} saved reports. Delete one that nobody opens.`)
  await refuseTakenName(tx, given.shop, given.name)
  const [row] = await tx
    .insert(savedReports)
    .values({ ...given, folded: foldCase(given.name) })
    .onConflictDoNothing()
    .returning()
  if (!row) throw takenName(given.name)
  return toSavedReport(row)
}

/** Another name, another question, or both. */
export async function changeSavedReport(
  tx: Tx,
  shop: number,
  id: number,
  { name, search }: SavedReportChange,
): Promise<SavedReport> {
  if (name !== undefined) await refuseTakenName(tx, shop, name, id)
  const rows = await tx
    .update(savedReports)
    .set({
      ...(name !== undefined && { name, folded: foldCase(name) }),
      ...(search !== undefined && { search }),
      updatedAt: sql`now()`,
    })
    .where(isOne(shop, id))
    .returning()
    .catch((error: unknown) => {
      // Somebody gave another report this name in the same instant.
      throw name !== undefined && isTakenTwice(error) ? takenName(name) : error
    })
  return toSavedReport(orNotFound(rows[0], 'The saved report'))
}

/** PostgreSQL's unique_violation, which Drizzle wraps. */
function isTakenTwice(error: unknown): boolean {
  const codeOf = (one: unknown) => (one as { code?: unknown } | undefined)?.code
  return codeOf(error) === '23505' || (error instanceof Error && codeOf(error.cause) === '23505')
}

export async function deleteSavedReport(tx: Tx, shop: number, id: number): Promise<SavedReport> {
  const [row] = await tx.delete(savedReports).where(isOne(shop, id)).returning()
  return toSavedReport(orNotFound(row, 'The saved report'))
}

const isOne = (shop: number, id: number) => and(eq(savedReports.shop, shop), eq(savedReports.id, id))

async function refuseTakenName(tx: Tx, shop: number, name: string, own?: number): Promise<void> {
  const [taken] = await tx
    .select({ id: savedReports.id })
    .from(savedReports)
    .where(and(eq(savedReports.shop, shop), eq(savedReports.folded, foldCase(name))))
  if (taken && taken.id !== own) throw takenName(name)
}

const takenName = (name: string) =>
  new AppError('conflict', `There is a saved report “${name}” already. Choose another name.`, {
    details: { reason: 'name_taken' },
  })

function toSavedReport(row: typeof savedReports.$inferSelect): SavedReport {
  const { shop: _shop, folded: _folded, ...report } = row
  return writeTimes(report)
}

function writeTimes<Row extends { createdAt: Date; updatedAt: Date }>(row: Row) {
  return { ...row, createdAt: row.createdAt.toISOString(), updatedAt: row.updatedAt.toISOString() }
}
