import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findBarriers } from './barriers.ts'
import { openChromium, takePage } from './chromium.ts'
import { becomeOwner, type Cookie, sendEvents } from './owner.ts'
import { openWholeApp, type WholeApp } from './whole-app.ts'

let app: WholeApp
let browser: Browser
let owner: Cookie
const failures: string[] = []

beforeAll(async () => {
  app = await openWholeApp()
  browser = await openChromium()
  owner = await becomeOwner(app)
  await sendVisits()
}, 180_000)
afterAll(async () => {
  await browser?.close()
  await app?.close()
})

async function sendVisits(): Promise<void> {
  const paths = ['/', '/catalog/tea', '/product/green', '/product/honey', '/mixer/1', '/mixer/2', '/cart']
  const batch = paths.map((path, n) => ({
    type: 'page',
    messageId: `v${n}`,
    anonymousId: 'browser-1',
    timestamp: new Date(Date.now() - n * 60_000).toISOString(),
    context: { page: { url: `https://tea.example${path}`, path } },
  }))
  await sendEvents(app, owner, batch)
}

async function openPage(locale: string, width: number, colorScheme: 'light' | 'dark'): Promise<Page> {
  const page = await takePage(browser, {
    locale,
    colorScheme,
    viewport: { width, height: 900 },
    reducedMotion: 'reduce',
    bypassCSP: true,
  })
  await page.context().addCookies([{ ...owner, url: app.url }])
  page.on('pageerror', (error) => failures.push(error.message))
  return page
}

async function settle(page: Page): Promise<void> {
  await page.locator('h1').waitFor()
  await page.waitForFunction('document.querySelector("[aria-busy=true]") === null')
}

async function expectNoBarrier(page: Page): Promise<void> {
  expect(await findBarriers(page)).toEqual([])
  expect(failures).toEqual([])
}

describe.each([
  { locale: 'ru', width: 1440, colorScheme: 'light', first: 'Потребность' },
  { locale: 'uk', width: 390, colorScheme: 'dark', first: 'Потреба' },
] as const)('in $locale, $colorScheme, $width px wide', ({ locale, width, colorScheme, first }) => {
  it.each(['touchpoints', 'scenarios'])('the page %s fits the screen and meets no barrier', async (path) => {
    const page = await openPage(locale, width, colorScheme)
    await page.goto(`${app.url}/s/1/${path}`)
    await settle(page)
    if (path === 'touchpoints') await page.getByRole('heading', { level: 2, name: first }).waitFor()
    await expectNoBarrier(page)
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0)
  })
})

describe('an owner', () => {
  it('adds a touchpoint, sees what it would claim, publishes it, and the history follows', async () => {
    const page = await openPage('en', 1440, 'light')
    await page.goto(`${app.url}/s/1/touchpoints`)
    await settle(page)
    await page.getByRole('button', { name: 'Add a touchpoint' }).click()
    await page.getByLabel('Key', { exact: true }).fill('mixer')
    await page.getByLabel('Name in English').fill('Tea mixer')
    await page.getByRole('textbox', { name: 'What to compare with' }).fill('/mixer')
    const preview = page.getByRole('region', { name: 'What would come here' })
    await preview.getByText('2 events of 7 in the last 7 days.').waitFor()
    await preview.getByText('2 now claimed by nobody').waitFor()
    await expectNoBarrier(page)
    await page.getByRole('button', { name: 'Keep the change' }).click()
    await page.getByText('1 change not published:').waitFor()
    await page.getByRole('button', { name: 'Publish' }).click()
    await page.getByText('1 change not published:').waitFor({ state: 'detached' })
    const row = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'Tea mixer' }) })
    await row.getByText('2', { exact: true }).waitFor({ timeout: 60_000 })
    await expectNoBarrier(page)
  })

  it('sees at once that a rule is broken or takes everything', async () => {
    const page = await openPage('en', 1440, 'light')
    await page.goto(`${app.url}/s/1/touchpoints`)
    await settle(page)
    await page.getByRole('button', { name: 'Change: Tea mixer' }).click()
    await page.getByText('As text (JSON)').click()
    await page.getByLabel('The rule as JSON').fill('{"all": [')
    await page.getByText('This isn’t JSON yet.').waitFor()
    await page.getByLabel('The rule as JSON').fill('{"all": [{"field": "pfad", "op": "exists"}]}')
    await page.getByText('/all/0/field').waitFor()
    await page.getByLabel('The rule as JSON').fill('{"all": []}')
    await page.getByText('The rule takes nearly everything.').waitFor()
    await expectNoBarrier(page)
  })

  it('writes a scenario with the keyboard, removes it and brings it back', async () => {
    const page = await openPage('en', 1440, 'light')
    await page.goto(`${app.url}/s/1/scenarios`)
    await settle(page)
    await page.getByRole('button', { name: 'Add a scenario' }).click()
    await page.getByLabel('Who the buyer is').fill('Chooses a present')
    for (let steps = 0; steps < 3; steps++)
      await page.getByRole('button', { name: 'Add a step' }).press('Enter')
    await page.getByRole('button', { name: 'Move step 3 up' }).press('Enter')
    await expectNoBarrier(page)
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('heading', { level: 2, name: 'Chooses a present' }).waitFor()
    expect(await page.locator('ol li strong').allTextContents()).toEqual(['Need', 'First look', 'Search'])
    await page.getByRole('button', { name: 'Remove: Chooses a present' }).click()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('heading', { level: 2, name: 'Chooses a present' }).waitFor()
    await expectNoBarrier(page)
  })
})
