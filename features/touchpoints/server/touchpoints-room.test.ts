import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { EmptyStores } from '../../../test/empty-stores.ts'
import { openOwnStores } from '../../../test/own-stores.ts'
import { openTestApp, type TestApp } from '../../../test/test-app.ts'
import { recordMessages } from '../../ingestion/server/actions.ts'
import type { Preview, RegistryContent, RegistryView, Touchpoint } from '../contract.ts'
import { defaultRegistry } from './default-registry.ts'
import { getRegistry } from './reads.ts'
import { reclassifierOf } from './reclassifier.ts'
import { reclassifyShop } from './reclassify.ts'
import { reclassifications } from './touchpoints-tables.ts'

let stores: EmptyStores
let app: TestApp
beforeAll(async () => {
  stores = await openOwnStores()
  app = await openTestApp({ urls: stores })
  // Here nobody goes on classifying by an older version, so nothing needs to drain.
  reclassifierOf(app.deps, { drainMs: 0 })
})
afterAll(async () => {
  await app.close()
  await stores.close()
})

const { stages, touchpoints } = defaultRegistry
const builtIn: RegistryContent = { stages, touchpoints }
const at = (path: string) => `/api/shops/${app.shop}/touchpoints${path}`

const bare: Touchpoint = {
  key: 'configurator',
  stage: 'site',
  stageWhileOrdered: null,
  stageAfterReceipt: null,
  channel: 'site',
  name: { ru: 'Конфигуратор', en: '  ' },
  claims: 'moment',
  rule: { field: 'path', op: 'starts_with', value: '/build' },
  standards: [],
  isOn: true,
}

function withOne(changes: Partial<Touchpoint> = {}): RegistryContent {
  return { stages, touchpoints: [{ ...bare, ...changes }, ...touchpoints] }
}

let sent = 0
async function visit(paths: string[], days = 0): Promise<void> {
  const messages = paths.map((path) => ({
    type: 'page',
    messageId: `tp-${app.shop}-${++sent}`,
    anonymousId: `visitor-${sent % 7}`,
    timestamp: new Date(Date.now() - days * 86_400_000 - sent * 1000).toISOString(),
    context: { page: { path, url: `https://shop.example${path}` } },
  }))
  const outcome = await recordMessages(app.deps, { shop: app.shop, source: 1, messages, origin: 'import' })
  expect(outcome).toMatchObject({ recorded: paths.length, rejected: [] })
}

async function view(): Promise<RegistryView> {
  return (await app.as('viewer')({ url: at('') })).json()
}

async function publish(content: RegistryContent, baseVersion?: number) {
  const payload = { baseVersion: baseVersion ?? (await view()).version, ...content }
  return app.as('marketer')({ method: 'POST', url: at('/publish'), payload })
}

/** Events by touchpoint and version. */
async function stored(): Promise<Record<string, number>> {
  const rows = await app.deps.clickhouse.query<{ key: string; n: number }>(
    `SELECT concat(touchpoint, ' ', toString(rules_version)) AS key, count() AS n FROM events FINAL
     WHERE shop = {shop:UInt32} GROUP BY key`,
    { params: { shop: app.shop } },
  )
  return Object.fromEntries(rows.map(({ key, n }) => [key, n]))
}

