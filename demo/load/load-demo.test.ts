import { hostname } from 'node:os'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { updateSource } from '../../features/accounts/server/actions.ts'
import { listSources } from '../../features/accounts/server/reads.ts'
import { listDecisions } from '../../features/decisions/server/reads.ts'
import { countOrders } from '../../features/orders/server/reads.ts'
import { isAppError } from '../../kernel/errors.ts'
import type { System } from '../../server/open-system.ts'
import { openTestSystem } from '../../test/harness.ts'
import type { DemoMessage } from '../messages/message-book.ts'
import { type DemoOptions, nameShop, readDemoOptions } from '../options.ts'
import { tellByMonth } from '../tell-by-month.ts'
import { addDemoDecisions } from './demo-decisions.ts'
import { findDemoInTheMaking, takeDemoLease } from './demo-lease.ts'
import type { DemoShop } from './demo-shop.ts'
import { type DemoOutcome, loadDemo } from './load-demo.ts'

let system: System
let options: DemoOptions
let outcome: DemoOutcome
let told: DemoMessage[]

beforeAll(async () => {
  system = await openTestSystem()
  // A seed of its own: the shop goes by its name, and tests share the stores.
  const args = { seed: '501', persons: '500', end: '2026-11-22' }
  options = readDemoOptions(args, Date.UTC(2026, 10, 22, 12))
  told = [...tellByMonth(options, 10_000)].flatMap(({ messages }) => messages)
  outcome = await loadDemo(system.deps, options)
  await system.deps.runner.drain()
})
afterAll(() => system.close())

function ask<T>(sql: string): Promise<T[]> {
  return system.deps.clickhouse.query<T & Record<string, unknown>>(sql, { params: { shop: outcome.shop.id } })
}

function count(event: string): number {
  return told.filter((message) => message.event === event).length
}

it('records every message once, and refuses none', async () => {
  expect(outcome).toMatchObject({ recorded: told.length, duplicates: 0, rejected: 0, wasWhole: false })
  expect(outcome).toMatchObject({ hasEffects: true, shop: { name: 'Demo «Іскра» · seed 501 · persons 500' } })
  const [rows] = await ask<{ n: number }>(
    `SELECT count() AS n FROM events FINAL WHERE shop = {shop:UInt32} AND startsWith(message_id, 'demo-')`,
  )
  expect(rows?.n).toBe(told.length)
})

it('orders come out as the simulator made them', async () => {
  expect(await countOrders(system.deps.db, outcome.shop.id)).toMatchObject({
    orders: count('Order Completed'),
    boughtOut: count('Order Delivered'),
  })
})

it('what the shop did is written down once, where its history shows it', async () => {
  const shop = { id: outcome.shop.id, options } as DemoShop
  await addDemoDecisions(system.deps.db, shop)
  const decisions = await listDecisions(system.deps.db, outcome.shop.id)
  expect(decisions.map(({ touchpoint }) => touchpoint)).toContain('social_page')
  expect(new Set(decisions.map(({ title, day }) => `${day} ${title}`)).size).toBe(decisions.length)
})

it('customers who ordered are known by their name', async () => {
  const { rows } = await system.postgres.pool.query<{ n: string }>(
    'SELECT count(*) AS n FROM persons WHERE shop = $1 AND known',
    [outcome.shop.id],
  )
  const known = new Set(told.filter(({ type }) => type === 'identify').map(({ userId }) => userId))
  expect(Number(rows[0]?.n)).toBe(known.size)
})

/** What is no contact: it says who somebody is, or what was promised. */
const NO_CONTACT = ['', 'Promise Made', 'Newsletter Subscribed', 'Order Packed', 'Order Cancelled']

it('every contact is claimed by a touchpoint', async () => {
  const rows = await ask<{ name: string; n: number }>(
    `SELECT if(kind = 'track', name, '') AS name, count() AS n FROM events FINAL
     WHERE shop = {shop:UInt32} AND touchpoint = '' GROUP BY name`,
  )
  expect(rows.map(({ name }) => name).filter((name) => !NO_CONTACT.includes(name))).toEqual([])
})

