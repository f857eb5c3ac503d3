import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestApp, type TestApp } from '../../../test/test-app.ts'
import type { Invitation, Token } from '../contract.ts'
import { room } from './room.ts'
import { openTestShop } from './shop-harness.ts'

let now = Date.UTC(2026, 10, 22, 12)
let test: TestApp
beforeAll(async () => {
  test = await openTestApp({ rooms: [room], now: () => now })
})
afterAll(() => test.close())

const openShop = () => openTestShop(test)

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