describe('a shop and its touchpoints', () => {
  test('begins with the built-in registry, and events know their place at once', async () => {
    expect(await view()).toMatchObject({ version: 1, isDefault: true, draft: null })
    await visit(['/', '/product/kettle', '/build/1', '/cart'])
    await visit(['/product/kettle', '/build/2'], 40)
    expect(await stored()).toEqual({ 'landing_page 1': 1, 'product_page 1': 2, 'cart 1': 1, ' 1': 2 })
  })

  test('sees what a change would claim before it is made', async () => {
    const payload = { ...withOne(), key: 'configurator', days: 30 }
    const preview = await ask<Preview>('/preview', payload)
    expect(preview).toMatchObject({
      events: 4,
      claimed: 1,
      claimedNow: 0,
      from: [{ key: '', events: 1 }],
      warnings: [],
      samples: [{ path: '/build/1', from: '' }],
    })
    const all = { ...withOne({ rule: { all: [] } }), key: 'configurator', days: 7 }
    expect(await ask<Preview>('/preview', all)).toMatchObject({
      claimed: 4,
      warnings: ['claims_everything'],
      from: expect.arrayContaining([{ key: 'cart', events: 1 }]),
    })
    const nothing = { ...withOne({ rule: { any: [] } }), key: 'configurator', days: 7 }
    expect(await ask<Preview>('/preview', nothing)).toMatchObject({
      claimed: 0,
      warnings: ['claims_nothing'],
    })
    const last = {
      stages,
      touchpoints: [...touchpoints, { ...bare, rule: { field: 'path', op: 'equals', value: '/cart' } }],
    }
    expect(await ask<Preview>('/preview', { ...last, key: 'configurator', days: 7 })).toMatchObject({
      claimed: 0,
      hidden: [{ key: 'cart', events: 1 }],
      warnings: ['claims_nothing', 'hidden_by_others'],
    })
  })

  test('keeps a draft that only counts when it is published', async () => {
    const payload = { baseVersion: 1, ...withOne() }
    const drafted = await app.as('owner')({ method: 'PUT', url: at('/draft'), payload })
    expect(drafted.json()).toMatchObject({
      version: 1,
      draft: {
        changed: ['configurator'],
        registry: { touchpoints: [{ name: { ru: 'Конфигуратор' } }, ...touchpoints] },
      },
    })
    await visit(['/build/3'])
    expect(await stored()).toMatchObject({ ' 1': 3 })
    expect((await app.as('owner')({ method: 'DELETE', url: at('/draft') })).statusCode).toBe(200)
    expect((await view()).draft).toBeNull()
  })

  test('publishes: new events go by it at once, the history of all months follows', async () => {
    const answer = await publish(withOne())
    expect([answer.statusCode, answer.json()]).toEqual([200, { version: 2 }])
    await visit(['/build/4'])
    expect((await stored())['configurator 2']).toBeGreaterThan(0)
    await caughtUp(2)
    expect(await stored()).toEqual({
      'landing_page 2': 1,
      'product_page 2': 2,
      'cart 2': 1,
      'configurator 2': 4,
    })
    expect((await view()).reclassification).toMatchObject({ state: 'done', version: 2 })
    const { items } = (await app.as('viewer')({ url: at('/counts?days=30') })).json()
    expect(items).toContainEqual({ key: 'configurator', events: 3 })
  })

  test('tells who was too late, and what was published when and by whom', async () => {
    const late = await publish(builtIn, 1)
    expect([late.statusCode, late.json().error.details]).toEqual([409, { version: 2 }])
    const { items } = (await app.as('operator')({ url: at('/versions') })).json()
    expect(items).toMatchObject([
      {
        version: 2,
        origin: { kind: 'published', touchpoints: ['configurator'] },
        publishedBy: app.members.marketer.name,
      },
    ])
  })

  test('goes back: events of a touchpoint that is gone keep their facts and belong to none', async () => {
    const reset = await app.as('owner')({ method: 'POST', url: at('/reset'), payload: { baseVersion: 2 } })
    expect(reset.json()).toEqual({ version: 3 })
    await caughtUp(3)
    expect(await stored()).toMatchObject({ ' 3': 4, 'cart 3': 1 })
    const restored = await app.as('owner')({
      method: 'POST',
      url: at('/versions/2/restore'),
      payload: { baseVersion: 3 },
    })
    expect(restored.json()).toEqual({ version: 4 })
    await caughtUp(4)
    expect(await stored()).toMatchObject({ 'configurator 4': 4, 'cart 4': 1 })
  })

  test('whose rules change may change them, and nobody else', async () => {
    const payload = { baseVersion: 4, ...builtIn }
    for (const role of ['operator', 'viewer'] as const) {
      const answer = await app.as(role)({ method: 'POST', url: at('/publish'), payload })
      expect([role, answer.statusCode]).toEqual([role, 403])
    }
    expect((await app.as('stranger')({ url: at('') })).statusCode).toBe(404)
  })
})

describe('bad registries', () => {
  const problemsOf = async (content: unknown) => {
    const { version } = await view()
    const payload = { baseVersion: version, ...(content as RegistryContent) }
    const answer = await app.as('owner')({ method: 'POST', url: at('/publish'), payload })
    expect(answer.statusCode).toBe(400)
    return (answer.json().error.details as { path?: string; instancePath?: string }[]).map(
      (one) => one.path ?? one.instancePath,
    )
  }

  test('are refused with the place of each mistake', async () => {
    expect(await problemsOf({ stages, touchpoints: [bare, bare] })).toEqual(['/touchpoints/1/key'])
    expect(await problemsOf(withOne({ stage: 'nowhere', channel: 'dove' }))).toEqual([
      '/touchpoints/0/stage',
      '/touchpoints/0/channel',
    ])
    const broken = {
      all: [
        { field: 'path', op: 'equals', value: '/a' },
        { not: { field: 'pfad', op: 'equals', value: 'x' } },
      ],
    }
    expect(await problemsOf(withOne({ rule: broken }))).toEqual(['/touchpoints/0/rule/all/1/not/field'])
    const circular = { any: [{ field: 'stage', op: 'equals', value: 'site' }] }
    expect(await problemsOf(withOne({ rule: circular }))).toEqual(['/touchpoints/0/rule/any/0/field'])
    expect(await problemsOf({ stages: [], touchpoints: [] })).toEqual(['/stages'])
    const backwards = touchpoints.find(({ key }) => key === 'chat')?.standards[0]
    const standards = backwards ? [{ ...backwards, good: 900 }] : []
    expect(await problemsOf(withOne({ standards }))).toEqual(['/touchpoints/0/standards/0/bad'])
    expect(await problemsOf(withOne({ colour: 'red' } as never))).toEqual(['/touchpoints/0'])
  })

  test('may be as large as 60 stages and 1,000 touchpoints', async () => {
    const many: RegistryContent = {
      stages: Array.from({ length: 60 }, (_, n) => ({ key: `stage_${n}`, name: { en: `Stage ${n}` } })),
      touchpoints: Array.from({ length: 1_000 }, (_, n) => ({
        ...bare,
        key: `touchpoint_${n}`,
        stage: `stage_${n % 60}`,
        rule: { field: 'path', op: 'starts_with', value: `/build/${n}`, ignoreCase: true },
      })),
    }
    const answer = await publish(many)
    expect(answer.json()).toEqual({ version: 5 })
    await visit(['/BUILD/77'])
    await caughtUp(5)
    expect(await stored()).toMatchObject({ 'touchpoint_1 5': 1, 'touchpoint_7 5': 1, ' 5': 4 })
    const preview = await ask<Preview>('/preview', { ...many, key: 'touchpoint_7', days: 7 })
    expect(preview).toMatchObject({ claimed: 1, hidden: [] })
  })
})

