import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findBarriers } from './barriers.ts'
import { openChromium, takePage } from './chromium.ts'
import { walks } from './journey-map-walks.ts'
import { becomeOwner, type Cookie, sendEvents, waitForPersons } from './owner.ts'
import { openWholeApp, type WholeApp } from './whole-app.ts'

let app: WholeApp
let browser: Browser
let owner: Cookie

beforeAll(async () => {
  app = await openWholeApp()
  browser = await openChromium()
  owner = await becomeOwner(app)
}, 180_000)

afterAll(async () => {
  await browser?.close()
  await app?.close()
})

interface Look {
  locale: 'ru' | 'uk' | 'en'
  width: number
  colorScheme: 'light' | 'dark'
}

const wide: Look = { locale: 'en', width: 1440, colorScheme: 'light' }

async function openPage(look: Look = wide): Promise<{ page: Page; failures: string[] }> {
  const page = await takePage(browser, {
    locale: look.locale,
    colorScheme: look.colorScheme,
    viewport: { width: look.width, height: 900 },
    reducedMotion: 'reduce',
    bypassCSP: true,
  })
  await page.context().addCookies([{ ...owner, url: app.url }])
  const failures: string[] = []
  page.on('pageerror', (error) => failures.push(error.message))
  return { page, failures }
}

async function openMap(page: Page, query = ''): Promise<void> {
  await page.goto(`${app.url}/s/1/map${query}`)
  await page.locator('h1').waitFor()
  await page.waitForFunction('document.querySelector("[aria-busy=true]") === null')
}

const stage = (page: Page, name: string) => page.getByRole('button', { name: new RegExp(`^${name}`) }).first()
const panel = (page: Page, name: string) => page.getByRole('complementary', { name })
const looks: Look[] = [
  { locale: 'ru', width: 1440, colorScheme: 'light' },
  { locale: 'en', width: 1440, colorScheme: 'dark' },
  { locale: 'uk', width: 390, colorScheme: 'dark' },
]
const titles = { ru: 'Путь клиента', uk: 'Шлях клієнта', en: 'Customer path' }

// The tests follow one shop from before its first event on, so the order matters.
describe('an empty shop', () => {
  it('has a map that invites to connect, in outline and without barriers', async () => {
    const { page, failures } = await openPage()
    await page.goto(`${app.url}/s/1/map`)
    await page.getByRole('heading', { name: 'This is where your customers’ path will run' }).waitFor()
    expect(await page.getByRole('link', { name: 'Connect the shop' }).getAttribute('href')).toBe('/s/1/start')
    expect(await findBarriers(page)).toEqual([])
    expect(failures).toEqual([])
  })

  it('says of a period without people that it is empty, and widens it', async () => {
    const { page } = await openPage()
    await openMap(page, '?from=2020-01-01&to=2020-01-02')
    await page.getByRole('button', { name: 'Show a year' }).click()
    await page.waitForURL('**/s/1/map?period=365')
  })
})

