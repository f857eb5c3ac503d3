import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ExposureAnswer } from '../../features/exposure/contract.ts'
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

async function openReport(search: string, locale: string, width = 1280) {
  const context = await browser.newContext({
    locale,
    viewport: { width, height: 900 },
    reducedMotion: 'reduce',
    bypassCSP: true,
  })
  await context.addCookies([{ ...owner, url: app.url }])
  // Patience for a machine that does much else.
  context.setDefaultTimeout(90_000)
  const page = await context.newPage()
  page.on('pageerror', (error) => failures.push(error.message))
  await page.goto(`${app.url}/s/1/exposure${search}`)
  return page
}

/** A hundred and twenty who look at a product twice, days apart; too few of them order to say anything. */
function visits(): object[] {
  return Array.from({ length: 120 }, (_, n) => {
    const at = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString()
    const visitor = { anonymousId: `browser-${n}` }
    const look = (days: number) => ({
      ...{
        ...visitor,
        type: 'track',
        event: 'Product Viewed',
        messageId: `${n}-${days}`,
        timestamp: at(days),
      },
      properties: { product_id: 'A' },
    })
    const order = {
      ...visitor,
      type: 'track',
      event: 'Order Completed',
      messageId: `${n}-o`,
      timestamp: at(8),
    }
    return [
      look(12),
      look(9),
      ...(n < 10 ? [{ ...order, properties: { order_id: `O-${n}`, total: 500 } }] : []),
    ]
  }).flat()
}

async function countPersons(): Promise<number> {
  const cookie = `${owner.name}=${owner.value}`
  const url = `${app.url}/api/shops/1/exposure?touchpoint=product_page&window=14`
  const answer = await fetch(url, { headers: { cookie } })
  return ((await answer.json()) as ExposureAnswer).persons
}

it('a refusal says why and what to do, and the plain comparison leads to its people', async () => {
  const empty = await openReport('', 'uk')
  await empty.getByRole('heading', { name: 'контактів раніше не було' }).waitFor()
  await empty.context().close()

  await sendEvents(app, owner, visits())
  // Events are worked through behind their answer; a page that came first would keep what it found.
  await expect.poll(countPersons, { interval: 500 }).toBe(120)
  const page = await openReport('?touchpoint=product_page&window=14', 'en', 390)
  await page.getByRole('heading', { name: /Too little data so far|nobody to compare with/ }).waitFor()
  expect(await findBarriers(page)).toEqual([])
  await page
    .getByRole('button', { name: /people\. Show who$/ })
    .last()
    .click()
  await page.getByRole('table', { name: 'People in the group' }).waitFor()
  await page.getByRole('button', { name: 'Close' }).click()
  await page.getByRole('button', { name: 'How is this counted?' }).click()
  await page.getByText('We count by days').waitFor()
  expect(failures).toEqual([])
  await page.context().close()
})
