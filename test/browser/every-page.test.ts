import { stat } from 'node:fs/promises'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { reportList } from '../../features/reports/web/report-list.ts'
import { findBarriers } from './barriers.ts'
import { openChromium } from './chromium.ts'
import { becomeOwner, type Cookie, sendEvents } from './owner.ts'
import { openWholeApp, type WholeApp } from './whole-app.ts'

let app: WholeApp
let browser: Browser
let owner: Cookie

beforeAll(async () => {
  app = await openWholeApp()
  browser = await openChromium()
  owner = await becomeOwner(app)
  await sendEvents(app, owner, walkOfOlena())
}, 180_000)

afterAll(async () => {
  await browser?.close()
  await app?.close()
})

const DAY_MS = 86_400_000
const at = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString()
const promised = (days: number) => at(days).slice(0, 10)

/** A visit, an order, a promise that was broken, and what she said of it; beside it two messages that can't be accepted. */
function walkOfOlena(): object[] {
  const who = { anonymousId: 'browser-1', userId: 'olena' }
  const order = { order_id: 'A-100' }
  return [
    {
      type: 'page',
      messageId: '1',
      timestamp: at(9),
      anonymousId: 'browser-1',
      name: 'Чай',
      context: { page: { url: 'https://tea.example/', path: '/', referrer: 'https://www.google.com/' } },
    },
    {
      type: 'identify',
      messageId: '2',
      timestamp: at(8.99),
      ...who,
      traits: { name: 'Олена Коваль', email: 'olena@example.com' },
    },
    {
      type: 'track',
      messageId: '3',
      timestamp: at(8.98),
      ...who,
      event: 'Order Completed',
      properties: {
        ...order,
        total: 2200,
        currency: 'UAH',
        promised_on: promised(6),
        region: 'Київ',
        products: [{ name: 'Мед', price: 2200 }],
      },
    },
    { type: 'track', messageId: '4', timestamp: at(7), ...who, event: 'Order Shipped', properties: order },
    { type: 'track', messageId: '5', timestamp: at(3), ...who, event: 'Order Arrived', properties: order },
    { type: 'track', messageId: '6', timestamp: at(2), ...who, event: 'Order Delivered', properties: order },
    {
      type: 'track',
      messageId: '7',
      timestamp: at(1),
      ...who,
      event: 'Feedback Given',
      properties: { ...order, kind: 'csat', score: 2, scale_max: 5 },
    },
    { type: 'track', messageId: '8', anonymousId: 'browser-1' },
    { type: 'dance', messageId: '9', anonymousId: 'browser-1' },
  ]
}

interface Look {
  locale: string
  width: number
  colorScheme: 'light' | 'dark'
}

/** Both widths, both schemes, and the two languages whose words are longer. */
const looks: Look[] = [
  { locale: 'ru', width: 1440, colorScheme: 'light' },
  { locale: 'uk', width: 390, colorScheme: 'dark' },
]
const english: Look = { locale: 'en', width: 390, colorScheme: 'light' }

async function openContext(
  { locale, width, colorScheme }: Look,
  options: { bypassCSP?: boolean } = {},
): Promise<BrowserContext> {
  const context = await browser.newContext({
    locale,
    colorScheme,
    viewport: { width, height: 900 },
    reducedMotion: 'reduce',
    bypassCSP: true,
    ...options,
  })
  await context.addCookies([{ ...owner, url: app.url }])
  return context
}

/** Pages that no other test looks at in several languages and widths. */
const pages = [
  'today',
  'people',
  'people/suggestions',
  'orders',
  'orders/A-100',
  'debugger',
  'debugger?view=refused',
  'imports',
  'reports',
]
/** Every report in one of the looks: in the other it stands in its own room's test. */
const reportsIn = (look: Look) =>
  reportList.map(({ path }) => path).filter((_, place) => place % looks.length === looks.indexOf(look))

