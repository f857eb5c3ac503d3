import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestApp, type TestApp } from '../../../test/test-app.ts'
import type { Decision } from '../contract.ts'
import { listDecisions } from './reads.ts'
import { room } from './room.ts'

let app: TestApp
let url: string

beforeAll(async () => {
  app = await openTestApp({ rooms: [room] })
  url = `/api/shops/${app.shop}/decisions`
})
afterAll(() => app.close())

const chat = {
  day: '2026-03-02',
  title: '  Two operators in the evening ',
  touchpoint: 'chat',
  cost: 4_000_000,
  expected: 'A first answer within two minutes',
  note: 'From 18 to 22',
}

async function add(body: object): Promise<Decision> {
  const response = await app.as('marketer')({ method: 'POST', url, payload: body })
  expect(response.statusCode, response.body).toBe(201)
  return response.json()
}

const list = async (query = '') => {
  const response = await app.as('viewer')({ method: 'GET', url: url + query })
  expect(response.statusCode, response.body).toBe(200)
  return response.json() as { items: Decision[]; nextCursor: string | null }
}

describe('a decision', () => {
  it('is written down once and read by everyone, with the stage of its touchpoint', async () => {
    const made = await add(chat)
    expect(made).toMatchObject({
      day: '2026-03-02',
      title: 'Two operators in the evening',
      stage: 'contact',
      touchpoint: 'chat',
      cost: 4_000_000,
      currency: expect.any(String),
      createdBy: expect.stringContaining('marketer'),
    })
    expect((await list()).items).toEqual([made])
  })

  it('changes field by field, and moves from a touchpoint to a stage or to the whole path', async () => {
    const { id } = await add({ ...chat, title: 'Moved' })
    const change = async (payload: object) =>
      (await app.as('owner')({ method: 'PATCH', url: `${url}/${id}`, payload })).json()
    expect(await change({ cost: null })).toMatchObject({ cost: null, title: 'Moved', touchpoint: 'chat' })
    expect(await change({ cost: 0 })).toMatchObject({ cost: 0 })
    expect(await change({ stage: 'delivery', touchpoint: null })).toMatchObject({
      stage: 'delivery',
      touchpoint: null,
    })
    expect(await change({ stage: null })).toMatchObject({ stage: null, touchpoint: null })
  })

  it('that is removed is gone from lists and can be brought back', async () => {
    const { id } = await add({ ...chat, title: 'Removed' })
    const titles = async () => (await list()).items.map(({ title }) => title)
    const remove = () => app.as('marketer')({ method: 'DELETE', url: `${url}/${id}` })
    expect((await remove()).statusCode).toBe(200)
    expect(await titles()).not.toContain('Removed')
    expect((await remove()).statusCode).toBe(404)
    const patched = await app.as('owner')({ method: 'PATCH', url: `${url}/${id}`, payload: { note: 'x' } })
    expect(patched.statusCode).toBe(404)
    const back = await app.as('marketer')({ method: 'POST', url: `${url}/${id}/restore` })
    expect(back.json()).toMatchObject({ id, title: 'Removed' })
    expect(await titles()).toContain('Removed')
  })

  it.each([
    ['a day that isn’t one', { day: '2026-02-30' }, '/day'],
    ['a day of another century', { day: '1026-02-03' }, '/day'],
    ['no words', { title: '   ' }, '/title'],
    ['a touchpoint that the shop doesn’t have', { touchpoint: 'teleport' }, '/touchpoint'],
    ['a stage that the shop doesn’t have', { touchpoint: null, stage: 'nirvana' }, '/stage'],
    ['a negative cost', { cost: -1 }, '/cost'],
    ['half a kopeck', { cost: 0.5 }, '/cost'],
  ])('with %s is refused beside the field', async (_, wrong, path) => {
    const response = await app.as('owner')({ method: 'POST', url, payload: { ...chat, ...wrong } })
    expect(response.statusCode).toBe(400)
    const { error } = response.json()
    expect(error.code).toBe('validation_failed')
    expect(error.details.map(({ instancePath }: { instancePath: string }) => instancePath)).toContain(path)
  })

  it('is changed neither by those who may not nor through another shop', async () => {
    const { id } = await add({ ...chat, title: 'Ours' })
    for (const who of ['operator', 'viewer'] as const)
      expect((await app.as(who)({ method: 'POST', url, payload: chat })).statusCode).toBe(403)
    const { inject } = await app.addMember()
    expect((await inject({ method: 'GET', url })).statusCode).toBe(404)
    const absent = await app.as('owner')({ method: 'DELETE', url: `${url}/${id + 1_000_000}` })
    expect(absent.statusCode).toBe(404)
  })

  it('leaves its trace in the shop’s log', async () => {
    const { title } = await add({ ...chat, title: 'Traced' })
    const { rows } = (await app.deps.db.execute(
      `SELECT action, target FROM audit_log WHERE shop = ${app.shop} ORDER BY id DESC LIMIT 1`,
    )) as unknown as { rows: unknown[] }
    expect(rows).toEqual([{ action: 'decision.made', target: title }])
  })
})

describe('the list', () => {
  it('comes by pages, the latest day first, and is narrowed to a period and a place', async () => {
    for (const day of ['2025-01-01', '2025-01-02', '2025-01-03'])
      await add({ day, title: `On ${day}`, stage: 'receipt' })
    const first = await list('?from=2025-01-01&to=2025-01-04&limit=2')
    expect(first.items.map(({ day }) => day)).toEqual(['2025-01-03', '2025-01-02'])
    const rest = await list(`?from=2025-01-01&to=2025-01-04&limit=2&cursor=${first.nextCursor}`)
    expect(rest.items.map(({ day }) => day)).toEqual(['2025-01-01'])
    expect(rest.nextCursor).toBeNull()
    expect((await list('?stage=receipt')).items).toHaveLength(3)
    expect((await list('?touchpoint=courier')).items).toEqual([])
    const bad = await app.as('viewer')({ method: 'GET', url: `${url}?cursor=nonsense` })
    expect(bad.statusCode).toBe(400)
  })

  it('for trends comes oldest first and whole', async () => {
    const found = await listDecisions(app.deps.db, app.shop, { from: '2025-01-02', to: '2025-02-01' })
    expect(found.map(({ day }) => day)).toEqual(['2025-01-02', '2025-01-03'])
  })
})
