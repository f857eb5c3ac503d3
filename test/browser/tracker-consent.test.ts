import type { Browser, BrowserContextOptions } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type IngestServer, openIngestServer } from '../../features/ingestion/server/ingest-harness.ts'
import { openChromium } from './chromium.ts'
import { openTrackerShop, type TrackerShop } from './tracker-shop.ts'

declare const tropa: Record<string, (...args: unknown[]) => unknown>

let browser: Browser
let server: IngestServer
let shop: TrackerShop
const failures: string[] = []

beforeAll(async () => {
  browser = await openChromium()
  server = await openIngestServer()
}, 60_000)
afterAll(async () => {
  await browser?.close()
  await server?.close()
})
afterEach(async () => {
  await shop?.close()
  expect(failures.splice(0)).toEqual([])
})

type Options = NonNullable<Parameters<typeof openTrackerShop>[1]>

async function open(consent: string, options: Options = {}): Promise<void> {
  shop = await openTrackerShop(browser, { server, ...options })
  shop.attributes = consent && `data-consent="${consent}"`
  shop.page.on('pageerror', (error) => failures.push(error.message))
}

const countOf = (name?: string) => expect.poll(async () => (await shop.events(name)).length)
const track = (name: string) => shop.page.evaluate((event) => tropa.track?.(event), name)
const answer = (mode: string) => shop.page.evaluate((given) => tropa.consent?.(given), mode)

/** Everything that the page has put on the visitor's device. */
async function listStored(): Promise<string[]> {
  const cookies = (await shop.context.cookies()).map(({ name }) => `cookie ${name}`)
  const entries = await shop.page.evaluate(() => [
    ...Object.keys(localStorage),
    ...Object.keys(sessionStorage),
  ])
  return [...cookies, ...entries]
}

describe('without an answer', () => {
  test('nothing is stored, and each page load is a visitor of its own', async () => {
    await open('')
    await shop.goto('/one')
    await track('Looked')
    await shop.goto('/two')
    await countOf('page').toBe(2)
    await countOf('Looked').toBe(1)
    expect(await listStored()).toEqual([])
    const [first, second] = await shop.events('page')
    const [looked] = await shop.events('Looked')
    expect(looked).toMatchObject({ anonymous_id: first?.anonymous_id, session_id: first?.session_id })
    expect(second?.anonymous_id).not.toBe(first?.anonymous_id)
  })

  test('off sends and stores nothing until the visitor agrees; then also what was seen of this page', async () => {
    await open('off', { shop: { consentMode: 'require' } })
    shop.body = '<b data-tropa-code>our number</b>'
    await shop.goto('/?utm_source=mail')
    await track('Before')
    await shop.page.waitForTimeout(700)
    expect(shop.road.bodies).toEqual([])
    expect(await listStored()).toEqual([])
    expect(await shop.page.locator('b').textContent()).toBe('our number')
    await answer('full')
    await countOf('Before').toBe(1)
    expect((await shop.events('page'))[0]).toMatchObject({ utm_source: 'mail' })
    expect(await shop.page.locator('b').textContent()).toMatch(/^\d{5}$/)
    expect(await listStored()).toEqual(['tropa'])
    await shop.goto('/second')
    await countOf('page').toBe(2)
    const events = await shop.events()
    expect(new Set(events.map((event) => event.anonymous_id)).size).toBe(1)
    expect(new Set(events.map((event) => event.session_id)).size).toBe(1)
  })
})

describe('an answer', () => {
  test('of no erases what was stored, is remembered as a word, and outweighs the option of the shop', async () => {
    await open('full')
    await shop.goto('/')
    await countOf('page').toBe(1)
    await answer('off')
    expect(await shop.page.evaluate(() => ({ ...localStorage }))).toEqual({ tropa: '{"c":"off"}' })
    expect(await shop.context.cookies()).toEqual([])
    const sent = shop.road.bodies.length
    await shop.goto('/second')
    await track('After')
    await shop.goto('/third')
    await shop.page.waitForTimeout(700)
    expect(shop.road.bodies.length).toBe(sent)
  })

  test('of no in one tab holds in the others at once', async () => {
    await open('full')
    await shop.goto('/')
    const other = await shop.context.newPage()
    await other.goto(`${shop.origin}/other`)
    await countOf('page').toBe(2)
    await answer('off')
    await other.evaluate(() => tropa.track?.('Too late'))
    await other.waitForTimeout(700)
    expect(await shop.events('Too late')).toEqual([])
    expect(await listStored()).toEqual(['tropa'])
  })
})

describe('Global Privacy Control', () => {
  const context: BrowserContextOptions = { extraHTTPHeaders: { 'sec-gpc': '1' } }

  test('lets nothing be stored, whatever the shop says; a yes of the visitor lets the visit be counted', async () => {
    await open('full', { context })
    await shop.context.addInitScript(() =>
      Object.defineProperty(navigator, 'globalPrivacyControl', { value: true }),
    )
    await shop.goto('/')
    await expect
      .poll(async () => (await shop.ingest.rejects()).map(({ reason }) => reason))
      .toEqual(['no_consent'])
    expect(await listStored()).toEqual([])
    await answer('full')
    await track('Agreed')
    await countOf('Agreed').toBe(1)
    expect(await shop.page.evaluate(() => ({ ...localStorage }))).toEqual({ tropa: '{"c":"full"}' })
    expect(await shop.context.cookies()).toEqual([])
  })
})

describe('with full consent', () => {
  test('the visitor is known again on the next page, without any cookie', async () => {
    await open('full')
    await shop.goto('/')
    await countOf('page').toBe(1)
    await shop.goto('/')
    await countOf('page').toBe(2)
    expect(new Set((await shop.events('page')).map((event) => event.anonymous_id)).size).toBe(1)
    expect(await listStored()).toEqual(['tropa'])
  })

  test('a visit ends after half an hour of silence, and tabs share it', async () => {
    await open('full')
    await shop.page.clock.install()
    await shop.goto('/')
    await countOf('page').toBe(1)
    await shop.page.clock.fastForward('20:00')
    await track('Still here')
    await shop.page.clock.fastForward('31:00')
    await track('Back again')
    await countOf('Back again').toBe(1)
    const [view, still, back] = (await shop.events()).map((event) => event.session_id)
    expect(still).toBe(view)
    expect(back).not.toBe(view)
  })

  test('a customer who signs out is somebody else from then on', async () => {
    await open('full')
    await shop.goto('/')
    await shop.page.evaluate(() => tropa.identify?.('u-1'))
    await shop.goto('/account')
    await track('As customer')
    await shop.page.evaluate(() => tropa.reset?.())
    await track('As nobody')
    await countOf('As nobody').toBe(1)
    const [customer] = await shop.events('As customer')
    const [nobody] = await shop.events('As nobody')
    expect(customer?.user_id).toBe('u-1')
    expect(nobody?.user_id).toBe('')
    expect(nobody?.anonymous_id).not.toBe(customer?.anonymous_id)
  })
})

describe('a browser that blocks storage', () => {
  test('is followed for as long as the page lasts', async () => {
    await open('full')
    // A page without an origin of its own: here storage and cookies really throw.
    shop.headers = { 'content-security-policy': 'sandbox allow-scripts' }
    await shop.goto('/')
    await track('Works')
    await countOf('Works').toBe(1)
    const ids = (await shop.events()).map((event) => event.anonymous_id)
    expect(new Set(ids).size).toBe(1)
    expect(await shop.page.evaluate(() => Object.getOwnPropertyNames(window).includes('tropa'))).toBe(true)
  })
})
