import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { LightMyRequestResponse } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createClickhouse } from '../../../platform/clickhouse.ts'
import { createSilentLog } from '../../../platform/log.ts'
import { createPostgres, type Postgres } from '../../../platform/postgres.ts'
import { migrate } from '../../../server/migrations/migrate.ts'
import { type EmptyStores, openEmptyStores } from '../../../test/empty-stores.ts'
import { openTestApp, type TestApp } from '../../../test/test-app.ts'
import type { Welcome } from '../contract.ts'
import { findOwnerLink, welcomeOwner } from './first-start.ts'
import { makeLink } from './one-time-links.ts'
import { findWriteKey } from './reads.ts'
import { room } from './room.ts'

let now = Date.UTC(2026, 10, 22, 12)
let test: TestApp
beforeAll(async () => {
  test = await openTestApp({ rooms: [room], now: () => now })
})
afterAll(() => test.close())

const post = (url: string, payload: object) =>
  test.as('nobody')({ method: 'POST', url: `/api${url}`, payload })
const cookieOf = (response: LightMyRequestResponse) => {
  const [cookie] = response.cookies as { name: string; value: string }[]
  return { cookie: `${cookie?.name}=${cookie?.value}` }
}
const form = () => ({
  name: 'Олена',
  email: `olena.${randomUUID().slice(0, 8)}@example.com`,
  password: 'довгий пароль тут',
  shopName: 'Чайна лавка',
  currency: 'UAH',
  timeZone: 'Europe/Kyiv',
  language: 'uk',
})

describe('the link of the first start', () => {
  it('is not given out once there is an owner', async () => {
    const path = await makeLink(test.deps.db, null, now)
    const answer = await post(path, form())
    expect(answer.statusCode).toBe(410)
    expect(answer.json().error.message).toBe('There is an owner already. Sign in.')
  })

  it.each([
    ['email', { email: 'not an address' }, 'email'],
    ['password', { password: 'short' }, 'too_short'],
    ['currency', { currency: 'ABC' }, 'currency'],
    ['timeZone', { timeZone: 'Mars/Base' }, 'time_zone'],
  ])('names the field %s when it is not right, and is not used up by that', async (field, change, rule) => {
    const path = await makeLink(test.deps.db, null, now)
    const answer = await post(path, { ...form(), ...change })
    expect(answer.statusCode).toBe(400)
    expect(answer.json().error.details).toEqual([{ instancePath: `/${field}`, keyword: rule }])
    expect((await test.as('nobody')({ url: `/api${path}` })).json()).toEqual({ kind: 'first', email: null })
  })

  it('ends after a day, and when a newer one is made', async () => {
    const old = await makeLink(test.deps.db, null, now)
    const path = await makeLink(test.deps.db, null, now)
    expect((await test.as('nobody')({ url: `/api${old}` })).statusCode).toBe(410)
    expect((await test.as('nobody')({ url: `/api${path}` })).statusCode).toBe(200)
    now += 24 * 3_600_000
    expect((await test.as('nobody')({ url: `/api${path}` })).statusCode).toBe(410)
  })

  it('is stored as a hash', async () => {
    const path = await makeLink(test.deps.db, null, now)
    const { rows } = await test.deps.db.execute(sql`SELECT token_hash FROM one_time_links`)
    expect(JSON.stringify(rows)).not.toContain(path.slice('/welcome/'.length))
  })
})

