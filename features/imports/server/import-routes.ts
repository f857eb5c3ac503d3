import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { Type } from 'typebox'
import { decodeCursor, encodeCursor } from '../../../kernel/cursor.ts'
import { AppError, orNotFound } from '../../../kernel/errors.ts'
import { getPrincipal, getShop } from '../../../platform/http/access.ts'
import { ErrorBody } from '../../../platform/http/errors.ts'
import { openEventStream } from '../../../platform/http/event-stream.ts'
import { RowId } from '../../../platform/http/row-id.ts'
import type { App, Deps } from '../../../platform/room.ts'
import { recordAudit } from '../../accounts/server/actions.ts'
import {
  ImportLimits,
  ImportList,
  ImportPreview,
  ImportView,
  PreviewRequest,
  StartRequest,
  UploadedFile,
} from '../contract.ts'
import { badRowsPath } from './bad-rows-file.ts'
import { streamProgress } from './import-live.ts'
import type { ImportQueue } from './import-queue.ts'
import { cancelImport, findImport, listImports, resumeImport } from './import-store.ts'
import { previewImport } from './preview.ts'
import { describeImport } from './progress.ts'
import { prepareImport } from './start-import.ts'
import { getUploads, receiveUpload, tooLarge } from './uploads.ts'

const Shop = Type.Object({ shop: Type.Integer() })
const OneImport = Type.Object({ shop: Type.Integer(), import: RowId })
const ListQuery = Type.Object({
  cursor: Type.Optional(Type.String({ maxLength: 500 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 30 })),
})
const DEFAULT_LIMIT = 30
const MAX_UPLOAD_BYTES = 2_000_000_000
const tags = ['imports']

export interface ImportRouteDeps {
  deps: Deps
  queue: ImportQueue
}

async function viewImport({ deps, queue }: ImportRouteDeps, shop: number, id: number): Promise<ImportView> {
  const row = orNotFound(await findImport(deps.db, shop, id), 'The import')
  return describeImport(row, queue.findProgress(id))
}

export function addImportRoutes(app: App, { deps, queue }: ImportRouteDeps): void {
  const { db } = deps

  app.get(
    '/api/shops/:shop/imports',
    { schema: { tags, params: Shop, querystring: ListQuery, response: { 200: ImportList } } },
    async (request) => {
      const { cursor, limit = DEFAULT_LIMIT } = request.query
      const rows = await listImports(db, getShop(request).id, readCursor(cursor), limit + 1)
      const items = rows.slice(0, limit).map((row) => describeImport(row, queue.findProgress(row.id)))
      const last = items.at(-1)
      return { items, nextCursor: rows.length > limit && last ? encodeCursor(last.id) : null }
    },
  )

  app.post(
    '/api/shops/:shop/imports/preview',
    { schema: { tags, params: Shop, body: PreviewRequest, response: { 200: ImportPreview } } },
    async (request) => {
      const shop = getShop(request).id
      const { files, ...rest } = request.body
      return previewImport(deps, shop, await getUploads(deps, shop, files), rest)
    },
  )

  app.post(
    '/api/shops/:shop/imports',
    { schema: { tags, params: Shop, body: StartRequest, response: { 200: ImportView } } },
    async (request) => {
      const shop = getShop(request).id
      const { files, ...rest } = request.body
      const stored = await getUploads(deps, shop, files)
      const by = getPrincipal(request)
      const id = await prepareImport(deps, { shop, files: stored, ...rest, origin: 'web', by })
      // One that was stopped before is taken up again by the same button.
      await resumeImport(db, shop, id)
      queue.poke()
      return viewImport({ deps, queue }, shop, id)
    },
  )
}

export function addOneImportRoutes(app: App, { deps, queue }: ImportRouteDeps): void {
  const { db } = deps
  const viewOf = (shop: number, id: number) => viewImport({ deps, queue }, shop, id)

  app.get(
    '/api/shops/:shop/imports/:import',
    { schema: { tags, params: OneImport, response: { 200: ImportView } } },
    (request) => viewOf(getShop(request).id, request.params.import),
  )

  app.get(
    '/api/shops/:shop/imports/:import/live',
    { schema: { tags, params: OneImport } },
    async (request, reply) => {
      const shop = getShop(request).id
      const view = await viewOf(shop, request.params.import)
      streamProgress(openEventStream(request, reply), view, () => viewOf(shop, view.id))
    },
  )

  app.post(
    '/api/shops/:shop/imports/:import/cancel',
    { schema: { tags, params: OneImport, response: { 200: ImportView, 409: ErrorBody } } },
    async (request) => {
      const { id } = getShop(request)
      await viewOf(id, request.params.import)
      if (!(await cancelImport(db, id, request.params.import)))
        throw new AppError('conflict', 'The import has ended already.')
      queue.cancel(request.params.import)
      const [actor, target] = [getPrincipal(request), String(request.params.import)]
      await recordAudit(db, { shop: id, actor, action: 'import.cancelled', target })
      return viewOf(id, request.params.import)
    },
  )

  app.post(
    '/api/shops/:shop/imports/:import/resume',
    { schema: { tags, params: OneImport, response: { 200: ImportView, 409: ErrorBody } } },
    async (request) => {
      const { id } = getShop(request)
      await viewOf(id, request.params.import)
      if (!(await resumeImport(db, id, request.params.import)))
        throw new AppError('conflict', 'There is nothing to go on with: the import is running or done.')
      queue.poke()
      return viewOf(id, request.params.import)
    },
  )

  app.get(
    '/api/shops/:shop/imports/:import/bad-rows.csv',
    { schema: { tags, params: OneImport } },
    async (request, reply) => {
      const { id } = await viewOf(getShop(request).id, request.params.import)
      const path = badRowsPath(deps.settings.dataDir, id)
      const found = await stat(path).catch(() => undefined)
      orNotFound(found, 'A file of bad rows')
      reply.type('text/csv; charset=utf-8')
      reply.header('content-disposition', `attachment; filename="bad-rows-${id}.csv"`)
      return createReadStream(path)
    },
  )
}

/** Files come as the body itself, in a scope of their own, since no other route takes a body without holding it. */
export function addUploadRoutes(app: App, deps: Deps): void {
  const { maxUploadBytes: maxBytes = MAX_UPLOAD_BYTES } = deps.settings

  app.get(
    '/api/shops/:shop/imports/limits',
    { schema: { tags, params: Shop, response: { 200: ImportLimits } } },
    async () => ({ maxBytes }),
  )

  app.register(async (scope: App) => {
    scope.addContentTypeParser('application/octet-stream', (_request, body, done) => done(null, body))
    scope.post(
      '/api/shops/:shop/imports/files',
      {
        schema: {
          tags,
          params: Shop,
          querystring: Type.Object({ name: Type.String({ minLength: 1, maxLength: 1000 }) }),
          response: { 200: UploadedFile },
        },
      },
      async (request) => {
        const announced = Number(request.headers['content-length'] ?? 0)
        if (announced > maxBytes) throw tooLarge(maxBytes)
        const body = request.body as unknown as Readable | undefined
        if (typeof body?.pipe !== 'function')
          throw new AppError(
            'unsupported',
            'Send the file as the body, with Content-Type application/octet-stream.',
          )
        return receiveUpload(deps, { shop: getShop(request).id, name: request.query.name, body, maxBytes })
      },
    )
  })
}

function readCursor(cursor: string | undefined): number | undefined {
  if (cursor === undefined) return undefined
  const before = decodeCursor(cursor, Type.Integer())
  if (before === undefined)
    throw new AppError('bad_request', 'The cursor is not one of this list; start from its beginning.')
  return before
}