describe.each(looks)('in $locale, $colorScheme, $width px wide', (look) => {
  let context: BrowserContext
  let page: Page
  const failures: string[] = []

  beforeAll(async () => {
    context = await openContext(look)
    page = await context.newPage()
    page.on('pageerror', (error) => failures.push(error.message))
  })
  afterAll(() => context?.close())

  it.each([...pages, ...reportsIn(look)])(
    'the page %s speaks the language, meets no barrier and fits the screen',
    async (path) => {
      await page.goto(`${app.url}/s/1/${path}`)
      await page.locator('h1').waitFor()
      await page.waitForFunction('document.querySelector("[aria-busy=true]") === null')
      expect(await page.evaluate('document.documentElement.lang')).toBe(look.locale)
      expect(await findBarriers(page)).toEqual([])
      const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
      expect(overflow).toBeLessThanOrEqual(0)
      expect(failures).toEqual([])
    },
  )

  it('the person is found by e-mail, and the path tells of the broken promise', async () => {
    await page.goto(`${app.url}/s/1/people`)
    await page.getByRole('searchbox').first().fill('olena@example.com')
    await page
      .getByRole('link', { name: /Олена Коваль/ })
      .first()
      .click()
    await page.getByRole('heading', { level: 1, name: 'Олена Коваль' }).waitFor()
    await page.getByText(/A-100/).first().waitFor()
    await page.waitForFunction('document.querySelector("[aria-busy=true]") === null')
    expect(await findBarriers(page)).toEqual([])
    expect(failures).toEqual([])
  })
})

describe('the event debugger', () => {
  it('shows a new event and a refusal without a reload', async () => {
    const context = await openContext(english)
    const page = await context.newPage()
    await page.goto(`${app.url}/s/1/debugger`)
    await page.getByText('Listening').waitFor()
    await sendEvents(app, owner, [
      { type: 'track', messageId: 'live-1', userId: 'olena', event: 'Honey Tasted' },
      { type: 'track', messageId: 'live-2', userId: 'olena' },
    ])
    await page.getByText('Honey Tasted').waitFor()
    await page.getByText('no name').first().waitFor()
    await page.getByText('Honey Tasted').click()
    await page.getByRole('dialog').getByText('live-1').waitFor()
    await context.close()
  })
})

describe('a report', () => {
  it('is kept under a name, opens by its link and is taken along as files, under the page’s own policy', async () => {
    const context = await openContext(english, { bypassCSP: false })
    const page = await context.newPage()
    const openMenu = () => page.getByRole('button', { name: 'Save', exact: true }).first().click()
    await page.goto(`${app.url}/s/1/funnel?days=30`)
    await openMenu()
    await page.getByRole('menuitem', { name: 'Save under a name' }).click()
    await page.getByRole('dialog').getByLabel('Name').fill('The last month')
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
    await page.waitForURL(/[?&]saved=\d+/)
    await page.goto(`${app.url}/s/1/reports`)
    await page.getByRole('link', { name: 'The last month' }).click()
    await page.waitForURL(/\/funnel\?days=30&saved=\d+$/)
    await page.getByText('Saved report “The last month”').waitFor()
    await page.getByRole('definition').first().waitFor()
    for (const [item, ending] of [
      ['Picture (PNG)', '.png'],
      ['Excel (XLSX)', '.xlsx'],
    ] as const) {
      await openMenu()
      const [taken] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('menuitem', { name: item }).click(),
      ])
      expect(taken.suggestedFilename()).toMatch(new RegExp(`^funnel-.*\\${ending}$`))
      expect((await stat(await taken.path())).size).toBeGreaterThan(3_000)
    }
    await context.close()
  })
})

describe('a board', () => {
  it('holds a report that is pinned to it, without barriers, and stands on the first page', async () => {
    const context = await openContext(english)
    const page = await context.newPage()
    await page.goto(`${app.url}/s/1/funnel?days=30`)
    await page.getByRole('button', { name: 'Save', exact: true }).first().click()
    await page.getByRole('menuitem', { name: 'Pin to a board' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('How to call it there').fill('Thirty days')
    await dialog.getByLabel('Name of the new board').fill('Mornings')
    await dialog.getByRole('button', { name: 'Pin', exact: true }).click()
    await page.getByText('Pinned to “Mornings”').waitFor()
    await page.goto(`${app.url}/s/1/boards`)
    await page.getByRole('link', { name: 'Mornings' }).click()
    await page.getByRole('link', { name: 'Thirty days' }).waitFor()
    await page.waitForFunction('document.querySelector("[aria-busy=true]") === null')
    expect(await findBarriers(page)).toEqual([])
    await page.getByRole('button', { name: 'More', exact: true }).first().click()
    await page.getByRole('menuitem', { name: 'Show on Today' }).click()
    await page.getByText('on Today', { exact: true }).waitFor()
    await page.goto(`${app.url}/s/1/today`)
    await page.getByRole('region', { name: 'Mornings' }).getByRole('link', { name: 'Thirty days' }).click()
    await page.waitForURL(/\/funnel\?days=30$/)
    await context.close()
  })
})
