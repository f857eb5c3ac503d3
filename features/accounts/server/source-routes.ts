import { Type } from 'typebox'
import { getPrincipal, getShop } from '../../../platform/http/access.ts'
import { RowId } from '../../../platform/http/row-id.ts'
import type { App, Deps } from '../../../platform/room.ts'
import { Done, KeyChange, NewSource, SourceChange, SourceMade, Sources, WriteKey } from '../contract.ts'
import { recordAudit } from './audit-store.ts'
import {
  addWriteKey,
  createSource,
  endKey,
  getWriteKey,
  listSources,
  REPLACED_KEY_HOURS,
  setKeyEnabled,
  updateSource,
} from './source-store.ts'

const tags = ['sources']
const done = { ok: true as const }
/** How a key is called in the log, which must not open anything. */
const nameOf = ({ key }: { key: string }) => `…${key.slice(-4)}`

const ofSource = Type.Object({ shop: Type.Integer(), source: RowId })
const ofKey = Type.Object({ shop: Type.Integer(), key: Type.String({ format: 'uuid' }) })

export function addSourceRoutes(app: App, deps: Deps): void {
  addSources(app, deps)
  addSourceChanges(app, deps)
  addKeyChanges(app, deps)
  addKeyEnds(app, deps)
}

function addSources(app: App, { db }: Deps): void {
  app.get('/api/shops/:shop/sources', { schema: { tags, response: { 200: Sources } } }, async (request) => ({
    items: await listSources(db, getShop(request).id),
  }))

  app.post(
    '/api/shops/:shop/sources',
    { schema: { tags, body: NewSource, response: { 200: SourceMade } } },
    async (request) => {
      const shop = getShop(request).id
      const name = request.body.name.trim()
      return db.transaction(async (tx) => {
        const id = await createSource(tx, shop, { kind: 'http', name })
        const key = await addWriteKey(tx, { shop, source: id })
        await recordAudit(tx, { shop, actor: getPrincipal(request), action: 'source.created', target: name })
        return { id, key }
      })
    },
  )
}

function addSourceChanges(app: App, { db }: Deps): void {
  app.patch(
    '/api/shops/:shop/sources/:source',
    { schema: { tags, params: ofSource, body: SourceChange, response: { 200: Done } } },
    async (request) => {
      const shop = getShop(request).id
      const { enabled } = request.body
      const name = request.body.name?.trim()
      await db.transaction(async (tx) => {
        const before = await updateSource(tx, shop, request.params.source, { name, enabled })
        const entry = { shop, actor: getPrincipal(request), target: name ?? before.name }
        if (name !== undefined && name !== before.name)
          await recordAudit(tx, { ...entry, action: 'source.renamed', detail: { from: before.name } })
        if (enabled !== undefined && enabled !== before.enabled)
          await recordAudit(tx, { ...entry, action: enabled ? 'source.enabled' : 'source.disabled' })
      })
      return done
    },
  )

  app.post(
    '/api/shops/:shop/sources/:source/keys',
    { schema: { tags, params: ofSource, response: { 200: WriteKey } } },
    async (request) => {
      const shop = getShop(request).id
      return db.transaction(async (tx) => {
        const key = await addWriteKey(tx, { shop, source: request.params.source })
        await recordAudit(tx, {
          shop,
          actor: getPrincipal(request),
          action: 'key.created',
          target: nameOf(key),
        })
        return key
      })
    },
  )
}

function addKeyChanges(app: App, { db }: Deps): void {
  app.patch(
    '/api/shops/:shop/keys/:key',
    { schema: { tags, params: ofKey, body: KeyChange, response: { 200: Done } } },
    async (request) => {
      const shop = getShop(request).id
      const { enabled } = request.body
      await db.transaction(async (tx) => {
        const key = await getWriteKey(tx, shop, request.params.key)
        await setKeyEnabled(tx, key.id, enabled)
        const action = enabled ? 'key.enabled' : 'key.disabled'
        await recordAudit(tx, { shop, actor: getPrincipal(request), action, target: nameOf(key) })
      })
      return done
    },
  )

  app.post(
    '/api/shops/:shop/keys/:key/replace',
    {
      schema: {
        tags,
        description: `Makes another key for the same source; the replaced one works for ${REPLACED_KEY_HOURS} hours more.`,
        params: ofKey,
        response: { 200: WriteKey },
      },
    },
    async (request) => {
      const shop = getShop(request).id
      return db.transaction(async (tx) => {
        const old = await getWriteKey(tx, shop, request.params.key)
        const made = await addWriteKey(tx, { shop, source: old.source })
        await endKey(tx, old.id, REPLACED_KEY_HOURS)
        const entry = { shop, actor: getPrincipal(request), action: 'key.replaced', target: nameOf(old) }
        await recordAudit(tx, { ...entry, detail: { by: nameOf(made) } })
        return made
      })
    },
  )
}

function addKeyEnds(app: App, { db }: Deps): void {
  app.delete(
    '/api/shops/:shop/keys/:key',
    { schema: { tags, params: ofKey, response: { 200: Done } } },
    async (request) => {
      const shop = getShop(request).id
      await db.transaction(async (tx) => {
        const key = await getWriteKey(tx, shop, request.params.key)
        await endKey(tx, key.id)
        await recordAudit(tx, {
          shop,
          actor: getPrincipal(request),
          action: 'key.revoked',
          target: nameOf(key),
        })
      })
      return done
    },
  )
}
