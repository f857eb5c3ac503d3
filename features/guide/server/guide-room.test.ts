import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestApp, type TestApp } from '../../../test/test-app.ts'
import { createShop, createWriteKey, ensureSource } from '../../accounts/server/actions.ts'
import type { ArrivalSites, Guide, ReachCheck } from '../contract.ts'

let test: TestApp
beforeAll(async () => {
  test = await openTestApp()
})
afterAll(() => test.close())

/** A shop of its own for each story, with an owner, a marketer, an operator, and a key for events. */
async function openShop() {
  const { db } = test.deps
  const shop = await createShop(db, { name: 'Guided' })
  const source = await ensureSource(db, shop, { kind: 'http', name: 'Website' })
  const key = await createWriteKey(db, { shop, source })
  const owner = await test.addMember(shop, 'owner')
  const guide = async () => (await owner.inject({ url: `/api/shops/${shop}/guide` })).json() as Guide
  const change = (body: object) =>
    owner.inject({ method: 'PATCH', url: `/api/shops/${shop}/guide`, payload: body })
  const send = (...batch: object[]) =>
    test.app.inject({ method: 'POST', url: '/v1/batch', payload: { writeKey: key, batch } })
  return { shop, owner, guide, change, send }
}

const page = (url: string, id = 'a') => ({
  type: 'page',
  anonymousId: id,
  messageId: `${url} ${id}`,
  context: { page: { url } },
})

describe('the guide', () => {
  it('starts with nothing done and follows what the shop really has', async () => {
    const { shop, owner, guide, send } = await openShop()
    expect(await guide()).toEqual({
      done: { shop: false, connect: false, event: false, reach: false },
      isOver: false,
      closedAt: null,
      publicUrl: 'http://localhost:3000',
      accepted: 0,
      refused: 0,
    })
    await owner.inject({ method: 'PATCH', url: `/api/shops/${shop}`, payload: { domains: ['tea.example'] } })
    expect((await guide()).done).toEqual({ shop: true, connect: false, event: false, reach: false })
    await send({ type: 'track', anonymousId: 'a' })
    expect(await guide()).toMatchObject({ done: { connect: true, event: false }, accepted: 0, refused: 1 })
    await send(page('https://tea.example/'))
    expect(await guide()).toMatchObject({ done: { connect: true, event: true }, accepted: 1, refused: 1 })
  })

  it('can be put away and taken out again', async () => {
    const { guide, change } = await openShop()
    expect((await change({ isClosed: true })).json()).toMatchObject({ isOver: true })
    expect((await guide()).closedAt).not.toBeNull()
    expect((await change({ isClosed: false })).json()).toMatchObject({ isOver: false, closedAt: null })
  })

  it('does not take a browser’s word about another address than the present one, nor plain HTTP for reached', async () => {
    const { change } = await openShop()
    const elsewhere = await change({ reachedFromBrowser: 'https://old.example.com' })
    expect((elsewhere.json() as Guide).done.reach).toBe(false)
    const plain = await change({ reachedFromBrowser: 'http://localhost:3000' })
    expect((plain.json() as Guide).done.reach).toBe(false)
  })

  it('tells from which sites events come, and which of them are the shop’s own', async () => {
    const { shop, owner, send } = await openShop()
    await owner.inject({ method: 'PATCH', url: `/api/shops/${shop}`, payload: { domains: ['tea.example'] } })
    await send(
      page('https://www.tea.example/'),
      page('https://m.tea.example/'),
      page('https://tea.example/b'),
    )
    await send(page('http://127.0.0.1:8080/'), { type: 'track', event: 'Paid', userId: 'u' })
    const { items, unknownKeys } = (
      await owner.inject({ url: `/api/shops/${shop}/guide/sites` })
    ).json() as ArrivalSites
    expect(items).toEqual([
      { domain: 'tea.example', n: 2, isOwn: true },
      { domain: '127.0.0.1', n: 1, isOwn: false },
      { domain: 'm.tea.example', n: 1, isOwn: true },
    ])
    expect(unknownKeys).toEqual([])
  })

  it('tells that the shop’s own site sends a key that nobody has, and tells no other shop', async () => {
    const { shop, owner } = await openShop()
    const other = await openShop()
    const sites = async (one: typeof other) =>
      (await one.owner.inject({ url: `/api/shops/${one.shop}/guide/sites` })).json() as ArrivalSites
    const settings = { method: 'PATCH', payload: { domains: ['honey.example'] } } as const
    await owner.inject({ ...settings, url: `/api/shops/${shop}` })
    const lost = await test.app.inject({
      method: 'POST',
      url: '/v1/batch',
      headers: { origin: 'https://www.honey.example' },
      payload: { writeKey: 'wk_nobody-has-this', batch: [page('https://honey.example/')] },
    })
    expect(lost.statusCode).toBe(401)
    expect((await sites({ ...other, shop, owner })).unknownKeys).toEqual([
      { domain: 'honey.example', hint: 'wk_nobo' },
    ])
    expect((await sites(other)).unknownKeys).toEqual([])
  })

  it('is for owners and marketers', async () => {
    const url = `/api/shops/${test.shop}/guide`
    expect((await test.as('marketer')({ url })).statusCode).toBe(200)
    expect((await test.as('operator')({ url })).statusCode).toBe(403)
    expect((await test.as('viewer')({ url })).statusCode).toBe(403)
  })
})

describe('the proof that this server answers', () => {
  it('is open to any page, and the same that the check tells its member', async () => {
    const { shop, owner } = await openShop()
    const started = await owner.inject({ method: 'POST', url: `/api/shops/${shop}/reachability` })
    const { nonce, mark, publicUrl, server } = started.json() as ReachCheck
    expect(server).toMatchObject({ outcome: 'local', host: 'localhost' })
    expect(publicUrl).toBe('http://localhost:3000')
    const answer = await test.app.inject({ url: `/api/reachability/${nonce}` })
    expect(answer.headers).toMatchObject({ 'access-control-allow-origin': '*', 'cache-control': 'no-store' })
    expect(answer.json()).toEqual({ mark, isForwarded: false })
    const other = await test.app.inject({ url: `/api/reachability/${nonce.split('').reverse().join('')}` })
    expect((other.json() as { mark: string }).mark).not.toBe(mark)
  })

  it('answers no other questions', async () => {
    for (const nonce of ['short', 'x'.repeat(23), '%2e%2e%2f'])
      expect((await test.app.inject({ url: `/api/reachability/${nonce}` })).statusCode).toBe(400)
  })
})
