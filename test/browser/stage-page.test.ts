import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findBarriers } from './barriers.ts'
import { openChromium, takePage } from './chromium.ts'
import { becomeOwner, type Cookie, sendEvents, waitForPersons } from './owner.ts'
import { openWholeApp, type WholeApp } from './whole-app.ts'

const DAY_MS = 86_400_000
const CUSTOMERS = 1800
const DAYS = 84
const DECIDED = dayAgo(35)
const UNTRUSTED = '<img src=x onerror="window.hurt = true"> Ждал полдня'

let app: WholeApp
let browser: Browser
let owner: Cookie
const failures: string[] = []

beforeAll(async () => {
  app = await openWholeApp()
  browser = await openChromium()
  owner = await becomeOwner(app)
  await sendEvents(app, owner, talks())
  await post('/shops/1/decisions', { day: DECIDED, title: 'Второй оператор по вечерам', stage: 'contact' })
  await waitForPersons(app, owner, CUSTOMERS)
}, 180_000)
afterAll(async () => {
  await browser?.close()
  await app?.close()
})

function dayAgo(days: number): string {
  return new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10)
}

/** Customers who asked in a chat, one after the other over twelve weeks; in the last five weeks they waited less. */
function talks(): object[] {
  return Array.from({ length: CUSTOMERS }, (_, n) => talk(n)).flat()
}

function talk(n: number): object[] {
  const daysAgo = DAYS - (n * DAYS) / CUSTOMERS
  const isLater = daysAgo < 35
  const seconds = (isLater ? 20 : 240) * (1 + (n % 23) ** 1.6 / 12)
  const track = (event: string, minutes: number, properties: object) => ({
    type: 'track',
    messageId: `${n}-${event}`,
    timestamp: new Date(Date.now() - daysAgo * DAY_MS + minutes * 60_000).toISOString(),
    anonymousId: `browser-${n}`,
    event,
    properties: { touchpoint: 'chat', ...properties },
  })
  const measure = 'first_answer_seconds'
  const score = isLater ? 5 - (n % 3 === 0 ? 2 : 0) : 1 + (n % 4)
  const comment =
    n === CUSTOMERS - 7 ? UNTRUSTED : n % 30 === 0 ? `Ответили за ${Math.round(seconds)} с` : undefined
  return [
    track('Contact Started', 0, { contact_id: `c-${n}`, channel: 'chat' }),
    track('Standard Measured', 0, { measure, value: seconds, [measure]: seconds, of: `c-${n}` }),
    ...(n % 4 === 3 ? [] : [track('Feedback Given', 5, { kind: 'csat', score, scale_max: 5, comment })]),
  ]
}

const headers = () => ({
  cookie: `${owner.name}=${owner.value}`,
  'content-type': 'application/json',
  'x-tropa-request': '1',
})

async function post(path: string, body: object): Promise<void> {
  const answer = await fetch(`${app.url}/api${path}`, {
    method: 'POST',
    headers: headers(),
    body: JSON.stringify(body),
  })
  expect(answer.status, await answer.clone().text()).toBeLessThan(300)
}

interface Look {
  locale: 'ru' | 'uk' | 'en'
  width: number
  colorScheme: 'light' | 'dark'
}

async function openPage(path: string, look: Partial<Look> = {}): Promise<Page> {
  const { locale = 'en', width = 1440, colorScheme = 'light' } = look
  const page = await takePage(browser, {
    locale,
    colorScheme,
    viewport: { width, height: 900 },
    reducedMotion: 'reduce',
    bypassCSP: true,
  })
  await page.context().addCookies([{ ...owner, url: app.url }])
  page.on('pageerror', (error) => failures.push(error.message))
  await page.goto(`${app.url}/s/1/${path}`)
  await page.locator('h1').waitFor()
  await page.waitForFunction('document.querySelector("[aria-busy=true]") === null')
  return page
}

const STAGE = 'map/stage/contact?period=90'
const course = (page: Page) => page.getByRole('region', { name: 'How it went' })

describe('the way to a stage and back', () => {
  it('leads from its panel on the map to the page, and back to the open panel', async () => {
    const page = await openPage('map?stage=contact')
    await page.getByRole('link', { name: 'Since when, and in whose words' }).click()
    await page.getByRole('heading', { level: 1, name: 'Contact' }).waitFor()
    await course(page).waitFor()
    await page.locator('header').getByRole('link', { name: 'Customer path' }).click()
    await page.getByRole('complementary', { name: 'Contact' }).waitFor()
  })

  it('leads from a figure to the people behind it', async () => {
    const page = await openPage(STAGE)
    await page.getByRole('button', { name: 'Who was here' }).first().click()
    await page.waitForURL(/map\?.*people=present/)
    await page.getByRole('table', { name: 'Who was here' }).waitFor()
  })
})

