import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ChangesAnswer } from '../../features/changes/contract.ts'
import type { Segment } from '../../features/segments/contract.ts'
import { localDay } from '../../kernel/time.ts'
import { findBarriers } from './barriers.ts'
import { openChromium, takePage } from './chromium.ts'
import { becomeOwner, type Cookie, sendEvents } from './owner.ts'
import { openWholeApp, type WholeApp } from './whole-app.ts'

const DAY_MS = 86_400_000
const WEEKS = 24
const FRESH_WEEKS = 3

let app: WholeApp
let browser: Browser
let owner: Cookie
const failures: string[] = []

beforeAll(async () => {
  app = await openWholeApp()
  browser = await openChromium()
  owner = await becomeOwner(app)
  await sendEvents(app, owner, newcomers())
}, 180_000)
afterAll(async () => {
  await browser?.close()
  await app?.close()
})

/** Sixty visitors a week on a Wednesday, and in the last three weeks eighty more on phones from a network nobody came from. */
function newcomers(): object[] {
  const today = localDay(Date.now(), 'Europe/Kyiv')
  // The day 0 was a Thursday. Of the week that isn't over nobody is counted.
  const monday = today - ((today + 3) % 7)
  const visit = (who: string, at: number, userAgent: string, search: string) => ({
    ...{ type: 'page', anonymousId: who, messageId: who, timestamp: new Date(at).toISOString() },
    ...{ name: 'Tea', properties: { product_id: 'A' } },
    context: { userAgent, page: { url: `https://tea.example/tea${search}`, path: '/tea', search } },
  })
  return Array.from({ length: WEEKS }, (_, week) => {
    const at = (index: number) => (monday - 7 * (week + 1) + 2) * DAY_MS + DAY_MS / 2 + index * 60_000
    const usual = Array.from({ length: 60 }, (_, index) =>
      visit(`u${week}.${index}`, at(index), index % 2 === 0 ? PHONE : COMPUTER, SEARCH_AD),
    )
    const fresh = Array.from({ length: week < FRESH_WEEKS ? 80 : 0 }, (_, index) =>
      visit(`f${week}.${index}`, at(index), PHONE, '?utm_source=tiktok&utm_medium=social'),
    )
    return [...usual, ...fresh]
  }).flat()
}

const SEARCH_AD = '?utm_source=google&utm_medium=cpc'
const PHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148'
const COMPUTER = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36'

async function call<T>(path: string, body?: object, method = 'POST'): Promise<T> {
  const answer = await fetch(`${app.url}/api/shops/1/${path}`, {
    ...(body && { method, body: JSON.stringify(body) }),
    headers: {
      ...{ cookie: `${owner.name}=${owner.value}`, 'x-tropa-request': '1' },
      ...(body && { 'content-type': 'application/json' }),
    },
  })
  return (await answer.json()) as T
}

async function open(path: string, width: number): Promise<Page> {
  const page = await takePage(browser, {
    ...{ locale: 'en', viewport: { width, height: 900 } },
    ...{ reducedMotion: 'reduce', bypassCSP: true },
  })
  await page.context().addCookies([{ ...owner, url: app.url }])
  // A step that never comes is named, and not only the test.
  page.setDefaultTimeout(20_000)
  page.on('pageerror', (error) => failures.push(error.message))
  await page.goto(`${app.url}/s/1/${path}`)
  return page
}

async function expectNoBarrier(page: Page): Promise<void> {
  await page.waitForFunction('document.querySelector("[aria-busy=true]") === null')
  expect(await findBarriers(page)).toEqual([])
  expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0)
  expect(failures).toEqual([])
}

