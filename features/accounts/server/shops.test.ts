import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Role } from '../../../platform/http/access.ts'
import { openTestApp, type TestApp, type TestMember } from '../../../test/test-app.ts'
import type { AuditEntry, Invitation, Source, Token } from '../contract.ts'
import { createShop } from './actions.ts'
import { getShopSettings } from './reads.ts'
import { room } from './room.ts'

let now = Date.UTC(2026, 10, 22, 12)
let test: TestApp
beforeAll(async () => {
  test = await openTestApp({ rooms: [room], now: () => now })
})
afterAll(() => test.close())

/** A shop with one owner of its own, so that a test may turn it upside down. */
async function openShop() {
  const shop = await createShop(test.deps.db, { name: 'Чайна лавка' })
  const owner = await test.addMember(shop, 'owner')
  const by = (member: TestMember) => ({
    get: async (path = '') => (await member.inject({ url: `/api/shops/${shop}${path}` })).json(),
    send: (method: 'POST' | 'PATCH' | 'DELETE', path: string, payload?: object) =>
      member.inject({ method, url: `/api/shops/${shop}${path}`, payload }),
  })
  const actions = async () => {
    const { items } = (await by(owner).get('/audit')) as { items: AuditEntry[] }
    return items.map(({ action, target }) => `${action} ${target}`)
  }
  return { shop, owner, by, actions, addMember: (role: Role) => test.addMember(shop, role), ...by(owner) }
}

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
    const lookUp = async () => (await import('./reads.ts')).findWriteKey(test.deps, key)
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

describe('members', () => {
  it('get another role, which counts from their next request on', async () => {
    const { addMember, by, send, actions } = await openShop()
    const viewer = await addMember('viewer')
    expect((await by(viewer).send('POST', '/sources', { name: 'Site' })).statusCode).toBe(403)
    expect((await send('PATCH', `/members/${viewer.userId}`, { role: 'marketer' })).statusCode).toBe(200)
    expect((await by(viewer).send('POST', '/sources', { name: 'Site' })).statusCode).toBe(200)
    expect((await actions()).at(-1)).toBe(`member.role_changed ${viewer.name}`)
  })

  it('are removed at once', async () => {
    const { shop, addMember, send } = await openShop()
    const operator = await addMember('operator')
    expect((await operator.inject({ url: `/api/shops/${shop}` })).statusCode).toBe(200)
    expect((await send('DELETE', `/members/${operator.userId}`)).statusCode).toBe(200)
    expect((await operator.inject({ url: `/api/shops/${shop}` })).statusCode).toBe(404)
    expect((await send('DELETE', `/members/${operator.userId}`)).statusCode).toBe(404)
  })

  it('always have an owner among them', async () => {
    const { owner, addMember, by, send } = await openShop()
    const refused = [
      await send('PATCH', `/members/${owner.userId}`, { role: 'viewer' }),
      await send('DELETE', `/members/${owner.userId}`),
      await send('POST', '/leave'),
    ]
    expect(refused.map((answer) => answer.statusCode)).toEqual([409, 409, 409])
    const other = await addMember('owner')
    const answers = await Promise.all([
      by(owner).send('PATCH', `/members/${other.userId}`, { role: 'viewer' }),
      by(other).send('PATCH', `/members/${owner.userId}`, { role: 'viewer' }),
    ])
    // Whoever came second was no owner any more, or was the last one.
    expect(answers.map((answer) => answer.statusCode)).toContain(200)
    expect(answers.filter((answer) => answer.statusCode === 200)).toHaveLength(1)
  })

  it('take their tokens above the role that is left to them along', async () => {
    const { addMember, by, send, get } = await openShop()
    const marketer = await addMember('marketer')
    for (const role of ['marketer', 'viewer'])
      await by(marketer).send('POST', '/tokens', { name: `a ${role}'s`, role })
    await send('PATCH', `/members/${marketer.userId}`, { role: 'operator' })
    const names = async () => ((await get('/tokens')) as { items: Token[] }).items.map(({ name }) => name)
    expect(await names()).toEqual(["a viewer's"])
    await send('DELETE', `/members/${marketer.userId}`)
    expect(await names()).toEqual([])
  })
})