describe('the course of a stage', () => {
  it('is read by the keyboard, and Enter opens the map of those days', async () => {
    const page = await openPage(STAGE)
    const parts = page.getByRole('navigation', { name: 'Stretches of time' }).getByRole('link')
    await expect.poll(() => parts.count()).toBeGreaterThanOrEqual(13)
    await parts.last().focus()
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('ArrowLeft')
    const named = await page.evaluate('document.activeElement.textContent')
    expect(named).toMatch(/The map of .*What they say: \+\d+, \+\d+ to/)
    await page.keyboard.press('Enter')
    await page.waitForURL(/map\?from=\d{4}-\d\d-\d\d&to=\d{4}-\d\d-\d\d$/)
  })

  it('marks decisions on the day they were made, here and on the map, and leads to them', async () => {
    const page = await openPage(STAGE)
    const flag = page.getByRole('link', { name: /Второй оператор/ })
    await flag.focus()
    const note = `document.querySelector('a[href*="/decisions?"] [data-side]')`
    await expect.poll(() => page.evaluate(`getComputedStyle(${note}).opacity`)).toBe('1')
    await page.goto(`${app.url}/s/1/map`)
    await page.getByRole('link', { name: /Второй оператор/ }).click()
    await page.waitForURL(/\/s\/1\/decisions\?decision=\d+$/)
  })

  it('stands as a table for who asks, and goes along as a file', async () => {
    const page = await openPage(STAGE)
    await page.getByRole('button', { name: 'Show as a table' }).click()
    await expect.poll(() => course(page).getByRole('row').count()).toBeGreaterThanOrEqual(14)
    const waiting = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Download the table' }).click()
    const file = await waiting
    const text = await readFile(await file.path(), 'utf8')
    expect(file.suggestedFilename()).toMatch(/^tropa-contact-.*\.csv$/)
    const [head, ...lines] = text.trimEnd().split('\r\n')
    expect(head).toContain('from,to,persons,contacts,said_n')
    const persons = lines.reduce((sum, line) => sum + Number(line.split(',')[2]), 0)
    // Whoever is there on both sides of a border between two weeks counts in both.
    expect(persons).toBeGreaterThanOrEqual(CUSTOMERS)
    expect(persons).toBeLessThan(CUSTOMERS * 1.02)
  })

  it('by days too short for numbers says so, and by months shows them again', async () => {
    const page = await openPage(STAGE)
    await page.getByText('By day', { exact: true }).click()
    await page.getByText(/too few people to show numbers/).waitFor()
    await page.getByText('By month', { exact: true }).click()
    await page.getByText(/too few people to show numbers/).waitFor({ state: 'detached' })
    expect(page.url()).toContain('by=month')
  })
})

describe('what lies behind the figures', () => {
  it('shows how the readings spread between the thresholds', async () => {
    const page = await openPage(STAGE)
    const chat = page.getByRole('article').filter({ hasText: 'Chat' })
    await chat.getByText(/1,800 readings/).waitFor()
    await expect
      .poll(() => chat.getByRole('listitem').filter({ hasText: '60 secs to 2 mins' }).count())
      .toBe(1)
    await expect.poll(() => chat.getByText(/^2 mins$/).count()).toBe(1)
  })

  it('shows what customers wrote as text, the latest first, and more on demand', async () => {
    const page = await openPage(STAGE)
    const words = page.getByRole('region', { name: 'In their own words' })
    await words.getByText(UNTRUSTED).waitFor()
    expect(await page.evaluate('window.hurt')).toBeUndefined()
    await expect.poll(() => words.getByRole('listitem').count()).toBe(20)
    await words.getByRole('button', { name: 'Show more' }).click()
    await expect.poll(() => words.getByRole('listitem').count()).toBeGreaterThan(20)
  })
})

describe('where there is nothing', () => {
  it('a stage that nobody came by says so and offers a longer time', async () => {
    const page = await openPage('map/stage/receipt?period=7')
    await page.getByText('Nobody came by this step in these days').waitFor()
    await page.getByRole('button', { name: /year/i }).click()
    await page.waitForURL(/period=365/)
  })

  it('a stage that there isn’t is an error with words', async () => {
    const page = await openPage('map/stage/moon')
    await page.getByRole('alert').waitFor()
  })
})

const looks: Look[] = [
  { locale: 'ru', width: 1440, colorScheme: 'light' },
  { locale: 'en', width: 1440, colorScheme: 'dark' },
  { locale: 'uk', width: 390, colorScheme: 'light' },
]

it.each(looks)('has no barrier and nothing hangs over: $locale, $width px, $colorScheme', async (look) => {
  const page = await openPage(STAGE, look)
  await page.getByText(UNTRUSTED).waitFor()
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
  expect(await findBarriers(page)).toEqual([])
})

it('nothing failed on the way', () => expect(failures).toEqual([]))
