import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DAY_MS } from '../../../kernel/time.ts'
import type { EmptyStores } from '../../../test/empty-stores.ts'
import { openOwnStores } from '../../../test/own-stores.ts'
import { openTestApp, type TestApp } from '../../../test/test-app.ts'
import { createShop, ensureSource } from '../../accounts/server/actions.ts'
import { USUAL_DAYS } from '../../drivers/contract.ts'
import { imports } from '../../imports/server/import-table.ts'
import { recordMessages } from '../../ingestion/server/actions.ts'
import { type ReportSearch, toReportQuery } from '../../reports/web/report-search.ts'
import { FINDING_OUTCOMES, NEWS_DAYS } from '../vocabulary.ts'
import { warmJob } from './warm-job.ts'
import { warmToday } from './warm-today.ts'

/** Far in the west, where it is half past four at night. */
const timeZone = 'Pacific/Marquesas'
const NIGHT = Date.UTC(2026, 9, 2, 14, 30)
const MORNING = NIGHT + 4 * 3_600_000
let stores: EmptyStores
let app: TestApp
let now = NIGHT

// Whatever changes in the history, an erasure of another test too, makes answers anew.
beforeAll(async () => {
  stores = await openOwnStores()
  app = await openTestApp({ now: () => now, urls: stores })
}, 120_000)
afterAll(async () => {
  await app.close()
  await stores.close()
})

describe('the night makes the morning’s answers ready', () => {
  const visit = (messageId: string, timestamp: number) => ({
    ...{ type: 'page', anonymousId: `visitor ${messageId}`, messageId, context: { page: { path: '/' } } },
    timestamp: new Date(timestamp).toISOString(),
  })
  const record = async (shop: number, ...messages: object[]) => {
    const source = await ensureSource(app.deps.db, shop, { kind: 'import', name: 'Visits' })
    await recordMessages(app.deps, { shop, source, messages, origin: 'import' })
  }
  let shop: number
  let unseen: number
  type Asked = { meta: { computedAt: string; isOutdated?: boolean } }
  const askPage = async (of: number, path: string, query: object): Promise<Asked['meta']> => {
    const { inject } = await app.addMember(of, 'viewer')
    const given = Object.entries(query).filter(([, value]) => value !== undefined)
    const response = await inject({ url: `/api/shops/${of}/${path}?${new URLSearchParams(given)}` })
    expect([path, response.statusCode]).toEqual([path, 200])
    return response.json<Asked>().meta
  }
  const ofPage = (search: ReportSearch) => toReportQuery(search, new Date(now), timeZone)
  const askDrivers = (of: number, outcome: (typeof FINDING_OUTCOMES)[number] = 'ordered') =>
    askPage(of, 'drivers', { ...ofPage({ days: USUAL_DAYS[outcome] }), outcome })

  beforeAll(async () => {
    shop = await createShop(app.deps.db, { name: 'Far west', timeZone })
    unseen = await createShop(app.deps.db, { name: 'Far west, forgotten', timeZone })
    await app.addMember(shop, 'operator')
    for (const of of [shop, unseen])
      await record(of, visit('1', NIGHT - DAY_MS), visit('2', NIGHT - 2 * DAY_MS))
    await app.deps.runner.drain()
    await warmJob.run(app.deps)
    now = MORNING
  }, 120_000)

  it('by the very questions of the pages, for shops that somebody has opened', async () => {
    const night = { computedAt: new Date(NIGHT).toISOString() }
    for (const outcome of FINDING_OUTCOMES) expect(await askDrivers(shop, outcome)).toMatchObject(night)
    expect(await askPage(shop, 'changes', {})).toMatchObject(night)
    const map = await askPage(shop, 'journey-map', ofPage({ days: NEWS_DAYS, compare: 'previous' }))
    expect(map).toMatchObject(night)
    // Nobody looks at the other one, so that nothing was made for it.
    expect((await askDrivers(unseen)).computedAt).toBe(new Date(MORNING).toISOString())
  })

  it('and when events have come since, the night’s answer stands in until the new one is there', async () => {
    await record(shop, visit('3', MORNING - 60_000))
    expect(await askDrivers(shop)).toMatchObject({
      computedAt: new Date(NIGHT).toISOString(),
      isOutdated: true,
    })
    await expect.poll(async () => (await askDrivers(shop)).isOutdated, { timeout: 30_000 }).toBeUndefined()
    expect((await askDrivers(shop)).computedAt).toBe(new Date(MORNING).toISOString())
    // The next day asks for another year: what was made for this one isn’t given for it.
    now += DAY_MS
    await record(shop, visit('4', now - 60_000))
    expect((await askDrivers(shop)).isOutdated).toBeUndefined()
  })

  it('but not while an import runs', async () => {
    const row = { shop, preset: 'csv', state: 'running', origin: 'cli', home: 'x', files: [], options: {} }
    const rest = { counts: {}, share: 0, createdBy: 'x', createdAt: new Date(now), attempts: 1, activeMs: 0 }
    const held = { runner: 'another:1:x', beatAt: new Date(), cancelAsked: false }
    const given = { ...row, ...rest, ...held } as unknown as typeof imports.$inferInsert
    const [made] = await app.deps.db.insert(imports).values(given).returning({ id: imports.id })
    const settings = { id: shop, name: 'Far west', currency: 'UAH', timeZone, role: 'viewer' } as const
    expect(await warmToday(app.deps, settings)).toBe(false)
    await app.deps.db.delete(imports).where(eq(imports.id, made?.id ?? 0))
  })
})
