import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readDemoOptions } from '../../demo/options.ts'
import { tellByMonth } from '../../demo/tell-by-month.ts'
import type { DemoState } from '../../features/guide/contract.ts'
import type { JourneyMap } from '../../features/journeys/contract.ts'
import { createClickhouse } from '../../platform/clickhouse.ts'
// @ts-expect-error plain JavaScript, shared with the start script
import { buildServer } from '../../scripts/lib/build-all.mjs'
import { becomeOwner, findFreePort, type ServerProcess, startServerProcess } from './server-process.ts'

const root = join(import.meta.dirname, '../..')
/** Enough that it takes some seconds. */
const PERSONS = '3000'

let dataDir: string
let port: number
let server: ServerProcess
let cookie: string

beforeAll(async () => {
  await buildServer(root)
  dataDir = await mkdtemp(join(tmpdir(), 'tropa-demo-'))
  port = await findFreePort()
}, 120_000)
afterAll(async () => {
  await server?.stop()
  await rm(dataDir, { recursive: true, force: true })
})

const start = () => startServerProcess({ dataDir, port, args: ['--demo', '--persons', PERSONS] })

async function ask<T>(path: string): Promise<T> {
  const answer = await fetch(`${server.url}/api${path}`, { headers: { cookie } })
  expect(answer.status, path).toBe(200)
  return (await answer.json()) as T
}

async function findDemo(shop: number): Promise<DemoState> {
  return ask(`/shops/${shop}/demo`)
}

let own: number
let demo: number

test('from an empty folder: while the demo shop is made the server serves, and says how far it is', async () => {
  server = await start()
  const owner = await becomeOwner(server)
  cookie = owner.cookie
  own = owner.shop
  await expect
    .poll(() => findDemo(own))
    .toMatchObject({ state: 'running', shop: expect.any(Number), share: expect.any(Number) })
  await expect.poll(async () => (await findDemo(own)).events).toBeGreaterThan(0)
  const { state, share, shop } = await findDemo(own)
  expect(state).toBe('running')
  expect(share).toBeLessThan(1)
  demo = shop as number
})

test('who presses the button meanwhile is told of the same shop', async () => {
  const answer = await fetch(`${server.url}/api/shops/${own}/demo`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json', 'x-tropa-request': '1' },
    body: JSON.stringify({ isWanted: true }),
  })
  expect(await answer.json()).toMatchObject({ shop: demo })
})

test('told to stop in the middle it stops, and started again it goes on to the end', async () => {
  await server.stop()
  expect(server.output()).not.toContain('” is ready')
  expect(server.output()).not.toContain('could not be made')
  server = await start()
  await expect.poll(() => findDemo(own), { timeout: 120_000 }).toMatchObject({ state: 'there', shop: demo })
  expect(server.output()).toMatch(/events in .* s, [\d,]+ were there before/)
})

test('every event is there once', async () => {
  const options = readDemoOptions({ persons: PERSONS }, Date.now())
  let told = 0
  for (const { messages } of tellByMonth(options, 10_000)) told += messages.length
  const { clickhouseUrl } = await server.engines()
  const clickhouse = createClickhouse(clickhouseUrl)
  try {
    const [row] = await clickhouse.query<{ rows: number; ids: number }>(
      `SELECT count() AS rows, uniqExact(message_id) AS ids FROM events
       WHERE shop = {shop:UInt32} AND startsWith(message_id, 'demo-')`,
      { params: { shop: demo } },
    )
    expect(row).toEqual({ rows: told, ids: told })
  } finally {
    await clickhouse.close()
  }
})

test('the map answers with what the demo shop’s customers said at every stage', async () => {
  const to = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)
  const from = new Date(Date.now() - 560 * 86_400_000).toISOString().slice(0, 10)
  const map = await ask<JourneyMap>(`/shops/${demo}/journey-map?from=${from}&to=${to}`)
  expect(map.stages.map(({ key }) => key)).toEqual([
    ...['need', 'search', 'first_look', 'site', 'contact', 'order', 'delivery', 'receipt', 'aftercare'],
    'opinion',
  ])
  for (const { key, persons } of map.stages) expect(persons, key).toBeGreaterThan(100)
  const contact = map.stages.find(({ key }) => key === 'contact')
  expect(contact?.said?.n).toBeGreaterThan(100)
  expect(contact?.kept?.n).toBeGreaterThan(100)
})
