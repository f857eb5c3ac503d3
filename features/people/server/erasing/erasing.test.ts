import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { identityKey } from '../../../../kernel/hash128.ts'
import { createClickhouse } from '../../../../platform/clickhouse.ts'
import { rooms } from '../../../../server/rooms.ts'
import type { EmptyStores } from '../../../../test/empty-stores.ts'
import { openOwnStores } from '../../../../test/own-stores.ts'
import { openTestApp, type TestApp } from '../../../../test/test-app.ts'
import { ensureSource } from '../../../accounts/server/actions.ts'
import { recordMessages } from '../../../ingestion/server/actions.ts'
import type { ErasureList } from '../../contract.ts'
import { bringLinksNow } from '../actions.ts'
import { finishErasures, listErasures } from './finish-erasures.ts'
import { replayErasures } from './replay-erasures.ts'
import { requestErasure } from './request-erasure.ts'

let stores: EmptyStores
let app: TestApp
let source: number
beforeAll(async () => {
  stores = await openOwnStores()
  app = await openTestApp({ urls: stores })
  source = await ensureSource(app.deps.db, app.shop, { kind: 'import', name: 'Tests' })
})
afterAll(async () => {
  await app.close()
  await stores.close()
})

const user = (id: string) => identityKey(app.shop, 'user', id)
const at = (path: string) => `/api/shops/${app.shop}${path}`

async function record(
  prefix: string,
  messages: Record<string, unknown>[],
  receivedAt?: number,
): Promise<void> {
  const named = messages.map((message, index) => ({
    messageId: `${prefix} ${index}`,
    type: 'track',
    event: 'Product Viewed',
    timestamp: new Date(Date.now() - 60_000 + index).toISOString(),
    ...message,
  }))
  await recordMessages(app.deps, { shop: app.shop, source, messages: named, origin: 'import', receivedAt })
  await app.deps.runner.drain()
  await bringLinksNow(app.deps)
}

/** Everything that a person leaves: an identity, an e-mail, an order, a rejected message. */
async function live(id: string, receivedAt?: number): Promise<void> {
  const messages = [
    { type: 'page', anonymousId: `${id}-browser` },
    {
      type: 'identify',
      anonymousId: `${id}-browser`,
      userId: id,
      traits: { name: `Name of ${id}`, email: `${id}@shop.ua` },
    },
    {
      userId: id,
      event: 'Order Completed',
      properties: { order_id: `${id}-order`, total: 250, currency: 'UAH' },
    },
    { type: 'nonsense', userId: id },
    { type: 'nonsense', anonymousId: 'x', traits: { email: `${id}@shop.ua` } },
  ]
  await record(id, messages, receivedAt)
}

async function countTraces(id: string): Promise<Record<string, number>> {
  const { db, clickhouse } = app.deps
  const identities = [
    user(id),
    identityKey(app.shop, 'anonymous', `${id}-browser`),
    identityKey(app.shop, 'email', `${id}@shop.ua`),
  ]
  const counted = async (table: string, where: string) => {
    const params = { shop: app.shop, identities, id, email: `${id}@shop.ua` }
    const [row] = await clickhouse.query<{ n: number }>(
      `SELECT count() AS n FROM ${table} WHERE shop = {shop:UInt32} AND ${where}`,
      { params },
    )
    return row?.n ?? 0
  }
  const { rows } = await db.execute<{ n: number }>(sql`
    SELECT (SELECT count(*) FROM person_identities WHERE shop = ${app.shop} AND value LIKE ${`${id}%`})
         + (SELECT count(*) FROM persons WHERE shop = ${app.shop} AND email LIKE ${`${id}%`})
         + (SELECT count(*) FROM person_words WHERE shop = ${app.shop} AND word LIKE ${`${id}%`})
         + (SELECT count(*) FROM orders WHERE shop = ${app.shop} AND identity = ANY(${sql.param(identities)}::uuid[])) AS n`)
  return {
    state: Number(rows[0]?.n),
    events: await counted('events', 'identity IN {identities:Array(UUID)}'),
    activity: await counted('identity_activity', 'identity IN {identities:Array(UUID)}'),
    links: await counted('identity_links FINAL', 'identity IN {identities:Array(UUID)} AND deleted = 0'),
    rejects: await counted(
      'rejects',
      "(position(payload, {email:String}) > 0 OR position(payload, concat('\"', {id:String}, '\"')) > 0)",
    ),
  }
}

const nothing = { state: 0, events: 0, activity: 0, links: 0, rejects: 0 }

async function erase(id: string, confirm = `Name of ${id}`) {
  return app.as('owner')({ method: 'POST', url: at(`/people/${user(id)}/erase`), payload: { confirm } })
}

