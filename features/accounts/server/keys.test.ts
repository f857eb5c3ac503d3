import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestApp, type TestApp } from '../../../test/test-app.ts'
import type { Source } from '../contract.ts'
import { room } from './room.ts'
import { openTestShop } from './shop-harness.ts'

let now = Date.UTC(2026, 10, 22, 12)
let test: TestApp
beforeAll(async () => {
  test = await openTestApp({ rooms: [room], now: () => now })
})
afterAll(() => test.close())

const openShop = () => openTestShop(test)

describe('sources and write keys', () => {
  it('are made, renamed, switched, replaced and revoked, and the log says so without telling the key', async () => {
    const { send, get, actions } = await openShop()
    const { id, key } = (await send('POST', '/sources', { name: 'Сайт' })).json()
    expect(key.key).toMatch(/^wk_\w{22}$/)
    expect((await send('POST', '/sources', { name: 'Сайт' })).statusCode).toBe(409)
    await send('PATCH', `/sources/${id}`, { name: 'Магазин', enabled: false })
    await send('PATCH', `/keys/${key.id}`, { enabled: false })
    const replaced = (await send('POST', `/keys/${key.id}/replace`)).json()
    const second = (await send('POST', `/sources/${id}/keys`)).json()
    await send('DELETE', `/keys/${second.id}`)
    expect((await send('DELETE', `/keys/${second.id}`)).statusCode).toBe(404)
    const { items } = (await get('/sources')) as { items: Source[] }
    expect(items).toMatchObject([{ name: 'Магазин', enabled: false }])
    expect(items[0]?.keys.map((item) => [item.key, item.enabled, item.endsAt !== null])).toEqual([
      [key.key, false, true],
      [replaced.key, true, false],
    ])
    const name = `…${key.key.slice(-4)}`
    expect((await actions()).reverse()).toEqual([
      'source.created Сайт',
      'source.renamed Магазин',
      'source.disabled Магазин',
      `key.disabled ${name}`,
      `key.replaced ${name}`,
      `key.created …${second.key.slice(-4)}`,
      `key.revoked …${second.key.slice(-4)}`,
    ])
  })

  it('of another shop are not there', async () => {
    const { send } = await openShop()
    const { id, key } = (await send('POST', '/sources', { name: 'Сайт' })).json()
    const other = await openShop()
    const answers = [
      await other.send('PATCH', `/sources/${id}`, { enabled: false }),
      await other.send('POST', `/sources/${id}/keys`),
      await other.send('DELETE', `/keys/${key.id}`),
      await other.send('POST', `/keys/${key.id}/replace`),
    ]
    expect(answers.map((answer) => answer.statusCode)).toEqual([404, 404, 404, 404])
  })
})

describe('a token', () => {
  const withToken = (token: string, url: string) =>
    test.as('nobody')({ url, headers: { authorization: `Bearer ${token}` } })

  it('is limited to its shop and role, and ends when it is revoked', async () => {
    const { shop, send, get } = await openShop()
    const { id, token } = (await send('POST', '/tokens', { name: 'Склад', role: 'viewer' })).json()
    expect(token).toMatch(/^tropa_\w{40}$/)
    expect((await withToken(token, '/api/shops')).json().items).toMatchObject([{ id: shop, role: 'viewer' }])
    expect((await withToken(token, `/api/shops/${shop}`)).statusCode).toBe(200)
    expect((await withToken(token, `/api/shops/${shop}/audit`)).statusCode).toBe(403)
    expect((await withToken(token, `/api/shops/${test.shop}`)).statusCode).toBe(404)
    expect((await withToken(token, '/api/account')).statusCode).toBe(403)
    expect(JSON.stringify(await get('/tokens'))).not.toContain(token)
    await send('DELETE', `/tokens/${id}`)
    expect((await withToken(token, '/api/shops')).statusCode).toBe(401)
  })

  it('ends on its day', async () => {
    const { send, get } = await openShop()
    const { token } = (await send('POST', '/tokens', { name: 'Склад', role: 'viewer', days: 1 })).json()
    now += 86_400_000
    expect((await withToken(token, '/api/shops')).statusCode).toBe(401)
    now -= 86_400_000
    expect((await get('/tokens')).items).toMatchObject([
      { expiresAt: new Date(now + 86_400_000).toISOString() },
    ])
  })

  it('may do no more than its maker, and makes none itself', async () => {
    const { shop, addMember, by, send } = await openShop()
    const marketer = by(await addMember('marketer'))
    expect((await marketer.send('POST', '/tokens', { name: 'x', role: 'owner' })).statusCode).toBe(403)
    expect((await marketer.send('POST', '/tokens', { name: 'x', role: 'marketer' })).statusCode).toBe(200)
    const { id, token } = (await send('POST', '/tokens', { name: 'x', role: 'owner' })).json()
    expect((await marketer.send('DELETE', `/tokens/${id}`)).statusCode).toBe(403)
    const made = await test.as('nobody')({
      method: 'POST',
      url: `/api/shops/${shop}/tokens`,
      payload: { name: 'y', role: 'viewer' },
      headers: { authorization: `Bearer ${token}` },
    })
    expect(made.statusCode).toBe(403)
  })

  it('remembers when it was used', async () => {
    const { send, get } = await openShop()
    const { token } = (await send('POST', '/tokens', { name: 'Склад', role: 'viewer' })).json()
    await withToken(token, '/api/shops')
    await expect
      .poll(async () => (await get('/tokens')).items[0].lastUsedAt, { timeout: 10_000 })
      .toBe(new Date(now).toISOString())
  })
})
