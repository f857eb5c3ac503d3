import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { FlowAnswer } from '../../features/paths/contract.ts'
import { findBarriers } from './barriers.ts'
import { openChromium } from './chromium.ts'
import { becomeOwner, type Cookie, sendEvents } from './owner.ts'
import { openWholeApp, type WholeApp } from './whole-app.ts'

const DAY_MS = 86_400_000

let app: WholeApp
let browser: Browser
let owner: Cookie
const failures: string[] = []

beforeAll(async () => {
  app = await openWholeApp()
  browser = await openChromium()
  owner = await becomeOwner(app)
}, 180_000)
afterAll(async () => {
  await browser?.close()
  await app?.close()
})

/** Of forty who look at a product, thirty go back to the catalogue, and ten of these fill a cart and order. */
function visits(): object[] {
  const begun = Date.now() - 40 * DAY_MS
  return Array.from({ length: 40 }, (_, n) => {
    const met = (touchpoint: string, minutes: number, rest: object = {}) => ({
      ...{ type: 'track', event: 'Met', messageId: `${n}-${minutes}`, anonymousId: `browser-${n}` },
      timestamp: new Date(begun + (n + minutes) * 60_000).toISOString(),
      properties: { touchpoint, ...rest },
    })
    const order = { order_id: `O-${n}`, total: 500, currency: 'UAH' }
    return [
      met('product_page', 0),
      ...(n < 30 ? [met('catalogue', 3)] : []),
      ...(n < 10 ? [met('cart', 5), { ...met('checkout', 9, order), event: 'Order Completed' }] : []),
    ]
  }).flat()
}

async function countPaths(): Promise<number> {
  const cookie = `${owner.name}=${owner.value}`
  const answer = await fetch(`${app.url}/api/shops/1/paths/flow`, { headers: { cookie } })
  return ((await answer.json()) as FlowAnswer).totals.units
}

async function openPaths(search = '', width = 1280) {
  const context = await browser.newContext({
    locale: 'en',
    viewport: { width, height: 900 },
    reducedMotion: 'reduce',
    bypassCSP: true,
  })
  await context.addCookies([{ ...owner, url: app.url }])
  // Patience for a machine that does much else.
  context.setDefaultTimeout(90_000)
  const page = await context.newPage()
  page.on('pageerror', (error) => failures.push(error.message))
  await page.goto(`${app.url}/s/1/paths${search}`)
  await page.locator('h1').waitFor()
  await page.waitForFunction('document.querySelector("[aria-busy=true]") === null')
  return page
}

it('leads from the flow to its persons, to whole paths and to the map of steps, wide and on a phone', async () => {
  await sendEvents(app, owner, visits())
  // An answer is kept for some seconds, the empty one too.
  await expect.poll(countPaths, { interval: 500 }).toBe(40)
  const page = await openPaths()
  await page.getByRole('button', { name: /^Product page, step 1: 40/ }).waitFor()
  expect(await findBarriers(page)).toEqual([])
  // What is rarely changed is folded away.
  const rare = page.locator('input:visible').and(page.getByLabel('What makes a path'))
  expect(await rare.count()).toBe(0)
  await page.getByRole('button', { name: 'More settings' }).click()
  await rare.waitFor()
  const left = page.getByRole('button', { name: /^Left without ordering, step 3: 20/ })
  await left.focus()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Who they are' }).waitFor()
  await page.getByRole('table', { name: 'Who they are' }).getByRole('link').first().waitFor()

  await page.getByRole('button', { name: 'Whole paths' }).click()
  await page.getByRole('button', { name: '20 paths. Show who' }).waitFor()
  await page.getByRole('button', { name: 'Map of steps' }).click()
  await page.getByRole('button', { name: /^Catalogue: 30 paths/ }).waitFor()
  await page.getByText(/^20 left after “Catalogue”/).waitFor()
  expect(await findBarriers(page)).toEqual([])
  await page.context().close()

  const phone = await openPaths('', 375)
  await phone.getByRole('button', { name: /^Product page, step 1: 40/ }).waitFor()
  expect(await phone.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0)
  await phone.context().close()
  expect(failures).toEqual([])
})