describe('an invitation', () => {
  const linkOf = (url: string) => `/api/invitations/${url.split('/').at(-1)}`
  const joining = { name: 'Ігор', password: 'довгий пароль тут', language: 'uk' }
  let count = 0
  const nextEmail = () => `ihor.${now}.${count++}@example.com`

  it('takes somebody new into the shop with its role, once', async () => {
    const { send, get, actions } = await openShop()
    const { url } = (await send('POST', '/invitations', { role: 'operator' })).json()
    expect(url).toMatch(/^http:\/\/localhost:3000\/invite\/\w{32}$/)
    const nobody = test.as('nobody')
    const link = (await nobody({ url: linkOf(url) })).json()
    expect(link).toMatchObject({ shopName: 'Чайна лавка', role: 'operator', email: null, signedInAs: null })
    const payload = { ...joining, email: nextEmail() }
    const join = () => nobody({ method: 'POST', url: `${linkOf(url)}/join`, payload })
    expect((await join()).statusCode).toBe(200)
    expect((await join()).statusCode).toBe(410)
    const { items } = await get('/members')
    expect(items.at(-1)).toMatchObject({ name: 'Ігор', role: 'operator', twoFactor: false })
    expect((await actions())[0]).toBe('member.joined Ігор')
  })

  it('takes somebody who has an account by a click', async () => {
    const { shop, send } = await openShop()
    const { url } = (await send('POST', '/invitations', { role: 'viewer' })).json()
    const guest = await test.addMember()
    expect((await guest.inject({ url: linkOf(url) })).json()).toMatchObject({ signedInAs: guest.email })
    const accepted = await guest.inject({ method: 'POST', url: `${linkOf(url)}/accept` })
    expect(accepted.json()).toEqual({ shop })
    expect((await guest.inject({ url: '/api/shops' })).json().items).toMatchObject([
      { id: shop, role: 'viewer' },
    ])
  })

  it('is not used up by somebody who is a member already', async () => {
    const { owner, send, get } = await openShop()
    const { url } = (await send('POST', '/invitations', { role: 'viewer' })).json()
    expect((await owner.inject({ method: 'POST', url: `${linkOf(url)}/accept` })).statusCode).toBe(409)
    expect(((await get('/invitations')) as { items: Invitation[] }).items).toHaveLength(1)
  })

  it('for an e-mail is for nobody else', async () => {
    const { send } = await openShop()
    const email = nextEmail()
    const { url } = (
      await send('POST', '/invitations', { role: 'viewer', email: ` ${email.toUpperCase()}` })
    ).json()
    const join = (payload: object) =>
      test.as('nobody')({ method: 'POST', url: `${linkOf(url)}/join`, payload })
    expect((await join({ ...joining, email: nextEmail() })).statusCode).toBe(403)
    expect((await join({ ...joining, email })).statusCode).toBe(200)
  })

  it('makes no second account for an e-mail', async () => {
    const { owner, send } = await openShop()
    const { url } = (await send('POST', '/invitations', { role: 'viewer' })).json()
    const payload = { ...joining, email: owner.email }
    const answer = await test.as('nobody')({ method: 'POST', url: `${linkOf(url)}/join`, payload })
    expect(answer.statusCode).toBe(409)
  })

  it('ends after a week, when taken back, and when its maker is no owner any more', async () => {
    const { send, addMember, by } = await openShop()
    const other = await addMember('owner')
    const links = []
    for (const member of [send, send, by(other).send])
      links.push(
        (await member('POST', '/invitations', { role: 'viewer' })).json() as { id: string; url: string },
      )
    const [old, taken, demoted] = links.map((link) => async () => {
      return (await test.as('nobody')({ url: linkOf(link.url) })).statusCode
    })
    expect([await old?.(), await taken?.(), await demoted?.()]).toEqual([200, 200, 200])
    await send('DELETE', `/invitations/${links[1]?.id}`)
    await send('PATCH', `/members/${other.userId}`, { role: 'marketer' })
    expect([await old?.(), await taken?.(), await demoted?.()]).toEqual([200, 410, 410])
    now += 7 * 86_400_000
    expect(await old?.()).toBe(410)
    now -= 7 * 86_400_000
  })
})

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
