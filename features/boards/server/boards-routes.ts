import { Type } from 'typebox'
import { AppError } from '../../../kernel/errors.ts'
import { cleanText } from '../../../kernel/text.ts'
import { getPrincipal, getShop } from '../../../platform/http/access.ts'
import type { App, Deps } from '../../../platform/room.ts'
import { recordAudit } from '../../accounts/server/actions.ts'
import { Board, BoardChange, BoardList, NewBoard } from '../contract.ts'
import { addBoard, changeBoard, getBoard, listBoards, removeBoard, restoreBoard } from './board-store.ts'

export const tags = ['boards']
const Id = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })
const Shop = Type.Object({ shop: Type.Integer() })
export const OneBoard = Type.Object({ shop: Type.Integer(), board: Id })
export const OneCard = Type.Object({ shop: Type.Integer(), board: Id, card: Id })
const one = { 200: Board }

/** Boards: reports that a shop keeps in sight together. */
export function addBoardRoutes(app: App, deps: Deps): void {
  const { db } = deps
  app.get(
    '/api/shops/:shop/boards',
    { schema: { tags, params: Shop, response: { 200: BoardList } } },
    async (request) => ({ items: await listBoards(db, getShop(request).id) }),
  )
  app.get(
    '/api/shops/:shop/boards/:board',
    { schema: { tags, params: OneBoard, response: one } },
    async (request) => getBoard(db, getShop(request).id, request.params.board),
  )
  app.post(
    '/api/shops/:shop/boards',
    { schema: { tags, params: Shop, body: NewBoard, response: { 201: Board } } },
    async (request, reply) => {
      const { id: shop } = getShop(request)
      const actor = getPrincipal(request)
      const name = readName(request.body.name)
      const made = await db.transaction(async (tx) => {
        const board = await addBoard(tx, { shop, name, createdBy: actor.name })
        await recordAudit(tx, { shop, actor, action: 'board.made', target: board.name })
        return board
      })
      return reply.code(201).send(made)
    },
  )
  addChanging(app, deps)
}

function addChanging(app: App, { db }: Deps): void {
  app.patch(
    '/api/shops/:shop/boards/:board',
    { schema: { tags, params: OneBoard, body: BoardChange, response: one } },
    async (request) => {
      const { id: shop } = getShop(request)
      const actor = getPrincipal(request)
      const { name, isHome } = request.body
      const change = {
        ...(name !== undefined && { name: readName(name) }),
        ...(isHome !== undefined && { isHome }),
      }
      return db.transaction(async (tx) => {
        const board = await changeBoard(tx, shop, request.params.board, change)
        await recordAudit(tx, { shop, actor, action: 'board.changed', target: board.name })
        return board
      })
    },
  )
  app.delete(
    '/api/shops/:shop/boards/:board',
    { schema: { tags, params: OneBoard, response: { 204: Type.Null() } } },
    async (request, reply) => {
      const { id: shop } = getShop(request)
      const actor = getPrincipal(request)
      await db.transaction(async (tx) => {
        const { name } = await removeBoard(tx, shop, request.params.board)
        await recordAudit(tx, { shop, actor, action: 'board.removed', target: name })
      })
      return reply.code(204).send(null)
    },
  )
  app.post(
    '/api/shops/:shop/boards/:board/restore',
    { schema: { tags, params: OneBoard, response: one } },
    async (request) => {
      const { id: shop } = getShop(request)
      const actor = getPrincipal(request)
      await db.transaction(async (tx) => {
        const { name } = await restoreBoard(tx, shop, request.params.board)
        await recordAudit(tx, { shop, actor, action: 'board.restored', target: name })
      })
      return getBoard(db, shop, request.params.board)
    },
  )
}

/** In the shape in which schema errors come, so that the form says it beside the field. */
export function readName(given: string): string {
  const name = cleanText(given).trim()
  if (name !== '') return name
  throw new AppError('validation_failed', 'Give it a name.', {
    details: [{ instancePath: '/name', keyword: 'required' }],
  })
}