it('an alarm is looked into, put aside with a note, taken up again, exported, and leads to its people', async () => {
  const day = new Date(Date.now() - 30 * DAY_MS).toISOString().slice(0, 10)
  await call('decisions', { day, title: 'Ads on TikTok' })
  const ask = async () => (await call<ChangesAnswer>('changes')).alarms.map(({ audience }) => audience)
  await expect.poll(ask, { interval: 500, timeout: 20_000 }).toEqual(['source:social_page'])
  const page = await open('changes', 1280)
  const alarm = page.getByRole('article').filter({ hasText: 'A new audience has come' })
  // What the shop decided stands on the trend, and leads to what became of it.
  expect(await alarm.getByRole('link', { name: /Ads on TikTok/ }).getAttribute('href')).toMatch(
    /\/s\/1\/decisions\?decision=\d+$/,
  )
  await expectNoBarrier(page)

  await alarm.getByRole('button', { name: 'Look into it' }).click()
  await alarm.getByText('looking into it', { exact: true }).waitFor()
  await alarm.getByRole('button', { name: 'Mark as fine' }).click()
  await alarm.getByRole('textbox').fill('We pay for them since then.')
  await expectNoBarrier(page)
  await alarm.getByRole('button', { name: 'Mark as fine' }).click()
  const earlier = page.getByRole('group').filter({ hasText: 'A new audience has come' })
  await earlier.locator('summary').click()
  await alarm.getByText('We pay for them since then. — Iryna').waitFor()
  await alarm.getByRole('button', { name: 'Take it up again' }).click()
  await alarm.getByText('looking into it', { exact: true }).waitFor()

  await page.getByRole('button', { name: 'Save', exact: true }).click()
  const download = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: 'CSV: Changes' }).click()
  expect((await download).suggestedFilename()).toMatch(/^changes.*\.csv$/)

  await alarm.getByRole('button', { name: 'Make a segment of these people' }).click()
  await page.waitForURL(/\/segments\/\d+\/people/)
  const made = page.url()
  await page.getByRole('heading', { level: 1 }).waitFor()
  await expectNoBarrier(page)
  // Asked for once more, it is the same.
  await page.goto(`${app.url}/s/1/changes`)
  await alarm.getByRole('button', { name: 'Make a segment of these people' }).click()
  await page.waitForURL(made)
  // Changed since, it is of other people, and isn't shown as if it were of these.
  const segment = `segments/${made.match(/\d+(?=\/people)/)?.[0]}`
  const { name, version } = await call<Segment>(segment)
  const other = { name, definition: { about: 'known', is: true }, baseVersion: version }
  expect(await call<Segment>(segment, other, 'PUT')).toMatchObject({ name, version: version + 1 })
  await page.goto(`${app.url}/s/1/changes`)
  await alarm.getByRole('button', { name: 'Make a segment of these people' }).click()
  await alarm.getByRole('alert').getByText(`There is a segment “${name}” already`).waitFor()
  await expectNoBarrier(page)
}, 60_000)

it('on a phone the notes of flags stay on the page, and a touchpoint that is gone is the whole path', async () => {
  const title = 'A courier of our own, since the last one came late every other day'
  for (const weeks of [29, 40, 52])
    await call('decisions', {
      day: new Date(Date.now() - weeks * 7 * DAY_MS).toISOString().slice(0, 10),
      title,
    })
  const page = await open('changes?place=teleport&audience=device:watch', 360)
  const weeks = page.locator('#weeks')
  await weeks
    .getByText(/^week of .* people$/)
    .first()
    .waitFor()
  expect(await weeks.getByLabel('Touchpoint').inputValue()).toBe('The whole path')
  expect(await weeks.getByRole('alert').count()).toBe(0)
  await expectNoBarrier(page)
  const flags = weeks.getByRole('link', { name: title })
  expect(await flags.count()).toBe(3)
  for (const flag of await flags.all()) {
    await flag.hover()
    const { x = -1, width = 0 } = (await flag.locator('span').last().locator('..').boundingBox()) ?? {}
    expect(x).toBeGreaterThanOrEqual(0)
    expect(x + width).toBeLessThanOrEqual(360)
  }
  await expectNoBarrier(page)
}, 60_000)

