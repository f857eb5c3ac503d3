import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
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
beforeEach(async () => {
  shop = await openTrackerShop(browser, { server })
  return () => shop.close()
})

const countOf = (name?: string) => expect.poll(async () => (await shop.events(name)).length)
const short = (url: string) => url.replace(shop.origin, '')

test.each([
  ['/reset?token=s3cr3t&step=2', '/reset?token=*&step=2'],
  ['/login?access_token=s3cr3t&userEmail=s3cr3t', '/login?access_token=*&userEmail=*'],
  ['/back?code=s3cr3t&password=s3cr3t&tel=s3cr3t', '/back?code=*&password=*&tel=*'],
  ['/sale?promo_code=MAY&hotel=5&page=2', '/sale?promo_code=MAY&hotel=5&page=2'],
  ['/unsubscribe/s3cr3t@tea.example/now', '/unsubscribe/*/now'],
  ['/hi?who=s3cr3t%40tea.example', '/hi?who=*'],
  ['/order/5e3cf7d2a0b14c6f8e9d5e3cf7d2a0b1', '/order/*'],
  ['/#/reset?token=s3cr3t', '/#/reset?token=*'],
  ['/#access_token=s3cr3t', '/'],
  ['/?utm_source=mail&utm_term=tea&gclid=Cj0-x_9', '/?utm_source=mail&utm_term=tea&gclid=Cj0-x_9'],
  ['/map/@50.45,30.52,17z', '/map/@50.45,30.52,17z'],
])('of the address %s goes out %s', async (path, sent) => {
  await shop.goto(path)
  await countOf('page').toBe(1)
  expect(short((await shop.events('page'))[0]?.url as string)).toBe(sent)
  await shop.page.goto('about:blank')
  await countOf('Page Measured').toBe(1)
  expect(shop.road.bodies.join()).not.toMatch(/s3cr3t|5e3cf7d2a0b14/)
})

test('the page before, words searched for, and names on buttons are looked through too', async () => {
  shop.body = `<button>Olena olena@tea.example</button>
    <p data-tropa-search="olena@tea.example tea" data-tropa-search-results="0"></p>`
  await shop.page.goto(`${shop.origin}/a?token=s3cr3t`)
  await shop.page.evaluate((url) => location.assign(url), `${shop.origin}/b`)
  await shop.page.waitForURL('**/b')
  await countOf('page').toBe(2)
  await shop.page.getByRole('button').click({ clickCount: 3 })
  await shop.page.evaluate(() => tropa.search?.({ query: 'oleh@tea.example', results: 0 }))
  await countOf('Rage Clicked').toBe(1)
  await countOf('Products Searched').toBe(3)
  expect((await shop.events('page'))[1]?.referrer).toBe(`${shop.origin}/a?token=*`)
  expect((await shop.events('Rage Clicked'))[0]?.properties.text).toBe('Olena *')
  const words = (await shop.events('Products Searched')).map(({ properties }) => properties.query)
  expect(words.sort()).toEqual(['*', '* tea', '* tea'])
  expect(shop.road.bodies.join()).not.toMatch(/s3cr3t|olena@|oleh@/)
})

test('what is typed never leaves the page, whatever the field, also with autofill and a submitted form', async () => {
  shop.body = `<form data-tropa-form="checkout" onsubmit="return false">
    <input name="card" autocomplete="cc-number" value="s3cr3t-0"><input type="password" name="password">
    <input type="hidden" name="csrf" value="s3cr3t-1"><textarea>s3cr3t-2</textarea>
    <select><option>s3cr3t-3</option></select><button>Pay</button><input type="submit" value="s3cr3t-4"></form>`
  await shop.goto('/checkout')
  await shop.page.locator('[name=card]').fill('s3cr3t 4111 1111 1111 1111')
  await shop.page.locator('[name=password]').pressSequentially('s3cr3t-5')
  for (const field of ['[name=card]', '[name=password]', 'textarea', 'select', '[type=submit]'])
    await shop.page.locator(field).click({ clickCount: 3 })
  await shop.page.locator('button').click()
  await countOf('Form Submitted').toBeGreaterThan(0)
  await shop.page.goto('about:blank')
  await countOf('Page Measured').toBe(1)
  expect(shop.road.bodies.join()).not.toMatch(/s3cr3t|4111/)
})

test('what a hostile link brings is a text to everybody, and no longer than the server’s bounds', async () => {
  const script = '"><script>alert(1)</script>'
  const address = `/?utm_source=${encodeURIComponent(script)}&utm_campaign=${'x'.repeat(6_000)}`
  await shop.goto(address)
  await countOf('page').toBe(1)
  const [view] = await shop.events('page')
  expect(view?.utm_source).toBe(script)
  expect(String(view?.url).length).toBeLessThanOrEqual(2_048)
  expect(String(view?.utm_campaign).length).toBeLessThanOrEqual(255)
})

test('an address made to keep the browser busy costs next to nothing', async () => {
  await shop.goto(`/?q=${'a'.repeat(12_000)}`)
  await countOf('page').toBe(1)
  const ms = await shop.page.evaluate(() => {
    const start = performance.now()
    for (let n = 0; n < 20; n++) tropa.track?.('Busy')
    return performance.now() - start
  })
  expect(ms).toBeLessThan(5_000)
})
