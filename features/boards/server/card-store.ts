import { and, asc, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import { AppError, orNotFound } from '../../../kernel/errors.ts'
import type { Db, Tx } from '../../../platform/postgres.ts'
import type { BoardCard, NewCard } from '../contract.ts'
import { MAX_CARDS } from '../vocabulary.ts'
import { boardCards, boards } from './boards-table.ts'

const { id, name, path, search, createdBy } = boardCards
const listed = { id, name, path, search, createdBy }

export async function listCards(db: Db | Tx, board: number): Promise<BoardCard[]> {
  return db
    .select(listed)
    .from(boardCards)
    .where(and(eq(boardCards.board, board), isNull(boardCards.removedAt)))
    .orderBy(asc(boardCards.position), asc(boardCards.id))
    .limit(MAX_CARDS)
}

/** Pins a question to the end of a board. */
export async function addCard(
  tx: Tx,
  given: NewCard & { shop: number; board: number; createdBy: string },
): Promise<BoardCard> {
  // Pinning takes turns by board, so that a board never has more cards than it shows.
  await lockBoard(tx, given.shop, given.board)
  await refuseFull(tx, given.board)
  const last = sql<number>`(SELECT coalesce(max(position), 0) + 1 FROM board_cards WHERE board = ${given.board})`
  const [row] = await tx
    .insert(boardCards)
    .values({ ...given, position: last })
    .returning(listed)
  return orNotFound(row, 'The card')
}

export async function renameCard(tx: Tx, which: WhichCard, name: string): Promise<BoardCard> {
  const [row] = await tx.update(boardCards).set({ name }).where(isOne(which)).returning(listed)
  return orNotFound(row, 'The card')
}

export async function removeCard(tx: Tx, which: WhichCard): Promise<BoardCard> {
  const [row] = await tx
    .update(boardCards)
    .set({ removedAt: sql`now()` })
    .where(isOne(which))
    .returning(listed)
  return orNotFound(row, 'The card')
}

/** Brings a card back to its place. */
export async function restoreCard(tx: Tx, which: WhichCard): Promise<BoardCard> {
  await lockBoard(tx, which.shop, which.board)
  await refuseFull(tx, which.board)
  const [row] = await tx
    .update(boardCards)
    .set({ removedAt: null })
    .where(and(ofBoard(which), isNotNull(boardCards.removedAt)))
    .returning(listed)
  return orNotFound(row, 'The card')
}

/** Puts the cards in another order. Fails with `conflict` when others are there by now. */
export async function orderCards(
  tx: Tx,
  shop: number,
  board: number,
  wanted: readonly number[],
): Promise<void> {
  await lockBoard(tx, shop, board)
  const known = new Set((await listCards(tx, board)).map((card) => card.id))
  if (known.size !== wanted.length || wanted.some((one) => !known.has(one)))
    throw new AppError('conflict', 'The board has other cards by now. Look at it again, then move them.')
  for (const [place, card] of wanted.entries())
    await tx
      .update(boardCards)
      .set({ position: place + 1 })
      .where(and(eq(boardCards.board, board), eq(boardCards.id, card)))
}

export interface WhichCard {
  shop: number
  board: number
  card: number
}

const ofBoard = ({ shop, board, card }: WhichCard) =>
  and(
    eq(boardCards.shop, shop),
    eq(boardCards.board, board),
    eq(boardCards.id, card),
    sql`EXISTS (SELECT 1 FROM boards b WHERE b.id = ${board} AND b.shop = ${shop} AND b.removed_at IS NULL)`,
  )
const isOne = (which: WhichCard) => and(ofBoard(which), isNull(boardCards.removedAt))

async function lockBoard(tx: Tx, shop: number, board: number): Promise<void> {
  const [row] = await tx
    .select({ id: boards.id })
    .from(boards)
    .where(and(eq(boards.shop, shop), eq(boards.id, board), isNull(boards.removedAt)))
    .for('update')
  orNotFound(row, 'The board')
}

async function refuseFull(tx: Tx, board: number): Promise<void> {
  const known = await tx.$count(boardCards, and(eq(boardCards.board, board), isNull(boardCards.removedAt)))
  if (known >= MAX_CARDS)
    throw new AppError('conflict', `The board has ${MAX_CARDS} cards. Take one away, or make another board.`)
}
