import { Type } from 'typebox'
import { getShop } from '../../../platform/http/access.ts'
import type { App, Deps } from '../../../platform/room.ts'
import { getShopSettings } from '../../accounts/server/reads.ts'
import { findUnknownKeys } from '../../ingestion/server/reads.ts'
import { ArrivalSites, Guide, GuideChange } from '../contract.ts'
import { arrivedQuery, sitesQuery } from './guide-query.ts'
import { type ArrivedRow, type SiteRow, toArrivalSites, toGuide } from './guide-result.ts'
import { findGuideRow, setClosed, setReached } from './guide-store.ts'

const tags = ['guide']
const params = Type.Object({ shop: Type.Integer() })
const SITES_SHOWN = 5
const SITES_WITHIN_MS = 2 * 86_400_000
const UNKNOWN_KEYS_WITHIN_MS = 10 * 60_000

export function addGuideRoutes(app: App, deps: Deps): void {
  app.get('/api/shops/:shop/guide', { schema: { tags, params, response: { 200: Guide } } }, (request) =>
    readGuide(deps, getShop(request).id),
  )

  app.patch(
    '/api/shops/:shop/guide',
    { schema: { tags, params, body: GuideChange, response: { 200: Guide } } },
    async (request) => {
      const { id } = getShop(request)
      const { isClosed, reachedFromBrowser } = request.body
      const at = new Date(deps.now())
      if (isClosed !== undefined) await setClosed(deps.db, id, isClosed ? at : null)
      // A browser that was told an older address may have found something, but not what is looked for now.
      if (reachedFromBrowser === deps.settings.publicUrl)
        await setReached(deps.db, id, reachedFromBrowser, at)
      return readGuide(deps, id)
    },
  )

  app.get(
    '/api/shops/:shop/guide/sites',
    { schema: { tags, params, response: { 200: ArrivalSites } } },
    async (request) => {
      const { id } = getShop(request)
      const { sql, params } = sitesQuery(id, deps.now() - SITES_WITHIN_MS, SITES_SHOWN)
      const [rows, { domains }] = await Promise.all([
        deps.clickhouse.query<SiteRow>(sql, { params }),
        getShopSettings(deps, id),
      ])
      const unknown = findUnknownKeys(deps, domains, deps.now() - UNKNOWN_KEYS_WITHIN_MS)
      return toArrivalSites(rows, domains, unknown)
    },
  )
}

async function readGuide(deps: Deps, shop: number): Promise<Guide> {
  // What this process has counted so far belongs to the answer: the tick must not wait for the next writing.
  await deps.writer.counts.write()
  const { sql, params } = arrivedQuery(shop)
  const [rows, { domains }, row] = await Promise.all([
    deps.clickhouse.query<ArrivedRow>(sql, { params }),
    getShopSettings(deps, shop),
    findGuideRow(deps.db, shop),
  ])
  const { publicUrl } = deps.settings
  return toGuide({ domains, arrived: rows[0] ?? { accepted: 0, refused: 0 }, row, publicUrl })
}
