import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { DriversAnswer } from '../../features/drivers/contract.ts'
import { findBarriers } from './barriers.ts'
import { openChromium, takePage } from './chromium.ts'
import { becomeOwner, type Cookie, sendEvents } from './owner.ts'
import { openWholeApp, type WholeApp } from './whole-app.ts'

const DAY_MS = 86_400_000
const PEOPLE = 300

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

/** Everybody asks in the chat: every second is answered within a minute and orders more often than who waits an hour. */
function questions(): object[] {
  // Until today something is recorded: so it is known that who hasn't ordered in a month didn't.
  const late = { type: 'page', anonymousId: 'later', messageId: 'later', timestamp: new Date().toISOString() }
  const everybody = Array.from({ length: PEOPLE }, (_, n) => {
    const isSlow = n % 2 === 1
    const at = Date.now() - 60 * DAY_MS + n * 60_000
    const tell = (event: string, afterMs: number, properties: object) => ({
      ...{ type: 'track', event, anonymousId: `browser-${n}`, messageId: `${n} ${event}`, properties },
      timestamp: new Date(at + afterMs).toISOString(),
    })
    const seconds = isSlow ? 3_600 : 60
    const measured = { touchpoint: 'chat', measure: 'first_answer_seconds', of: `c-${n}` }
    const order = tell('Order Completed', DAY_MS / 2, { order_id: `O-${n}`, total: 500, currency: 'UAH' })
    return [
      tell('Product Viewed', 0, { product_id: 'A' }),
      tell('Contact Started', 60_000, { contact_id: `c-${n}`, channel: 'chat' }),
      tell('Standard Measured', 60_000, { ...measured, value: seconds, first_answer_seconds: seconds }),
      // Of four pairs three orders come after a fast answer, one after a slow one.
      ...((n >> 1) % 4 < (isSlow ? 1 : 3) ? [order] : []),
    ]
  })
  return [...everybody.flat(), late]
}

async function ask(): Promise<DriversAnswer> {
  const from = new Date(Date.now() - 90 * DAY_MS).toISOString()
  const cookie = `${owner.name}=${owner.value}`
  const url = `${app.url}/api/shops/1/drivers?outcome=ordered&from=${from}`
  return (await (await fetch(url, { headers: { cookie } })).json()) as DriversAnswer
}

async function open(search: string, locale: string, width = 1280): Promise<Page> {
  const page = await takePage(browser, {
    ...{ locale, viewport: { width, height: 900 } },
    ...{ reducedMotion: 'reduce', bypassCSP: true },
  })
  await page.context().addCookies([{ ...owner, url: app.url }])
  page.on('pageerror', (error) => failures.push(error.message))
  await page.goto(`${app.url}/s/1/drivers${search}`)
  return page
}

it('a loss leads to its steps, its money and its people; without data it says why there is nothing', async () => {
  const empty = await open('', 'en')
  await empty.getByRole('heading', { name: 'Nobody to judge by yet' }).waitFor()
  expect(await findBarriers(empty)).toEqual([])

  await sendEvents(app, owner, questions())
  // Events are worked through behind their answer; a page that came first would keep what it found.
  await expect.poll(async () => (await ask()).persons, { interval: 500 }).toBe(PEOPLE)
  const page = await open('?days=90', 'en', 390)
  await page.getByRole('heading', { name: 'Mend first' }).waitFor()
  await page.getByText('What share of revenue stays with you?').waitFor()
  expect(await findBarriers(page)).toEqual([])
  await page.getByLabel('Margin, % of revenue').fill('30')
  await page.locator('aside form').getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('Margin to win back').first().waitFor()
  await page.getByRole('button', { name: /first human answer after more than/ }).click()
  const drawer = page.getByRole('dialog')
  await drawer.getByRole('table', { name: 'People' }).waitFor()
  await drawer.getByText('This takes away').waitFor()
  expect(await findBarriers(page, '[role=dialog]')).toEqual([])
  await page.keyboard.press('Escape')
  await drawer.waitFor({ state: 'detached' })
  expect(failures).toEqual([])
})
