import { getPrincipal, getShop, type Principal } from '../../../platform/http/access.ts'
import type { Tx } from '../../../platform/postgres.ts'
import type { App, Deps } from '../../../platform/room.ts'
import { recordAudit } from '../../accounts/server/actions.ts'
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
      const { board } = request.params
      const actor = getPrincipal(request)
      const given = { ...request.body, name, shop, board, createdBy: actor.name }
      const pinned = await db.transaction(async (tx) => {
        const card = await addCard(tx, given)
        await noteChange(tx, { shop, board, actor }, { pinned: card.name })
        return card
      })
      return reply.code(201).send(pinned)
    },
  )
  app.put(
    '/api/shops/:shop/boards/:board/order',
    { schema: { tags, params: OneBoard, body: CardOrder, response: { 200: Board } } },
    async (request) => {
      const { id: shop } = getShop(request)
      const { board } = request.params
      const actor = getPrincipal(request)
      await db.transaction(async (tx) => {
        await orderCards(tx, shop, board, request.body.cards)
        await noteChange(tx, { shop, board, actor }, { ordered: true })
      })
      return getBoard(db, shop, board)
    },
  )
  addCardChanges(app, db)
}

function addCardChanges(app: App, db: Deps['db']): void {
  const schema = { tags, params: OneCard, response: { 200: BoardCard } }
  app.patch(
    '/api/shops/:shop/boards/:board/cards/:card',
    { schema: { ...schema, body: CardChange } },
    async (request) => {
      const name = readName(request.body.name)
      const change = changeOf(request.params, getShop(request).id, getPrincipal(request))
      return db.transaction(async (tx) => {
        const card = await renameCard(tx, change, name)
        await noteChange(tx, change, { renamed: card.name })
        return card
      })
    },
  )
  app.delete('/api/shops/:shop/boards/:board/cards/:card', { schema }, async (request) => {
    const change = changeOf(request.params, getShop(request).id, getPrincipal(request))
    return db.transaction(async (tx) => {
      const card = await removeCard(tx, change)
      await noteChange(tx, change, { removed: card.name })
      return card
    })
  })
  app.post('/api/shops/:shop/boards/:board/cards/:card/restore', { schema }, async (request) => {
    const change = changeOf(request.params, getShop(request).id, getPrincipal(request))
    return db.transaction(async (tx) => {
      const card = await restoreCard(tx, change)
      await noteChange(tx, change, { restored: card.name })
      return card
    })
  })
}

interface BoardTouched {
  shop: number
  board: number
  actor: Principal
}

const changeOf = ({ board, card }: { board: number; card: number }, shop: number, actor: Principal) => ({
  ...{ board, card, shop, actor },
})

/** In the shop's log a card is a change of its board. */
async function noteChange(tx: Tx, { shop, board, actor }: BoardTouched, detail: object): Promise<void> {
  const { name } = await getBoard(tx, shop, board)
  await recordAudit(tx, { shop, actor, action: 'board.changed', target: name, detail: { ...detail } })
}