describe('erasing a person', () => {
  it('leaves no trace in either store, but the order as a number', async () => {
    await live('zoya')
    await live('witness')
    const before = await countTraces('witness')
    expect(await countTraces('zoya')).toMatchObject({ events: 3, rejects: 2, links: 2 })
    expect((await erase('zoya')).statusCode).toBe(202)
    await finishErasures(app.deps, rooms)
    expect(await countTraces('zoya')).toEqual(nothing)
    expect(await countTraces('witness')).toEqual(before)
    const { rows } = await app.deps.db.execute(
      sql`SELECT identity, amount FROM orders WHERE shop = ${app.shop} AND id = 'zoya-order'`,
    )
    expect(rows).toEqual([{ identity: null, amount: 25_000 }])
    const list = (await app.as('owner')({ method: 'GET', url: at('/erasures') })).json() as ErasureList
    expect(list.items[0]).toMatchObject({ eventsErased: 3, problem: null })
    expect(list.items[0]?.finishedAt).not.toBeNull()
    const audit = await app.deps.db.execute(
      sql`SELECT target, detail::text FROM audit_log WHERE shop = ${app.shop} AND action = 'person.erased'`,
    )
    expect(JSON.stringify(audit.rows)).not.toContain('zoya')
  })

  it('asks for the name to be typed, and for an owner', async () => {
    await live('yana')
    expect((await erase('yana', 'somebody else')).json()).toMatchObject({
      error: { code: 'validation_failed' },
    })
    const refused = await app.as('marketer')({
      method: 'POST',
      url: at(`/people/${user('yana')}/erase`),
      payload: { confirm: 'Name of yana' },
    })
    expect(refused.statusCode).toBe(403)
    expect((await countTraces('yana')).events).toBe(3)
  })

  it('lets the same identity begin anew as a new person', async () => {
    await live('xenia')
    await erase('xenia')
    await finishErasures(app.deps, rooms)
    await record('xenia again', [{ userId: 'xenia' }])
    const response = await app.as('viewer')({ method: 'GET', url: at(`/people/${user('xenia')}`) })
    expect(response.json()).toMatchObject({ label: 'xenia', events: 1, identityCount: 1 })
  })

  it('finishes later what the event store could not do at once', async () => {
    await live('ulyana')
    const actor = { userId: null, name: 'Owner', email: null, via: 'token' } as const
    const asked = { shop: app.shop, id: user('ulyana'), confirm: 'Name of ulyana', actor }
    const erasure = await requestErasure(app.deps, rooms, asked)
    const read = async () =>
      (await listErasures(app.deps, app.shop, undefined, 100)).items.find(({ id }) => id === erasure)

    const nowhere = createClickhouse('http://default:x@127.0.0.1:1')
    await finishErasures({ ...app.deps, clickhouse: nowhere }, rooms)
    await nowhere.close()
    expect(await read()).toMatchObject({ finishedAt: null, attempts: 1 })
    expect((await read())?.problem).not.toBeNull()
    expect(await countTraces('ulyana')).toMatchObject({ state: 0, events: 3 })

    await finishErasures(app.deps, rooms)
    expect(await read()).toMatchObject({ problem: null, attempts: 2, eventsErased: 3 })
    expect(await countTraces('ulyana')).toEqual(nothing)
  })

  it('is repeated on a restored backup that is older than it', async () => {
    const yesterday = Date.now() - 86_400_000
    await live('taras', yesterday)
    await erase('taras')
    await finishErasures(app.deps, rooms)
    // The backup brings the person back and knows of no erasure: only the file beside the stores does.
    await app.deps.db.execute(sql`DELETE FROM erasures WHERE shop = ${app.shop}`)
    await live('taras', yesterday)
    expect(await countTraces('taras')).toMatchObject({ events: 3, links: 2 })
    expect(await replayErasures(app.deps, rooms)).toBeGreaterThan(0)
    await finishErasures(app.deps, rooms)
    expect(await countTraces('taras')).toEqual(nothing)
    expect(await replayErasures(app.deps, rooms)).toBe(0)
  })
})

describe('exporting a person', () => {
  it('gives everything from every room and both stores', async () => {
    await live('sofia')
    const response = await app.as('marketer')({ method: 'GET', url: at(`/people/${user('sofia')}/export`) })
    expect(response.headers['content-disposition']).toContain('attachment')
    const file = response.json() as {
      person: { email: string }
      rooms: { orders: { id: string }[] }
      events: { name: string; properties: unknown }[]
    }
    expect(file.person.email).toBe('sofia@shop.ua')
    expect(file.rooms.orders).toMatchObject([{ id: 'sofia-order' }])
    expect(file.events).toHaveLength(3)
    expect(file.events.at(-1)).toMatchObject({ name: 'Order Completed', properties: { total: 250 } })
  })
})
