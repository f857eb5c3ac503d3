import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestApp, type TestApp } from '../../../test/test-app.ts'
import type { AuditEntry } from '../contract.ts'
import { findWriteKey, getShopSettings } from './reads.ts'
import { room } from './room.ts'
import { openTestShop } from './shop-harness.ts'

let test: TestApp
beforeAll(async () => {
  test = await openTestApp({ rooms: [room] })
})
afterAll(() => test.close())

const openShop = () => openTestShop(test)

describe('settings of a shop', () => {
  it('are changed by its owner and count for the other rooms at once', async () => {
    const { shop, get, send, actions } = await openShop()
    const domains = ['https://www.Чай.укр/каталог?a=1', 'tea.ua', 'TEA.ua ']
    const change = {
      name: ' Tea ',
      timeZone: 'Europe/Warsaw',
      domains,
      phoneCountry: 'PL',
      consentMode: 'require',
    }
    expect((await send('PATCH', '', change)).statusCode).toBe(200)
    const expected = { ...change, name: 'Tea', domains: ['xn--80as4b.xn--j1amh', 'tea.ua'] }
    expect(await get()).toMatchObject({ ...expected, currency: 'UAH', isArchived: false })
    expect(await getShopSettings(test.deps, shop)).toMatchObject(expected)
    expect(await actions()).toEqual(['shop.changed Tea'])
  })

  it('that are the same leave no line in the log', async () => {
    const { send, actions } = await openShop()
    await send('PATCH', '', { currency: 'UAH' })
    expect(await actions()).toEqual([])
  })

  it.each([
    ['currency', { currency: 'AAA' }, 'currency'],
    ['timeZone', { timeZone: '+02:00' }, 'time_zone'],
    ['domains', { domains: ['не сайт'] }, 'domain'],
    ['name', { name: '   ' }, 'pattern'],
  ])('name the field %s when it is not right', async (field, change, rule) => {
    const { send } = await openShop()
    const answer = await send('PATCH', '', change)
    expect(answer.statusCode).toBe(400)
    expect(answer.json().error.details).toMatchObject([{ instancePath: `/${field}`, keyword: rule }])
  })
})

describe('a closed shop', () => {
  it('takes its name typed to close, is seen by owners only, and can be opened again', async () => {
    const { shop, owner, addMember, by, send, actions } = await openShop()
    const viewer = await addMember('viewer')
    const { key } = (await send('POST', '/sources', { name: 'Site' })).json().key
    const lookUp = () => findWriteKey(test.deps, key)
    expect((await send('POST', '/archive', { name: 'Кавова лавка' })).statusCode).toBe(400)
    expect((await send('POST', '/archive', { name: 'Чайна лавка' })).statusCode).toBe(200)
    expect(await lookUp()).toBeUndefined()
    expect((await viewer.inject({ url: `/api/shops/${shop}` })).statusCode).toBe(404)
    expect((await owner.inject({ url: '/api/shops' })).json().items).toEqual([])
    expect((await owner.inject({ url: '/api/session' })).json().archivedShops).toMatchObject([{ id: shop }])
    expect((await by(owner).send('POST', '/restore')).statusCode).toBe(200)
    expect(await lookUp()).toMatchObject({ shop })
    expect((await viewer.inject({ url: `/api/shops/${shop}` })).statusCode).toBe(200)
    expect((await actions()).slice(0, 2)).toEqual(['shop.restored Чайна лавка', 'shop.archived Чайна лавка'])
  })
})

describe('the audit log', () => {
  it('is read in pages and narrowed to who did what', async () => {
    const { owner, addMember, by, send, get } = await openShop()
    const marketer = await addMember('marketer')
    for (let n = 0; n < 3; n++) await send('POST', '/sources', { name: `Сайт ${n}` })
    await by(marketer).send('POST', '/sources', { name: 'Сайт маркетолога' })
    const first = await get('/audit?limit=2')
    const second = await get(`/audit?limit=2&cursor=${first.nextCursor}`)
    const targets = [...first.items, ...second.items].map((entry: AuditEntry) => entry.target)
    expect(targets).toEqual(['Сайт маркетолога', 'Сайт 2', 'Сайт 1', 'Сайт 0'])
    expect(second.nextCursor).toBeNull()
    expect((await get(`/audit?actor=${marketer.userId}`)).items).toHaveLength(1)
    expect((await get('/audit?action=source.created')).items).toHaveLength(4)
    expect((await get('/audit?action=key.revoked')).items).toHaveLength(0)
    const { actors, actions } = await get('/audit/choices')
    expect(actions).toEqual(['source.created'])
    expect(actors.map((actor: { id: string }) => actor.id).sort()).toEqual(
      [owner.userId, marketer.userId].sort(),
    )
  })
})