describe('an installation without an owner', () => {
  let stores: EmptyStores
  let postgres: Postgres
  beforeAll(async () => {
    stores = await openEmptyStores(process.env.TEST_DATABASE_URL)
    postgres = createPostgres(stores.databaseUrl, createSilentLog())
    const clickhouse = createClickhouse(stores.clickhouseUrl)
    await migrate({ pool: postgres.pool, clickhouse, log: createSilentLog() })
    await clickhouse.close()
  }, 120_000)
  afterAll(async () => {
    await postgres?.close()
    await stores?.close()
  })

  it('has one made by the link, with a shop, a source, a write key and a session, whoever is quicker', async () => {
    const deps = { db: postgres.db, now: () => now }
    const token = (await findOwnerLink(deps))?.slice('/welcome/'.length) ?? ''
    const visitor = { ip: '127.0.0.1', userAgent: 'test' }
    const forms = [form(), form()] as Welcome[]
    const answers = await Promise.allSettled(forms.map((given) => welcomeOwner(deps, token, given, visitor)))
    const [made] = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []))
    expect(answers.map((answer) => answer.status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(made?.session).toMatch(/^\w{43}$/)
    const { rows } = await postgres.db.execute(
      sql`SELECT shops.name, currency, role, sources.name AS source, left(key, 3) AS key FROM shops
          JOIN memberships ON memberships.shop = shops.id JOIN sources ON sources.shop = shops.id
          JOIN write_keys ON write_keys.source = sources.id`,
    )
    expect(rows).toEqual([
      { name: 'Чайна лавка', currency: 'UAH', role: 'owner', source: 'Сайт', key: 'wk_' },
    ])
    expect(await findOwnerLink(deps)).toBeUndefined()
  })
})

describe('opening another shop', () => {
  it('makes it ready to take events, with its owner, source and write key', async () => {
    const { shopName: name, currency, timeZone, language } = form()
    const owner = test.as('owner')
    const made = await owner({
      method: 'POST',
      url: '/api/shops',
      payload: { name, currency, timeZone, language },
    })
    const { id } = made.json()
    const { shops } = (await owner({ url: '/api/session' })).json()
    expect(shops.at(-1)).toEqual({ id, name, currency, timeZone, role: 'owner' })
    const { items } = (await owner({ url: `/api/shops/${id}/sources` })).json()
    expect(items).toMatchObject([{ kind: 'http', name: 'Сайт', keys: [{ enabled: true, endsAt: null }] }])
    expect(await findWriteKey(test.deps, items[0].keys[0].key)).toEqual({ shop: id, source: items[0].id })
    const { items: log } = (await owner({ url: `/api/shops/${id}/audit` })).json()
    expect(log).toMatchObject([{ action: 'shop.created', target: name, actor: { kind: 'member' } }])
  })

  it('is for owners', async () => {
    const { shopName: name, currency, timeZone, language } = form()
    const payload = { name, currency, timeZone, language }
    expect((await test.as('marketer')({ method: 'POST', url: '/api/shops', payload })).statusCode).toBe(403)
    expect((await test.withToken('owner')({ method: 'POST', url: '/api/shops', payload })).statusCode).toBe(
      403,
    )
  })
})

describe('a forgotten password', () => {
  it('is replaced by a link that works once and ends all sessions', async () => {
    const member = await test.addMember(test.shop, 'operator')
    const path = await makeLink(test.deps.db, member.userId, now)
    const link = await test.as('nobody')({ url: `/api${path}` })
    expect(link.json()).toEqual({ kind: 'password', email: member.email })
    const answer = await post(`${path}/password`, { password: 'a brand new password' })
    expect(answer.json()).toEqual({ status: 'signed_in' })
    expect((await member.inject({ url: '/api/session' })).statusCode).toBe(401)
    expect((await test.as('nobody')({ url: '/api/session', headers: cookieOf(answer) })).statusCode).toBe(200)
    expect((await post(`${path}/password`, { password: 'a second new password' })).statusCode).toBe(410)
    const { email } = member
    expect((await post('/auth/sign-in', { email, password: 'a brand new password' })).statusCode).toBe(200)
  })

  it('is nothing that the first owner’s link can be used for', async () => {
    const path = await makeLink(test.deps.db, null, now)
    expect((await post(`${path}/password`, { password: 'a brand new password' })).statusCode).toBe(400)
  })
})