it('a touchpoint gets somebody in charge and a next date, is noted as reviewed, and the note can be taken back', async () => {
  const page = await open('reviews', 390)
  const row = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'Product page' }) })
  await row.waitFor()
  await page.getByRole('searchbox').fill('product page')
  await page
    .getByRole('button', { name: /^Schedule and history/ })
    .nth(1)
    .waitFor({ state: 'detached' })
  await expectNoBarrier(page)
  await row.getByRole('button', { name: /^Schedule and history/ }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('How often').click()
  await page.getByRole('option', { name: 'every 4 weeks' }).click()
  await dialog.getByLabel('In charge').click()
  await page.getByRole('option', { name: 'Iryna' }).click()
  await dialog.getByLabel('Next review').fill('2020-01-01')
  expect(await findBarriers(page, '[role=dialog]')).toEqual([])
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.waitFor({ state: 'detached' })
  await row.getByText(/days late$/).waitFor()
  await row.getByText('In charge: Iryna').waitFor()

  await row.getByRole('button', { name: 'Reviewed: Product page' }).click()
  await dialog.getByLabel('What you saw').fill('Quick on a phone, the price is right.')
  await dialog.getByRole('button', { name: 'Note the review' }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByRole('status').getByText('Reviewed: Product page.').waitFor()
  await row.getByText('Quick on a phone, the price is right.').waitFor()
  await page.getByRole('status').getByRole('button', { name: 'Undo' }).click()
  await row.getByText('Quick on a phone, the price is right.').waitFor({ state: 'detached' })
}, 60_000)

it('a past review is removed and brought back in its dialog, whose date follows; with nothing changed it just closes', async () => {
  await call('reviews/catalogue/checks', { note: 'Filters work.' })
  const page = await open('reviews', 390)
  await page.getByRole('button', { name: 'Schedule and history: Catalogue' }).click()
  const dialog = page.getByRole('dialog')
  const next = () => dialog.getByLabel('Next review').inputValue()
  await dialog.getByText('Filters work.').waitFor()
  const set = await next()
  expect(set).toMatch(/^20/)
  await dialog.getByRole('button', { name: 'Remove this entry' }).click()
  await dialog.getByText('Filters work.').waitFor({ state: 'detached' })
  await expect.poll(next).toBe('')
  expect(await findBarriers(page, '[role=dialog]')).toEqual([])
  await dialog.getByRole('status').getByRole('button', { name: 'Undo' }).click()
  await dialog.getByText('Filters work.').waitFor()
  await expect.poll(next).toBe(set)
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.waitFor({ state: 'detached' })
  expect(failures).toEqual([])
}, 60_000)

it('reports are pinned to a new board on a phone, put in order, taken off and brought back', async () => {
  const page = await open('cohorts', 390)
  await pin(page, { board: 'New board…', name: 'Every Monday' })
  await page.goto(`${app.url}/s/1/map`)
  await pin(page, { board: 'Every Monday' })
  await page.goto(`${app.url}/s/1/boards`)
  await page.getByRole('link', { name: 'Every Monday' }).click()
  const names = () => page.getByRole('heading', { level: 2 }).allTextContents()
  await expect.poll(names).toEqual(['Coming back', 'Customer path'])
  await expectNoBarrier(page)
  await page.getByRole('button', { name: 'Move “Customer path” earlier' }).click()
  await expect.poll(names).toEqual(['Customer path', 'Coming back'])
  await page.getByRole('button', { name: 'Take “Coming back” off the board' }).click()
  await expect.poll(names).toEqual(['Customer path'])
  await page.getByRole('status').getByRole('button', { name: 'Undo' }).click()
  await expect.poll(names).toEqual(['Customer path', 'Coming back'])
}, 60_000)

/** Pins the open report, through its menu. */
async function pin(page: Page, { board, name }: { board: string; name?: string }): Promise<void> {
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Pin to a board' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Board', { exact: true }).click()
  await page.getByRole('option', { name: board }).click()
  if (name !== undefined) {
    await dialog.getByLabel('Name of the new board').fill(name)
    expect(await findBarriers(page, '[role=dialog]')).toEqual([])
  }
  await dialog.getByRole('button', { name: 'Pin', exact: true }).click()
  await dialog.waitFor({ state: 'detached' })
}
