import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type IngestServer, openIngestServer } from '../../features/ingestion/server/ingest-harness.ts'
import { openChromium } from './chromium.ts'
import { openTrackerShop, type TrackerShop } from './tracker-shop.ts'

declare const tropa: Record<string, (...args: unknown[]) => unknown>

let browser: Browser
let server: IngestServer
let shop: TrackerShop

beforeAll(async () => {
  browser = await openChromium()
  server = await openIngestServer()
}, 60_000)
afterAll(async () => {
  await browser?.close()
  await server?.close()
})
afterEach(() => shop?.close())

async function open(consent: string, eventsPerSecond?: number): Promise<void> {
  shop = await openTrackerShop(browser, eventsPerSecond === undefined ? { server } : { eventsPerSecond })
  shop.attributes = `data-consent="${consent}"`
  await shop.goto('/')
  await countOf('page').toBe(1)
}

const countOf = (name?: string) => expect.poll(async () => (await shop.events(name)).length)
const track = (name: string) => shop.page.evaluate((event) => tropa.track?.(event), name)
/** How often a message was on its way, by its name. */
const countSent = (name: string) => shop.road.bodies.filter((body) => body.includes(`"${name}"`)).length

test.each(['cookieless', 'full'])(
  '%s: what is told just before the page is left arrives',
  async (consent) => {
    await open(consent)
    await shop.page.evaluate((url) => {
      tropa.track?.('Order Completed', { order_id: 'A-1', total: 10 })
      location.assign(url)
    }, `${shop.origin}/thanks`)
    await countOf('page').toBe(2)
    await countOf('Order Completed').toBe(1)
    await countOf('Page Measured').toBe(1)
  },
)

test.each(['cookieless', 'full'])(
  '%s: a page left while a request is under way loses and doubles nothing',
  async (consent) => {
    await open(consent)
    shop.road.state = 'held'
    await track('Under way')
    await expect.poll(() => countSent('Under way')).toBe(1)
    await track('Not yet sent')
    await shop.page.goto(`${shop.origin}/next`)
    shop.road.state = 'open'
    await countOf('page').toBe(2)
    await countOf('Under way').toBe(1)
    await countOf('Not yet sent').toBe(1)
  },
)

test('what happens without a network is kept, and sent by the next page as it was', async () => {
  await open('full')
  await shop.context.setOffline(true)
  await track('Offline')
  await expect.poll(() => shop.page.evaluate(() => Object.keys(localStorage).length)).toBe(2)
  await track('Last words')
  const next = await shop.context.newPage()
  const closed = shop.page.waitForEvent('close')
  await shop.page.close({ runBeforeUnload: true })
  await closed
  await shop.context.setOffline(false)
  shop.page = next
  await shop.page.goto(`${shop.origin}/next`)
  await countOf('Offline').toBe(1)
  await countOf('Last words').toBe(1)
  await countOf('page').toBe(2)
  const stored = () => shop.page.evaluate(() => Object.keys(localStorage))
  await expect.poll(stored).toEqual(['tropa'])
  const [offline] = await shop.events('Offline')
  const [view] = await shop.events('page')
  expect(offline?.session_id).toBe(view?.session_id)
})

test('a server that is away is asked again after a pause, with the same message', async () => {
  await open('cookieless')
  shop.road.state = 'broken'
  await track('Patient')
  await expect.poll(() => countSent('Patient')).toBeGreaterThanOrEqual(2)
  shop.road.state = 'open'
  await countOf('Patient').toBe(1)
  const ids = shop.road.bodies.flatMap((body) =>
    (JSON.parse(body).batch as { event?: string; messageId: string }[])
      .filter(({ event }) => event === 'Patient')
      .map(({ messageId }) => messageId),
  )
  expect(ids.length).toBeGreaterThanOrEqual(3)
  expect(new Set(ids).size).toBe(1)
})

test('a server that asks for slowness gets it, and in the end everything', async () => {
  await open('cookieless', 1)
  for (const name of ['One', 'Two', 'Three', 'Four']) {
    await track(name)
    await shop.page.waitForTimeout(300)
  }
  await countOf('track').toBe(4)
})

test('a request that can never be taken is not repeated', async () => {
  await open('cookieless')
  await shop.page.evaluate((event) => tropa.track?.(event, { text: 'x'.repeat(40_000) }), 'Refused')
  await expect.poll(() => countSent('Refused')).toBe(1)
  await track('Next')
  await expect.poll(() => countSent('Next')).toBe(1)
  expect(countSent('Refused')).toBe(1)
})

test('a long time without a network fills no more than one request, and harms nothing', async () => {
  await open('full')
  await shop.context.setOffline(true)
  await shop.page.evaluate(() => {
    for (let n = 0; n < 3_000; n++) tropa.track?.('Many', { n, text: 'ї'.repeat(100) })
  })
  await shop.context.setOffline(false)
  await expect.poll(async () => (await shop.events('Many')).length, { timeout: 60_000 }).toBeGreaterThan(200)
  for (const body of shop.road.bodies) expect(Buffer.byteLength(body)).toBeLessThan(500 * 1024)
})
