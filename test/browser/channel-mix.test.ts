import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ChannelMix } from '../../features/channel-mix/contract.ts'
import { findBarriers } from './barriers.ts'
import { openChromium } from './chromium.ts'
import { becomeOwner, type Cookie, sendEvents } from './owner.ts'
import { openWholeApp, type WholeApp } from './whole-app.ts'

const DAY_MS = 86_400_000
const BUYERS = 120

let app: WholeApp
let browser: Browser
let owner: Cookie

beforeAll(async () => {
  app = await openWholeApp()
  browser = await openChromium()
  owner = await becomeOwner(app)
}, 180_000)
afterAll(async () => {
  await browser?.close()
  await app?.close()
})

/** Half call before they order, and are less content. */
function orders(): object[] {
  return Array.from({ length: BUYERS }, (_, n) => {
    const track = (event: string, hours: number, properties: object) => ({
      ...{ type: 'track', event, messageId: `${n}-${event}`, anonymousId: `browser-${n}`, properties },
      timestamp: new Date(Date.now() - 9 * DAY_MS + hours * 3_600_000 + n * 1_000).toISOString(),
    })
    const order_id = `O-${n}`
    return [
      ...(n % 2 ? [track('Contact Started', 0, { channel: 'phone', contact_id: `c${n}` })] : []),
      track('Order Completed', 1, { order_id, total: 500, currency: 'UAH' }),
      track('Order Delivered', 30, { order_id }),
      track('Feedback Given', 40, { order_id, kind: 'stars', score: n % 2 ? 3 : 5 }),
    ]
  }).flat()
}

async function countOrders(): Promise<number> {
  const headers = { cookie: `${owner.name}=${owner.value}` }
  const answer = await fetch(`${app.url}/api/shops/1/channel-mix`, { headers })
  return ((await answer.json()) as ChannelMix).orders
}

it('the picture leads to its orders, and can be read in the dark and on a phone', async () => {
  await sendEvents(app, owner, orders())
  await expect.poll(countOrders, { interval: 500, timeout: 30_000 }).toBe(BUYERS)
  const viewport = { width: 1280, height: 900 }
  const context = await browser.newContext({
    ...{ locale: 'en', viewport, reducedMotion: 'reduce', bypassCSP: true },
  })
  await context.addCookies([{ ...owner, url: app.url }])
  const page = await context.newPage()
  const failures: string[] = []
  page.on('pageerror', (error) => failures.push(error.message))
  await page.goto(`${app.url}/s/1/channel-mix`)
  await page.getByText('50% of orders needed no questions').waitFor()
  await page.getByRole('button', { name: 'Call, letter, store: 60 orders. Show' }).click()
  await page.getByRole('heading', { name: 'Orders: Call, letter, store' }).waitFor()
  await page.getByRole('link', { name: /O-119/ }).first().waitFor()
  await expectWhole(page)
  await page.setViewportSize({ width: 375, height: 900 })
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.reload()
  await page.getByRole('link', { name: /O-119/ }).first().waitFor()
  await page.waitForFunction('document.querySelector("[aria-busy=true]") === null')
  await expectWhole(page)
  expect(failures).toEqual([])
  await context.close()
}, 60_000)

async function expectWhole(page: Page): Promise<void> {
  expect(await findBarriers(page)).toEqual([])
  expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0)
}
