import { and, asc, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import { AppError, orNotFound } from '../../../kernel/errors.ts'
import { foldCase } from '../../../kernel/filter/fold.ts'
import type { Db, Tx } from '../../../platform/postgres.ts'
import type { Board, BoardChange, BoardItem } from '../contract.ts'
import { boards } from './boards-table.ts'
import { listCards } from './card-store.ts'

/** More than anybody keeps apart. */
export const MAX_BOARDS = 50

// Written out: in a statement of one table column names come without the table's, and here both have an id.
const cards = sql<number>`(SELECT count(*)::int FROM board_cards c WHERE c.board = boards.id AND c.removed_at IS NULL)`
const listed = {
  id: boards.id,
  name: boards.name,
  isHome: boards.isHome,
  createdBy: boards.createdBy,
}

/** The shop's boards: the one of the first page first, then by name. */
export async function listBoards(db: Db, shop: number): Promise<BoardItem[]> {
  return db
    .select({ ...listed, cards })
    .from(boards)
    .where(and(eq(boards.shop, shop), isNull(boards.removedAt)))
    .orderBy(sql`${boards.isHome} DESC`, asc(boards.folded))
    .limit(MAX_BOARDS)
}

export async function getBoard(db: Db | Tx, shop: number, id: number): Promise<Board> {
  const [row] = await db.select(listed).from(boards).where(isOne(shop, id))
  return { ...orNotFound(row, 'The board'), cards: await listCards(db, id) }
}

export async function addBoard(
  tx: Tx,
  given: { shop: number; name: string; createdBy: string },
): Promise<Board> {
  const { shop, name } = given
  const known = await tx.$count(boards, and(eq(boards.shop, shop), isNull(boards.removedAt)))
  if (known >= MAX_BOARDS)
    throw new AppError('conflict', `The shop has ${MAX_BOARDS} boards. Remove one that nobody opens.`)
  await refuseTakenName(tx, shop, name)
  const [row] = await tx
    .insert(boards)
    .values({ ...given, folded: foldCase(name) })
    .onConflictDoNothing()
    .returning(listed)
  if (!row) throw takenName(name)
  return { ...row, cards: [] }
}

/** Another name; or on the shop's first page, in the place of the board there, or away from it. */
export async function changeBoard(
  tx: Tx,
  shop: number,
  id: number,
  { name, isHome }: BoardChange,
): Promise<Board> {
  if (name !== undefined) await refuseTakenName(tx, shop, name, id)
  if (isHome) await tx.update(boards).set({ isHome: false }).where(eq(boards.shop, shop))
  const [row] = await tx
    .update(boards)
    .set({
      ...(name !== undefined && { name, folded: foldCase(name) }),
      ...(isHome !== undefined && { isHome }),
    })
    .where(isOne(shop, id))
    .returning(listed)
  return { ...orNotFound(row, 'The board'), cards: await listCards(tx, id) }
}

/** Takes a board with its cards away; it no longer stands on the first page, even when it comes back. */
export async function removeBoard(tx: Tx, shop: number, id: number): Promise<{ name: string }> {
  const [row] = await tx
    .update(boards)
    .set({ removedAt: sql`now()`, isHome: false })
    .where(isOne(shop, id))
    .returning({ name: boards.name })
  return orNotFound(row, 'The board')
}

/** Brings a board back as it was. Fails with `conflict` when another one has taken its name. */
export async function restoreBoard(tx: Tx, shop: number, id: number): Promise<{ name: string }> {
  const isRemoved = and(eq(boards.shop, shop), eq(boards.id, id), isNotNull(boards.removedAt))
  const [found] = await tx.select({ name: boards.name }).from(boards).where(isRemoved)
  const { name } = orNotFound(found, 'The board')
  await refuseTakenName(tx, shop, name, id)
  await tx.update(boards).set({ removedAt: null }).where(isRemoved)
  return { name }
}

const isOne = (shop: number, id: number) =>
  and(eq(boards.shop, shop), eq(boards.id, id), isNull(boards.removedAt))

async function refuseTakenName(tx: Tx, shop: number, name: string, own?: number): Promise<void> {
  const [taken] = await tx
    .select({ id: boards.id })
    .from(boards)
    .where(and(eq(boards.shop, shop), eq(boards.folded, foldCase(name)), isNull(boards.removedAt)))
  if (taken && taken.id !== own) throw takenName(name)
}

const takenName = (name: string) =>
  new AppError('conflict', `There is a board “${name}” already. Choose another name.`, {
    details: { reason: 'name_taken' },
  })
