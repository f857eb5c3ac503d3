import { setTimeout as passed } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { takeDemoLease } from '../demo/load/demo-lease.ts'
import { nameShop, readDemoOptions } from '../demo/options.ts'
import type { DemoState } from '../features/guide/contract.ts'
import { openTestApp, type TestApp } from '../test/test-app.ts'
import { createDemoRoom } from './demo-room.ts'
import { rooms } from './rooms.ts'

// A shop of another seed than anybody else's, so that it isn't there yet.
const args = { persons: '20', days: '120', seed: '907' }
let test: TestApp
beforeAll(async () => {
  test = await openTestApp({ rooms: [...rooms.filter(({ name }) => name !== 'demo'), createDemoRoom(args)] })
})
afterAll(() => test.close())

const ask = async (method: 'GET' | 'POST') => {
  const payload = method === 'POST' ? { isWanted: true } : undefined
  const answer = await test.as('owner')({ method, url: `/api/shops/${test.shop}/demo`, payload })
  return answer.json() as DemoState
}

async function waitUntilOver(): Promise<DemoState> {
  for (;;) {
    const state = await ask('GET')
    if (state.state !== 'running') return state
    await passed(100)
  }
}

it('makes the demo shop at the press of a button, tells how far it is, and makes no second one', async () => {
  expect(await ask('GET')).toEqual({ state: 'absent', share: 0, events: 0, shop: null })
  expect(await ask('POST')).toMatchObject({ state: 'running' })
  expect(await ask('POST')).toMatchObject({ state: 'running' })
  const made = await waitUntilOver()
  expect(made).toMatchObject({ state: 'there', share: 1, shop: expect.any(Number) })
  expect(made.events).toBeGreaterThan(20)
  await ask('POST')
  expect(await waitUntilOver()).toMatchObject({ state: 'there', shop: made.shop })
})

it('shows to everyone how far another process is, and begins nothing beside it', async () => {
  const name = nameShop(readDemoOptions(args, test.deps.now()))
  const lease = await takeDemoLease(test.deps.db, name)
  lease.report({ persons: 5, personsTotal: 20, events: 300 })
  const look = async () =>
    (await test.as('viewer')({ url: `/api/shops/${test.shop}/demo` })).json() as DemoState
  await vi.waitUntil(async () => (await look()).events === 300, { timeout: 10_000, interval: 100 })
  expect(await look()).toMatchObject({ state: 'running', share: 0.25 })
  expect(await ask('POST')).toMatchObject({ state: 'running', share: 0.25 })
  await lease.release()
  expect(await ask('GET')).toMatchObject({ state: 'there' })
})

it('is made by owners only', async () => {
  const url = `/api/shops/${test.shop}/demo`
  expect((await test.as('marketer')({ method: 'POST', url })).statusCode).toBe(403)
  expect((await test.as('viewer')({ method: 'POST', url, payload: { isWanted: true } })).statusCode).toBe(403)
  expect((await test.as('owner')({ method: 'POST', url, payload: {} })).statusCode).toBe(400)
})