describe('the history on its way to new rules', () => {
  test('takes up what was left, and what older rules classify meanwhile', async () => {
    expect((await publish(withOne({ key: 'late_one' }))).json()).toEqual({ version: 6 })
    const old = await getRegistry(app.deps, app.shop)
    expect(old.version).toBe(6)
    // As a process leaves it that was killed in the middle.
    await reclassifierOf(app.deps).idle()
    await app.deps.db
      .update(reclassifications)
      .set({ doneVersion: 5, runner: 'gone:1:a', beatAt: new Date(Date.now() - 120_000) })
      .where(eq(reclassifications.shop, app.shop))
    await app.deps.clickhouse.insert('events', [await makeOldRow()])
    await caughtUp(6)
    const rows = Object.keys(await stored())
    expect(rows.filter((key) => !key.endsWith(' 6'))).toEqual([])
    expect(await stored()).toMatchObject({ 'late_one 6': 5 })
  })
})

describe('a history that the store refuses to classify', () => {
  test("is given up with the store's own words, holds nothing up, and is taken up again", async () => {
    // A column that follows from what is to be written, and can't be worked out for one touchpoint.
    await app.deps.clickhouse.command(
      `ALTER TABLE events ADD COLUMN refuses UInt8 MATERIALIZED throwIf(touchpoint = 'refused_one', 'no such column')`,
    )
    const { version } = await view()
    const published = await publish(withOne({ key: 'refused_one' }))
    expect(published.json()).toEqual({ version: version + 1 })
    const reclassifier = reclassifierOf(app.deps)
    await expect.poll(() => readMutations(), { timeout: 20_000 }).toEqual(['failing'])
    await reclassifier.close()
    const options = { runner: 'impatient', signal: new AbortController().signal, drainMs: 0, patienceMs: 0 }
    expect(await reclassifyShop(app.deps, app.shop, options)).toBe(false)
    expect((await view()).reclassification).toMatchObject({
      state: 'stuck',
      problem: expect.stringMatching(/^\d{6}: .*no such column/),
    })
    expect(await readMutations()).toEqual([])
    await app.deps.clickhouse.command('ALTER TABLE events DROP COLUMN refuses')
    expect(await reclassifyShop(app.deps, app.shop, options)).toBe(true)
    expect((await view()).reclassification).toMatchObject({ state: 'done', problem: null })
    const now = Object.keys(await stored())
    expect(now).toContain(`refused_one ${version + 1}`)
    expect(now.filter((key) => !key.endsWith(` ${version + 1}`))).toEqual([])
  })
})

/** Mutations that aren't done, by how they fare. */
async function readMutations(): Promise<string[]> {
  const rows = await app.deps.clickhouse.query<{ reason: string }>(
    `SELECT DISTINCT latest_fail_reason AS reason FROM system.mutations WHERE table = 'events' AND NOT is_done`,
  )
  return rows.map(({ reason }) => (reason === '' ? 'under way' : 'failing'))
}

/** An event as a process writes it that hasn't heard of the newest rules. */
async function makeOldRow() {
  const [row] = await app.deps.clickhouse.query<Record<string, unknown>>(
    `SELECT * FROM events FINAL WHERE shop = {shop:UInt32} AND path = '/build/1' LIMIT 1`,
    { params: { shop: app.shop } },
  )
  return { ...row, message_hash: crypto.randomUUID(), rules_version: 5, touchpoint: 'touchpoint_1' }
}

async function ask<Answer>(path: string, payload: object): Promise<Answer> {
  const answer = await app.as('marketer')({ method: 'POST', url: at(path), payload })
  expect([answer.statusCode, answer.statusCode === 200 ? '' : answer.body]).toEqual([200, ''])
  return answer.json()
}

/** Waits until the history has come to a version. */
async function caughtUp(version: number): Promise<void> {
  await reclassifierOf(app.deps).idle()
  const signal = new AbortController().signal
  await reclassifyShop(app.deps, app.shop, { runner: 'test', signal, drainMs: 0 })
  expect((await view()).reclassification).toMatchObject({ state: 'done', version })
}
