import { getPrincipal, getShop } from '../../../platform/http/access.ts'
import type { App, Deps } from '../../../platform/room.ts'
import { Board, BoardCard, CardChange, CardOrder, NewCard } from '../contract.ts'
import { getBoard } from './board-store.ts'
import { OneBoard, OneCard, readName, tags } from './boards-routes.ts'
import { addCard, orderCards, removeCard, renameCard, restoreCard } from './card-store.ts'

/** What is pinned to a board, and in which order. */
export function addCardRoutes(app: App, { db }: Deps): void {
  app.post(
    '/api/shops/:shop/boards/:board/cards',
    { schema: { tags, params: OneBoard, body: NewCard, response: { 201: BoardCard } } },
    async (request, reply) => {
      const { id: shop } = getShop(request)
      const name = readName(request.body.name)
      const createdBy = getPrincipal(request).name
      const given = { ...request.body, name, shop, board: request.params.board, createdBy }
      return reply.code(201).send(await db.transaction((tx) => addCard(tx, given)))
    },
  )
  app.put(
    '/api/shops/:shop/boards/:board/order',
    { schema: { tags, params: OneBoard, body: CardOrder, response: { 200: Board } } },
    async (request) => {
      const { id: shop } = getShop(request)
      const { board } = request.params
      await db.transaction((tx) => orderCards(tx, shop, board, request.body.cards))
      return getBoard(db, shop, board)
    },
  )
  const one = { 200: BoardCard }
  app.patch(
    '/api/shops/:shop/boards/:board/cards/:card',
    { schema: { tags, params: OneCard, body: CardChange, response: one } },
    async (request) => {
      const name = readName(request.body.name)
      const which = { ...request.params, shop: getShop(request).id }
      return db.transaction((tx) => renameCard(tx, which, name))
    },
  )
  app.delete(
    '/api/shops/:shop/boards/:board/cards/:card',
    { schema: { tags, params: OneCard, response: one } },
    async (request) => {
      const which = { ...request.params, shop: getShop(request).id }
      return db.transaction((tx) => removeCard(tx, which))
    },
  )
  app.post(
    '/api/shops/:shop/boards/:board/cards/:card/restore',
    { schema: { tags, params: OneCard, response: one } },
    async (request) => {
      const which = { ...request.params, shop: getShop(request).id }
      return db.transaction((tx) => restoreCard(tx, which))
    },
  )
}