it('all stages have their contacts, and none has more than the catalogue', async () => {
  const rows = await ask<{ key: string; stage: string; n: number }>(
    `SELECT key, count() AS n FROM events FINAL ARRAY JOIN [arrival, touchpoint] AS key
     WHERE shop = {shop:UInt32} AND key != '' AND name != 'Page Measured' GROUP BY key ORDER BY n DESC`,
  )
  expect(rows[0]?.key).toBe('catalogue')
  expect(rows.map(({ key }) => key)).toEqual(
    expect.arrayContaining([
      ...['display_ad', 'friend', 'blogger', 'forum', 'search_ad', 'organic_search', 'price_comparison'],
      ...['map_listing', 'landing_page', 'social_page', 'site_search', 'product_page', 'info_pages', 'faq'],
      ...['phone_call', 'call_back', 'chat', 'email_form', 'assistant', 'store_talk', 'cart', 'checkout'],
      ...['payment', 'confirmation', 'confirming_call', 'status_message', 'carrier', 'where_is_order'],
      ...['branch', 'courier', 'store_pickup', 'parcel', 'how_to', 'warranty', 'newsletter', 'survey'],
      ...['public_review', 'repeat_order', 'marketplace', 'comparing', 'store_receipt', 'complaint'],
      'ads_after_buying',
    ]),
  )
})

it('ads have their price by day and campaign, and it meets the visits they brought', async () => {
  const { rows } = await system.postgres.pool.query<{ source: string; medium: string; campaign: string }>(
    'SELECT DISTINCT source, medium, campaign FROM ad_costs WHERE shop = $1 AND amount > 0',
    [outcome.shop.id],
  )
  const seen = await ask<{ tags: string[] }>(
    `SELECT DISTINCT [utm_source, utm_medium, utm_campaign] AS tags FROM events FINAL WHERE shop = {shop:UInt32} AND utm_source != ''`,
  )
  expect(rows.length).toBeGreaterThan(3)
  const paid = rows.map(({ source, medium, campaign }) => [source, medium, campaign])
  expect(seen.map(({ tags }) => tags)).toEqual(expect.arrayContaining(paid))
})

it('a second run adds nothing, and says that all is there', async () => {
  expect(await loadDemo(system.deps, options)).toMatchObject({ recorded: 0, wasWhole: true })
})

it('a run on another day does not prolong the history; another end asked for is refused', async () => {
  const earlier = { ...options, end: options.end - 5 }
  expect(await loadDemo(system.deps, earlier)).toMatchObject({ recorded: 0, wasWhole: true })
  const refused = await loadDemo(system.deps, earlier, { isEndGiven: true }).catch((error) => error)
  expect(isAppError(refused) && refused.message).toMatch(/ends on 2026-11-22.*--seed/)
})

it('a run that was killed goes on, and counts nothing twice', async () => {
  const { db } = system.deps
  const [source] = await listSources(db, outcome.shop.id)
  await updateSource(db, outcome.shop.id, source?.id ?? 0, { name: 'Demo to 2026-11-22, not whole' })
  expect(await loadDemo(system.deps, options)).toMatchObject({ recorded: 0, duplicates: told.length })
  const [rows] = await ask<{ n: number }>(
    `SELECT count() AS n FROM events WHERE shop = {shop:UInt32} AND startsWith(message_id, 'demo-')`,
  )
  expect(rows?.n).toBe(told.length)
})

it('a run that is stopped says so and leaves the rest for another', async () => {
  const other = { ...options, seed: 502, persons: 60 }
  const stopped = await loadDemo(system.deps, other, { signal: AbortSignal.abort() }).catch((error) => error)
  expect(isAppError(stopped) && stopped.message).toMatch(/run it again/)
  const rest = await loadDemo(system.deps, other)
  expect(rest.recorded + rest.duplicates).toBe(
    [...tellByMonth(other, 1_000)].flatMap((one) => one.messages).length,
  )
})

it('two processes never make the same shop at once; a silent or dead one is not waited for', async () => {
  const { db } = system.deps
  const mine = { ...options, seed: 503, persons: 20 }
  const name = nameShop(mine)
  const lease = await takeDemoLease(db, name)
  const refused = await loadDemo(system.deps, mine).catch((error) => error)
  expect(isAppError(refused) && [refused.code, refused.message]).toEqual([
    'conflict',
    `“${name}” is being made by another process at this moment; wait until it is whole, or make another shop with --seed.`,
  ])
  await lease.release()
  const hold = (runner: string, seconds: number) =>
    system.postgres.pool.query(
      `INSERT INTO demo_leases (name, runner, beat_at) VALUES ($1, $2, now() - make_interval(secs => $3))`,
      [name, runner, seconds],
    )
  await hold('another-machine:1:x', 31)
  await (await takeDemoLease(db, name)).release()
  // No process has so high a number.
  await hold(`${hostname()}:4194305:x`, 0)
  expect(await loadDemo(system.deps, mine)).toMatchObject({ wasWhole: false })
  expect(await findDemoInTheMaking(db, [name])).toBeUndefined()
})
