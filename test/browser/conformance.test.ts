import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ConformanceAnswer } from '../../features/conformance/contract.ts'
import { findBarriers } from './barriers.ts'
import { openChromium, takePage } from './chromium.ts'
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

/** Forty look at a product, twenty fill a cart, ten of those go back to the product, eight order. */
function visits(): object[] {
  const at = (minutes: number) => new Date(Date.now() - 40 * DAY_MS + minutes * 60_000).toISOString()
  return Array.from({ length: 40 }, (_, n) => {
    const track = (event: string, minutes: number, properties: object = {}) => ({
      ...{ type: 'track', event, properties, messageId: `${n}-${event}-${minutes}` },
      ...{ anonymousId: `browser-${n}`, timestamp: at(n + minutes) },
    })
    return [
      track('Product Viewed', 1),
      ...(n < 20 ? [track('Product Added', 3)] : []),
      ...(n < 10 ? [track('Product Viewed', 4)] : []),
      ...(n < 8
        ? [
            track('Checkout Started', 8),
            track('Order Completed', 9, { order_id: `O-${n}`, total: 500, currency: 'UAH' }),
          ]
        : []),
    ]
  }).flat()
}

async function ask(): Promise<ConformanceAnswer> {
  const cookie = `${owner.name}=${owner.value}`
  const answer = await fetch(`${app.url}/api/shops/1/conformance`, { headers: { cookie } })
  return (await answer.json()) as ConformanceAnswer
}

type Look = { locale?: string; width?: number; colorScheme?: 'light' | 'dark' }

async function openPage({ locale = 'en', width = 1280, colorScheme = 'light' }: Look = {}) {
  const page = await takePage(browser, {
    ...{ locale, colorScheme, viewport: { width, height: 900 }, reducedMotion: 'reduce', bypassCSP: true },
  })
  await page.context().addCookies([{ ...owner, url: app.url }])
  // Patience for a machine that does much else.
  page.setDefaultTimeout(90_000)
  page.on('pageerror', (error) => failures.push(error.message))
  await page.goto(`${app.url}/s/1/conformance`)
  await page.locator('h1').waitFor()
  await page.waitForFunction('document.querySelector("[aria-busy=true]") === null')
  return page
}

it('begins with an example, shows how it is walked, and leads from a number to its persons', async () => {
  await sendEvents(app, owner, visits())
  const page = await openPage()
  await page.getByRole('heading', { name: 'There is no intended path yet' }).waitFor()
  expect(await findBarriers(page)).toEqual([])
  await page.getByRole('button', { name: 'Take this example' }).click()
  // Events are worked through behind their answer, and an answer is kept for some seconds.
  await expect.poll(async () => (await ask()).figures?.steps[3]?.reached?.n, { interval: 500 }).toBe(8)
  await page.reload()
  // The picture has the number, and the table has it too.
  await page.getByRole('button', { name: 'Cart: went back from here, 10. Show who' }).first().click()
  await page.getByRole('heading', { name: '“Cart”: went back from here' }).waitFor()
  await expect
    .poll(() => page.getByRole('table', { name: 'People', exact: true }).getByRole('row').count())
    .toBe(11)
  expect(await findBarriers(page)).toEqual([])
  expect(failures).toEqual([])
})

it.each([
  { locale: 'ru', colorScheme: 'dark' as const },
  { locale: 'uk', width: 375 },
])('can be read by everybody: %j', async (look) => {
  const page = await openPage(look)
  await page.locator('svg[viewBox]').first().waitFor()
  expect(await findBarriers(page)).toEqual([])
  expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0)
  if (process.env.TROPA_PICTURES)
    await page.screenshot({
      path: `${process.env.TROPA_PICTURES}/conformance-${look.locale}.png`,
      fullPage: true,
    })
  expect(failures).toEqual([])
})
