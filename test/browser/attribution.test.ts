import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Attribution } from '../../features/attribution/contract.ts'
import { findBarriers } from './barriers.ts'
import { openChromium, takePage } from './chromium.ts'
import { becomeOwner, type Cookie, sendEvents } from './owner.ts'
import { openWholeApp, type WholeApp } from './whole-app.ts'

const DAY = 86_400_000

let app: WholeApp
let browser: Browser
let owner: Cookie
const failures: string[] = []

beforeAll(async () => {
  app = await openWholeApp()
  browser = await openChromium()
  owner = await becomeOwner(app)
  await sendEvents(app, owner, tellStory())
  // Events are worked through behind their answer; a page that came first would keep what it found.
  await vi.waitFor(async () => expect(await countOrders()).toBe(12), { timeout: 30_000, interval: 500 })
}, 180_000)
afterAll(async () => {
  await browser?.close()
  await app?.close()
})

/** Thirty visitors: an ad and then a letter brought ten orders, a blogger two, and the others left. */
function tellStory(): object[] {
  const at = (days: number) => new Date(Date.now() - days * DAY).toISOString()
  const page = (who: string, days: number, query: string) => ({
    type: 'page',
    messageId: `${who}-${days}`,
    anonymousId: who,
    timestamp: at(days),
    context: { page: { url: `https://tea.example/${query}`, path: '/' } },
  })
  const order = (who: string) => ({
    type: 'track',
    messageId: `order-${who}`,
    anonymousId: who,
    event: 'Order Completed',
    timestamp: at(3),
    properties: { order_id: who, total: 900, currency: 'UAH' },
  })
  return Array.from({ length: 30 }, (_, at) => `v${at}`).flatMap((who, at) => {
    if (at < 10)
      return [
        page(who, 9, '?utm_source=google&utm_medium=cpc'),
        page(who, 5, '?utm_source=letters&utm_medium=email'),
        order(who),
      ]
    if (at < 12) return [page(who, 6, '?utm_source=anna&utm_medium=blogger'), order(who)]
    return [page(who, 4, '?utm_source=google&utm_medium=cpc')]
  })
}

async function countOrders(): Promise<number> {
  const cookie = `${owner.name}=${owner.value}`
  const answer = await fetch(`${app.url}/api/shops/1/attribution`, { headers: { cookie } })
  return ((await answer.json()) as Attribution).totals.conversions
}

type Look = { locale?: string; width?: number; colorScheme?: 'light' | 'dark' }

async function openPage(search = '', look: Look = {}): Promise<Page> {
  const { locale = 'en', width = 1280, colorScheme = 'light' } = look
  const page = await takePage(browser, {
    locale,
    colorScheme,
    viewport: { width, height: 900 },
    reducedMotion: 'reduce',
    bypassCSP: true,
  })
  await page.context().addCookies([{ ...owner, url: app.url }])
  page.on('pageerror', (error) => failures.push(error.message))
  await page.goto(`${app.url}/s/1/attribution${search}`)
  await page.locator('h1').waitFor()
  await page.waitForFunction('document.querySelector("[aria-busy=true]") === null')
  return page
}

async function expectWhole(page: Page, name: string): Promise<void> {
  if (process.env.TROPA_PICTURES)
    await page.screenshot({ path: `${process.env.TROPA_PICTURES}/attribution-${name}.png`, fullPage: true })
  expect(await findBarriers(page)).toEqual([])
  expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0)
  expect(failures).toEqual([])
}

test('models stand side by side, a way leads to its orders, and costs from a file have columns of their own', async () => {
  const page = await openPage('?model=first')
  await page.getByText('What these figures can’t show').waitFor()
  const first = page.getByRole('table', { name: 'First visit' })
  expect(await first.getByRole('row', { name: /search ad/ }).textContent()).toContain('10.0')
  await expectWhole(page, 'en')
  await first.getByRole('button', { name: 'search ad' }).click()
  await expect
    .poll(() => page.getByRole('table', { name: 'Orders and people' }).getByRole('row').count())
    .toBe(11)
  expect(page.url()).toContain('way=search_ad')
  await page.getByRole('button', { name: 'Add costs' }).click()
  const day = new Date(Date.now() - 9 * DAY).toISOString().slice(0, 10)
  const file = `date,utm_source,utm_medium,cost\n${day},google,cpc,500\n${day},google,cpc,-1\n`
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'costs.csv', mimeType: 'text/csv', buffer: Buffer.from(file) })
  await page.getByText('line 3').waitFor()
  await page.getByRole('button', { name: 'Save 1 entry' }).click()
  // Costs bring two columns, in which ten orders are too few for a price and a return.
  await expect
    .poll(async () => first.getByRole('row', { name: /search ad/ }).textContent())
    .toContain('₴9,000few datafew data')
  await page.getByRole('button', { name: 'Work out how long' }).click()
  await page.getByText('Off for everybody by turns').waitFor()
  await expectWhole(page, 'costs')
}, 60_000)

test.each([
  ['ru', 390, 'dark', 'Что приводит заказы'],
  ['uk', 1280, 'dark', 'Що приводить замовлення'],
] as const)(
  'in %s at %i pixels, %s',
  async (locale, width, colorScheme, title) => {
    const page = await openPage('', { locale, width, colorScheme })
    expect(await page.locator('h1').textContent()).toBe(title)
    await expectWhole(page, locale)
  },
  60_000,
)

test('a period without visits says so, and one that makes no sense is answered with its reason', async () => {
  const empty = await openPage('?from=2020-01-01&to=2020-01-31')
  await empty.getByText('No visits in this period').waitFor()
  await expectWhole(empty, 'empty')
  const failed = await openPage('?segment=999999')
  await failed.getByRole('alert').first().waitFor()
  await expectWhole(failed, 'failed')
}, 60_000)
