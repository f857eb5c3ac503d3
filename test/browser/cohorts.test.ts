import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { CohortsAnswer } from '../../features/cohorts/contract.ts'
import { findBarriers } from './barriers.ts'
import { openChromium, takePage } from './chromium.ts'
import { becomeOwner, type Cookie, sendEvents } from './owner.ts'
import { openWholeApp, type WholeApp } from './whole-app.ts'

const DAY_MS = 86_400_000
const PEOPLE = 120

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

/** Everybody comes on one day of a month ago, every second again three days later; somebody is there the day before yesterday. */
function visits(): object[] {
  const page = (who: string, daysAgo: number) => ({
    type: 'page',
    messageId: `${who} ${daysAgo}`,
    anonymousId: who,
    timestamp: new Date(Date.now() - daysAgo * DAY_MS).toISOString(),
    context: { page: { path: '/catalogue' } },
  })
  const everybody = Array.from({ length: PEOPLE }, (_, n) => [
    page(`browser-${n}`, 30),
    ...(n % 2 === 0 ? [page(`browser-${n}`, 27)] : []),
  ])
  return [...everybody.flat(), page('later', 2)]
}

async function open(
  search: string,
  look: { width?: number; colorScheme?: 'dark'; locale?: string } = {},
): Promise<Page> {
  const { width = 1280, locale = 'en', colorScheme = 'light' } = look
  const page = await takePage(browser, {
    ...{ locale, colorScheme, viewport: { width, height: 900 } },
    ...{ reducedMotion: 'reduce', bypassCSP: true },
  })
  await page.context().addCookies([{ ...owner, url: app.url }])
  page.on('pageerror', (error) => failures.push(error.message))
  await page.goto(`${app.url}/s/1/cohorts${search}`)
  await page.locator('h1').waitFor()
  await page.waitForFunction('document.querySelector("[aria-busy=true]") === null')
  return page
}

it('leads from a cell to the people behind it, and says so where nobody began', async () => {
  await sendEvents(app, owner, visits())
  const ask = async () => {
    const headers = { cookie: `${owner.name}=${owner.value}` }
    const answer = await fetch(`${app.url}/api/shops/1/cohorts`, { headers })
    return (await answer.json()) as CohortsAnswer
  }
  // The whole week's first seven days are over for those of a month ago, whichever day of it they came on.
  await expect.poll(async () => (await ask()).mean[0]?.within.n, { interval: 500 }).toBe(PEOPLE / 2)
  const page = await open('')
  await page.getByText(/In touch again within 1 week of the first contact: 50%/).waitFor()
  await page.getByRole('button', { name: /week 1: 50%/ }).click()
  await page.waitForURL(/stretch=1/)
  const list = page.getByRole('table', { name: 'The people behind the number' })
  await list.getByRole('link').first().waitFor()
  expect(await findBarriers(page)).toEqual([])

  const orders = await open('?returns=order')
  await orders.getByText('Nobody ordered for the first time in this period').waitFor()
})

it('can be read in the dark, and on a phone in Russian', async () => {
  for (const look of [{ colorScheme: 'dark' as const }, { width: 375, locale: 'ru' }]) {
    const page = await open('?compare=previous&split=channel', look)
    await page.locator('svg[role=img]').waitFor()
    expect(await findBarriers(page)).toEqual([])
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0)
  }
  expect(failures).toEqual([])
})
