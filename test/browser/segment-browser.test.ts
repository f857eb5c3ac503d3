import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { AnalyticsBrowser } from '@segment/analytics-next'
import { build } from 'esbuild'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type IngestHarness, openIngest } from '../../features/ingestion/server/ingest-harness.ts'
import { openChromium } from './chromium.ts'

declare const segment: { AnalyticsBrowser: typeof AnalyticsBrowser }

let ingest: IngestHarness
let tropa: string
let browser: Browser
let context: BrowserContext
let page: Page
let bundle: string

/** The shop's own page: another origin than Tropa, as in life. */
const shop = createServer((_request, response) => {
  response.writeHead(200, { 'content-type': 'text/html' })
  response.end('<!doctype html><title>Example shop</title><h1>Shoes</h1>')
})

beforeAll(async () => {
  const entry = {
    contents: `export { AnalyticsBrowser } from '@segment/analytics-next'`,
    resolveDir: import.meta.dirname,
  }
  const built = await build({
    stdin: entry,
    bundle: true,
    format: 'iife',
    globalName: 'segment',
    write: false,
    define: { 'process.env.NODE_ENV': '"production"' },
  })
  bundle = built.outputFiles[0]?.text ?? ''
  await new Promise<void>((done) => shop.listen(0, '127.0.0.1', done))
  browser = await openChromium()
})
afterAll(async () => {
  await browser?.close()
  shop.close()
})
beforeEach(async () => {
  ingest = await openIngest()
  tropa = await ingest.listen()
  context = await browser.newContext()
  page = await context.newPage()
  await page.goto(
    `http://127.0.0.1:${(shop.address() as AddressInfo).port}/shoes?utm_source=newsletter&utm_medium=email`,
  )
  await page.addScriptTag({ content: bundle })
  return async () => {
    await context.close()
    await ingest.close()
  }
})

test('Segment’s client for browsers, unmodified, learns where to send and sends', async () => {
  await page.evaluate(
    async ([writeKey, cdnURL]) => {
      const analytics = segment.AnalyticsBrowser.load({ writeKey: String(writeKey), cdnURL: String(cdnURL) })
      await analytics.page('Catalogue', 'Shoes')
      await analytics.track('Product Viewed', { product_id: 'sku-1', value: 12.5, currency: 'UAH' })
      await analytics.identify('u1', { email: 'olena@example.com' })
    },
    [ingest.key, tropa],
  )
  await expect.poll(async () => (await ingest.events()).length, { timeout: 20_000 }).toBe(3)
  const events = await ingest.events()
  expect(events.find((row) => row.kind === 'page')).toMatchObject({
    name: 'Shoes',
    path: '/shoes',
    utm_source: 'newsletter',
    channel: 'email',
  })
  expect(events.find((row) => row.kind === 'track')).toMatchObject({ name: 'Product Viewed', amount: 1_250 })
  expect(events.find((row) => row.kind === 'identify')).toMatchObject({
    user_id: 'u1',
    traits: '{"email":"olena@example.com"}',
  })
  expect(new Set(events.map((row) => row.anonymous_id)).size).toBe(1)
})

test('batches, and what is left when the page goes, arrive too', async () => {
  await page.evaluate(
    async ([writeKey, cdnURL]) => {
      const batching = { strategy: 'batching' as const, config: { size: 3, timeout: 60_000 } }
      const analytics = segment.AnalyticsBrowser.load(
        { writeKey: String(writeKey), cdnURL: String(cdnURL) },
        { integrations: { 'Segment.io': { deliveryStrategy: batching } } },
      )
      for (const n of [1, 2, 3, 4]) await analytics.track(`Step ${n}`)
    },
    [ingest.key, tropa],
  )
  await expect.poll(async () => (await ingest.events()).length, { timeout: 20_000 }).toBe(3)
  await page.goto('about:blank')
  await expect
    .poll(async () => (await ingest.events()).map((row) => row.name).sort(), { timeout: 20_000 })
    .toEqual(['Step 1', 'Step 2', 'Step 3', 'Step 4'])
})
