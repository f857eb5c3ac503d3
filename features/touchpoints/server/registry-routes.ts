import { Type } from 'typebox'
import { getPrincipal, getShop } from '../../../platform/http/access.ts'
import { RowId } from '../../../platform/http/row-id.ts'
import type { App, Deps } from '../../../platform/room.ts'
import {
  ClaimCounts,
  Preview,
  PreviewQuestion,
  Reclassification,
  Registry,
  RegistryChange,
  RegistryView,
  VersionList,
  VersionOnly,
} from '../contract.ts'
import { getCheckedContent } from './check-registry.ts'
import { defaultRegistry } from './default-registry.ts'
import { publishRegistry } from './publish.ts'
import { readReclassification } from './reclassify-store.ts'
import {
  dropDraft,
  getVersion,
  listVersions,
  readPublished,
  refuseOldBase,
  saveDraft,
} from './registry-store.ts'
import { getRegistryView } from './registry-view.ts'
import { runClaimCounts, runPreview } from './run-preview.ts'

const tags = ['touchpoints']
const Done = Type.Object({ ok: Type.Literal(true) })
const done = { ok: true as const }
const Published = Type.Object({ version: Type.Integer() })
/** A registry of a thousand touchpoints is longer than what other requests may send. */
const bodyLimit = 4 * 1_048_576

export function addRegistryRoutes(app: App, deps: Deps): void {
  addReading(app, deps)
  addPreviews(app, deps)
  addDrafts(app, deps)
  addPublishing(app, deps)
}

function addReading(app: App, { db }: Deps): void {
  app.get(
    '/api/shops/:shop/touchpoints',
    { schema: { tags, response: { 200: RegistryView } } },
    async (request) => getRegistryView(db, getShop(request).id),
  )
  app.get(
    '/api/shops/:shop/touchpoints/progress',
    { schema: { tags, response: { 200: Reclassification } } },
    async (request) => readReclassification(db, getShop(request).id),
  )
  app.get(
    '/api/shops/:shop/touchpoints/versions',
    { schema: { tags, response: { 200: VersionList } } },
    async (request) => ({ items: await listVersions(db, getShop(request).id) }),
  )
  app.get(
    '/api/shops/:shop/touchpoints/versions/:version',
    { schema: { tags, params: Type.Object({ version: RowId }), response: { 200: Registry } } },
    async (request) => getVersion(db, getShop(request).id, request.params.version),
  )
}

function addPreviews(app: App, { db, clickhouse, now }: Deps): void {
  app.get(
    '/api/shops/:shop/touchpoints/counts',
    {
      schema: {
        tags,
        querystring: Type.Object({ days: Type.Optional(Type.Integer({ enum: [7, 30] })) }),
        response: { 200: ClaimCounts },
      },
    },
    async (request) =>
      runClaimCounts(clickhouse, getShop(request).id, request.query.days === 30 ? 30 : 7, now()),
  )
  app.post(
    '/api/shops/:shop/touchpoints/preview',
    { bodyLimit, schema: { tags, body: PreviewQuestion, response: { 200: Preview } } },
    async (request) => {
      const shop = getShop(request).id
      const { key, days, ...content } = request.body
      const { registry } = await readPublished(db, shop)
      const after = { version: registry.version, ...getCheckedContent(content) }
      return runPreview(clickhouse, { shop, before: registry, after, key, days, now: now() })
    },
  )
}

function addDrafts(app: App, { db }: Deps): void {
  app.put(
    '/api/shops/:shop/touchpoints/draft',
    { bodyLimit, schema: { tags, body: RegistryChange, response: { 200: RegistryView } } },
    async (request) => {
      const shop = getShop(request).id
      const { baseVersion, ...given } = request.body
      const content = getCheckedContent(given)
      await db.transaction(async (tx) => {
        await refuseOldBase(tx, shop, baseVersion)
        await saveDraft(tx, { shop, baseVersion, content, by: getPrincipal(request).name })
      })
      return getRegistryView(db, shop)
    },
  )
  app.delete(
    '/api/shops/:shop/touchpoints/draft',
    { schema: { tags, response: { 200: Done } } },
    async (request) => {
      await dropDraft(db, getShop(request).id)
      return done
    },
  )
}

function addPublishing(app: App, deps: Deps): void {
  app.post(
    '/api/shops/:shop/touchpoints/publish',
    { bodyLimit, schema: { tags, body: RegistryChange, response: { 200: Published } } },
    async (request) => {
      const { baseVersion, ...given } = request.body
      const content = getCheckedContent(given)
      return publish(request, baseVersion, content, { kind: 'published' })
    },
  )
  app.post(
    '/api/shops/:shop/touchpoints/versions/:version/restore',
    {
      schema: {
        tags,
        params: Type.Object({ version: RowId }),
        body: VersionOnly,
        response: { 200: Published },
      },
    },
    async (request) => {
      const of = request.params.version
      const { stages, touchpoints } = await getVersion(deps.db, getShop(request).id, of)
      return publish(request, request.body.baseVersion, { stages, touchpoints }, { kind: 'restored', of })
    },
  )
  app.post(
    '/api/shops/:shop/touchpoints/reset',
    { schema: { tags, body: VersionOnly, response: { 200: Published } } },
    async (request) => {
      const { stages, touchpoints } = defaultRegistry
      return publish(request, request.body.baseVersion, { stages, touchpoints }, { kind: 'reset' })
    },
  )

  async function publish(
    request: Parameters<typeof getShop>[0],
    baseVersion: number,
    content: Parameters<typeof publishRegistry>[1]['content'],
    origin: Parameters<typeof publishRegistry>[1]['origin'],
  ) {
    const shop = getShop(request).id
    const by = getPrincipal(request)
    return { version: await publishRegistry(deps, { shop, baseVersion, content, by, origin }) }
  }
}
