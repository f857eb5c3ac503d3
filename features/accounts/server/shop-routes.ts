import { AppError } from '../../../kernel/errors.ts'
import { getPrincipal, getShop } from '../../../platform/http/access.ts'
import type { App, Deps } from '../../../platform/room.ts'
import { Confirmation, Done, NewShop, ShopChange, ShopList, ShopMade, ShopSettings } from '../contract.ts'
import { recordAudit } from './audit-store.ts'
import { accessMemoryOf, getSignedIn } from './authenticator.ts'
import { findDomainName } from './domain-name.ts'
import { openShop } from './first-start.ts'
import { refuseBadBasics, refuseField } from './refuse-field.ts'
import { getShopRow, type ShopRow, updateShop } from './shop-store.ts'

const tags = ['shops']
const done = { ok: true as const }

export function addShopRoutes(app: App, deps: Deps): void {
  const { db } = deps

  app.get('/api/shops', { schema: { tags, response: { 200: ShopList } } }, async (request) => {
    const credentials = await accessMemoryOf(deps).findCredentials(request)
    return { items: [...(credentials?.shops.values() ?? [])].filter((shop) => !shop.isArchived) }
  })

  app.post(
    '/api/shops',
    { schema: { tags, body: NewShop, response: { 200: ShopMade } } },
    async (request) => {
      const { userId, name } = getSignedIn(request)
      const credentials = await accessMemoryOf(deps).findCredentials(request)
      if (![...(credentials?.shops.values() ?? [])].some((shop) => shop.role === 'owner'))
        throw new AppError('forbidden', 'Only who owns a shop here may open another one.')
      refuseBadBasics(request.body)
      return { id: await db.transaction((tx) => openShop(tx, request.body, { id: userId, name })) }
    },
  )

  app.get('/api/shops/:shop', { schema: { tags, response: { 200: ShopSettings } } }, async (request) =>
    toSettings(await getShopRow(db, getShop(request).id)),
  )

  app.patch(
    '/api/shops/:shop',
    { schema: { tags, body: ShopChange, response: { 200: ShopSettings } } },
    async (request) => {
      const shop = getShop(request).id
      const actor = getPrincipal(request)
      const change = prepareChange(request.body)
      return db.transaction(async (tx) => {
        const before = toSettings(await getShopRow(tx, shop))
        const fields = listChanged(before, change)
        if (fields.length === 0) return before
        await updateShop(tx, shop, change)
        const target = change.name ?? before.name
        await recordAudit(tx, { shop, actor, action: 'shop.changed', target, detail: { fields } })
        return { ...before, ...change }
      })
    },
  )

  addArchive(app, deps)
}

/** A closed shop keeps its history, takes no events, and only its owners see it. */
function addArchive(app: App, deps: Deps): void {
  const { db } = deps

  app.post(
    '/api/shops/:shop/archive',
    { schema: { tags, body: Confirmation, response: { 200: Done } } },
    async (request) => {
      const { id, name } = getShop(request)
      const actor = getSignedIn(request)
      if (request.body.name.trim() !== name.trim())
        throw refuseField('name', 'name_mismatch', `Type the shop's name, "${name}", to close it.`)
      await db.transaction(async (tx) => {
        await updateShop(tx, id, { archivedAt: new Date(deps.now()) })
        await recordAudit(tx, { shop: id, actor, action: 'shop.archived', target: name })
      })
      return done
    },
  )

  app.post('/api/shops/:shop/restore', { schema: { tags, response: { 200: Done } } }, async (request) => {
    const { id, name } = getShop(request)
    const actor = getSignedIn(request)
    await db.transaction(async (tx) => {
      await updateShop(tx, id, { archivedAt: null })
      await recordAudit(tx, { shop: id, actor, action: 'shop.restored', target: name })
    })
    return done
  })
}

function prepareChange(given: ShopChange): ShopChange {
  refuseBadBasics(given)
  const change = { ...given }
  if (given.name !== undefined) change.name = given.name.trim()
  if (given.domains !== undefined) change.domains = readDomains(given.domains)
  return change
}

function readDomains(texts: string[]): string[] {
  const domains = texts.map((text) => {
    const domain = findDomainName(text)
    if (domain === undefined) throw refuseField('domains', 'domain', `"${text}" is not a site's address.`)
    return domain
  })
  return [...new Set(domains)]
}

function listChanged(before: ShopSettings, change: ShopChange): string[] {
  return Object.keys(change).filter((key) => {
    const field = key as keyof typeof change
    return JSON.stringify(before[field]) !== JSON.stringify(change[field])
  })
}

function toSettings(row: ShopRow): ShopSettings {
  const { createdAt: _, archivedAt, ...rest } = row
  return { ...rest, isArchived: archivedAt !== null }
}