describe('the map of a shop with customers', () => {
  beforeAll(async () => {
    await sendEvents(app, owner, walks(130))
    await waitForPersons(app, owner, 130)
  }, 60_000)

  describe.each(looks)('in $locale, $colorScheme, $width px wide', (look) => {
    it('speaks the language, meets no barrier, fits the screen and shows what was said and kept', async () => {
      const { page, failures } = await openPage(look)
      await openMap(page)
      await page.getByRole('heading', { level: 1, name: titles[look.locale] }).waitFor()
      const text = await page.locator('main').textContent()
      expect(text).toMatch(/\u2212\d/) // the late parcels: a real minus
      expect(text).toContain('%')
      expect(text).not.toMatch(/journeys[.:]|touchpoints[.:]|NaN|undefined/)
      expect(await findBarriers(page)).toEqual([])
      const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
      expect(overflow).toBeLessThanOrEqual(0)
      await stage(page, { ru: 'Доставка', uk: 'Доставка', en: 'Delivery' }[look.locale]).click()
      await page.waitForURL('**stage=delivery**')
      await page
        .getByText({ ru: 'Куда пошли отсюда', uk: 'Куди пішли звідси', en: 'Where they went' }[look.locale])
        .waitFor()
      expect(await findBarriers(page)).toEqual([])
      expect(failures).toEqual([])
    })
  })

  it('is walked by keyboard: arrows move, Enter opens, Escape closes', async () => {
    const { page } = await openPage()
    await openMap(page)
    await stage(page, 'Need').focus()
    for (let step = 0; step < 6; step++) await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    await panel(page, 'Delivery').waitFor()
    await page.keyboard.press('Escape')
    await panel(page, 'Delivery').waitFor({ state: 'detached' })
    expect(await page.evaluate('document.activeElement.textContent')).toContain('Delivery')
  })

  it('goes from stage to touchpoint, and back by the back button', async () => {
    const { page } = await openPage()
    await openMap(page, '?stage=delivery')
    await panel(page, 'Delivery')
      .getByRole('button', { name: /^Carrier/ })
      .click()
    await panel(page, 'Carrier').waitFor()
    expect(page.url()).toContain('touchpoint=carrier')
    await page.goBack()
    await panel(page, 'Delivery').waitFor()
  })

  it('tells by the table what the picture shows, hidden or not', async () => {
    const { page } = await openPage()
    await openMap(page)
    const row = page.getByRole('row', { name: /^Delivery/ })
    expect(await row.textContent()).toMatch(/\u2212\d+ \u2212\d+ to \u2212\d+ · 130 people/)
    await page.getByRole('button', { name: 'Show as a table' }).click()
    await page.getByRole('row', { name: /^Carrier/ }).waitFor()
    expect(page.url()).toContain('table=true')
  })

  it('keeps the whole question in the address: period, people, comparison', async () => {
    const { page } = await openPage()
    await openMap(page)
    await page.getByRole('button', { name: /^Period/ }).click()
    await page.getByRole('menuitem', { name: 'Last 30 days' }).click()
    await page.getByRole('button', { name: /^Who/ }).click()
    await page.getByRole('menuitem', { name: 'Placed an order' }).click()
    await page.getByRole('button', { name: /^Comparison/ }).click()
    await page.getByRole('menuitem', { name: 'With the period before' }).click()
    await page.waitForURL(/period=30&segment=ordered&compare=previous/)
    const { href } = new URL(page.url())
    await page.goto(href)
    await page.getByRole('button', { name: 'Comparison: With the period before' }).waitFor()
    await page.getByRole('button', { name: 'Who: Placed an order' }).waitFor()
  })

  it.each([
    ['Picture, PNG', 'png', [0x89, 0x50, 0x4e, 0x47]],
    ['Page, PDF', 'pdf', [0x25, 0x50, 0x44, 0x46]],
  ])('is saved: %s', async (name, extension, signature) => {
    const { page, failures } = await openPage()
    await openMap(page)
    await page.getByRole('button', { name: 'Save' }).click()
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name }).click(),
    ])
    expect(file.suggestedFilename()).toMatch(new RegExp(`^tropa-[\\d-]+\\.${extension}$`))
    const bytes = await readFile(await file.path())
    expect([...bytes.subarray(0, 4)]).toEqual(signature)
    expect(bytes.length).toBeGreaterThan(50_000)
    expect(failures).toEqual([])
  })

  it('comes without anything jumping about', async () => {
    // In a width of its own nothing is loaded yet.
    const { page } = await openPage({ ...wide, width: 1400 })
    await page.addInitScript(() => {
      Object.assign(window, { shift: 0 })
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries())
          Object.assign(window, { shift: Reflect.get(window, 'shift') + Reflect.get(entry, 'value') })
      }).observe({ type: 'layout-shift', buffered: true })
    })
    await openMap(page)
    await page.evaluate('document.fonts.ready')
    expect(await page.evaluate('window.shift')).toBeLessThan(0.05)
  })

  it('leads from a figure to its people, and to the path of one', async () => {
    const { page } = await openPage()
    await openMap(page, '?stage=delivery')
    await panel(page, 'Delivery').getByRole('button', { name: 'Whom we failed' }).click()
    await page.getByRole('table', { name: 'Whom we failed' }).getByRole('link').first().click()
    await page.waitForURL('**/people/*')
    await page.goBack()
    await page.getByRole('table', { name: 'Whom we failed' }).getByRole('link').first().waitFor()
    await page.getByRole('button', { name: 'Back to the figures' }).click()
    await panel(page, 'Delivery').getByText('Where they went from here').waitFor()
  })

  it('marks what the shop changed', async () => {
    const { page } = await openPage()
    await openMap(page, '?stage=delivery')
    await panel(page, 'Delivery').getByRole('button', { name: 'Note a change' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox').first().fill('Another carrier')
    await dialog.locator('button[type=submit]').click()
    await panel(page, 'Delivery').getByText('Another carrier').waitFor()
    await page.getByText('1 decision', { exact: true }).waitFor()
  })

  // Last, because it adds a customer.
  it('takes in a new customer without a reload', async () => {
    const { page } = await openPage()
    await openMap(page)
    await page.evaluate('window.isSamePage = true')
    await stage(page, 'Search').getByText('130', { exact: true }).waitFor()
    await sendEvents(
      app,
      owner,
      walks(131).filter((event) => String(Reflect.get(event, 'messageId')).startsWith('130-')),
    )
    await stage(page, 'Search').getByText('131', { exact: true }).waitFor()
    expect(await page.evaluate('window.isSamePage')).toBe(true)
  })
})
