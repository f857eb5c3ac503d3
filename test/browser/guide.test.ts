import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { stations } from '../../features/guide/contract.ts'
import { findBarriers } from './barriers.ts'
import { openChromium } from './chromium.ts'
import { openWholeApp, type WholeApp } from './whole-app.ts'

interface Look {
  locale: 'ru' | 'uk'
  width: number
  colorScheme: 'light' | 'dark'
}

/** The owner walks on a phone; what stood on the way is looked at once more on a wide screen. */
const phone: Look = { locale: 'uk', width: 390, colorScheme: 'dark' }
const wide: Look = { locale: 'ru', width: 1280, colorScheme: 'light' }

type Texts = { [key: string]: string | Texts }

/** The words of the screens in one language: `t('guide.event.here')`. */
async function readWords(
  language: string,
): Promise<(key: string, values?: Record<string, string>) => string> {
  const read = async (room: string) =>
    JSON.parse(
      await readFile(new URL(`../../web/locales/${language}/${room}.json`, import.meta.url), 'utf8'),
    ) as Texts
  const texts: Texts = {
    guide: await read('guide'),
    accounts: await read('accounts'),
    shell: await read('shell'),
  }
  return (key, values = {}) => {
    const text = key.split('.').reduce<string | Texts>((at, part) => (at as Texts)[part] ?? key, texts)
    return String(text).replace(/\{\{(\w+)\}\}/g, (_hole, name: string) => values[name] ?? '')
  }
}

/** A shop's page with whatever code its owner pasted into it. */
function openShopPage(): Promise<{ url: string; paste: (code: string) => void; server: Server }> {
  let code = ''
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.end(`<!doctype html><html><head><title>Black tea</title>${code}</head><body>Tea</body></html>`)
  })
  const paste = (given: string) => {
    code = given
  }
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      resolve({ url: `http://127.0.0.1:${port}/black-tea`, paste, server })
    }),
  )
}

// The tests follow one owner from the first start on, so each goes on where the one before it ended.
describe('a new owner', () => {
  let app: WholeApp
  let browser: Browser
  let context: BrowserContext
  let page: Page
  let look: Look
  let t: Awaited<ReturnType<typeof readWords>>
  const failures: string[] = []

  async function takeLook(next: Look): Promise<void> {
    look = next
    t = await readWords(look.locale)
    const state = await context?.storageState()
    context = await browser.newContext({
      locale: look.locale,
      colorScheme: look.colorScheme,
      viewport: { width: look.width, height: 860 },
      timezoneId: 'Europe/Kyiv',
      reducedMotion: 'reduce',
      bypassCSP: true,
    })
    // The same owner, without the language that the other page remembers.
    if (state) await context.addCookies(state.cookies)
    page = await context.newPage()
    page.on('pageerror', (error) => failures.push(error.message))
  }

  beforeAll(async () => {
    app = await openWholeApp()
    browser = await openChromium()
    await takeLook(phone)
  }, 180_000)
  afterAll(async () => {
    await browser?.close()
    await app?.close()
  })

  const button = (key: string, values?: Record<string, string>) =>
    page.getByRole('button', { name: t(key, values), exact: true })
  const field = (key: string) => page.getByRole('textbox', { name: t(key), exact: true })
  const arriveAt = (key: string) =>
    page.getByRole('heading', { level: 2, name: t(key), exact: true }).waitFor()

  /** Speaks the language, has no barrier, fits the screen, and broke nowhere. */
  async function expectGood(): Promise<void> {
    await page.waitForFunction('document.querySelector("[aria-busy=true]") === null')
    expect(await page.evaluate('document.documentElement.lang')).toBe(look.locale)
    expect(await findBarriers(page)).toEqual([])
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0)
    expect(failures).toEqual([])
  }

  it('is led by the link of the first start to the first station', async () => {
    await page.goto(app.url + app.ownerLink)
    await field('accounts.yourName').fill('Olena')
    await field('accounts.email').fill('olena@tea.example')
    await field('accounts.password').fill('чай с бергамотом')
    await button('accounts.welcome.next').click()
    await field('accounts.shop.name').fill('Tea & Co')
    await button('accounts.welcome.submit').click()
    await page.waitForURL('**/s/1/start')
    await arriveAt('guide.shop.title')
    await expectGood()
  })

  it('changes the language of everything at once, and back', async () => {
    const other = 'en'
    const names = { ru: 'Русский', uk: 'Українська', en: 'English' }
    const t2 = await readWords(other)
    await page.getByText(names[other], { exact: true }).first().click()
    await page.getByRole('heading', { level: 1, name: t2('guide.title') }).waitFor()
    await page.getByRole('button', { name: t2('guide.shop.save') }).waitFor()
    await page.getByText(names[look.locale], { exact: true }).first().click()
    await page.getByRole('heading', { level: 1, name: t('guide.title') }).waitFor()
  })

  it('takes the guessed site address, and is told what is wrong with a bad one', async () => {
    await field('guide.shop.site').fill('no address at all')
    await button('guide.shop.save').click()
    await page.locator('[aria-invalid=true]').waitFor()
    await field('guide.shop.site').fill('')
    await button('guide.shop.siteGuess', { domain: 'tea.example' }).click()
    await button('guide.shop.save').click()
    await arriveAt('guide.connect.title')
    await page.getByRole('link', { name: `${t('guide.station.shop')} ${t('guide.isDone')}` }).waitFor()
  })

  it.each(['segment', 'file', 'demo', 'tracker'])('looks at the way %s', async (way) => {
    await page.getByRole('link', { name: new RegExp(`^${t(`guide.way.${way}`)}`) }).click()
    await page.getByRole('region', { name: t(`guide.way.${way}`) }).waitFor()
    await expectGood()
  })

  it('pastes the code into the shop’s page and sees the first event come, live', async () => {
    const shop = await openShopPage()
    shop.paste((await page.locator('pre').textContent()) ?? '')
    await button('guide.goOn').click()
    await page.getByText(t('guide.event.waiting')).waitFor()
    await page.getByText(t('guide.silence.title')).click()
    await page.getByText(t('guide.cause.ownMachine')).waitFor()
    await expectGood()
    const visit = await context.newPage()
    await visit.goto(shop.url)
    await page.getByText(t('guide.event.here')).waitFor()
    await page
      .getByText(/black.tea/i)
      .first()
      .waitFor()
    await page.getByText(t('guide.event.otherSite', { sites: '127.0.0.1' })).waitFor()
    await expectGood()
    await visit.close()
    shop.server.close()
  })

  it('learns that nobody outside can reach the server yet, and what to do', async () => {
    await button('guide.goOn').click()
    await arriveAt('guide.reach.title')
    await button('guide.reach.check').click()
    await page.getByText(t('guide.server.local', { host: 'localhost' })).waitFor()
    expect(await field('guide.reach.host').inputValue()).toBe('tropa.tea.example')
    await page.getByText('nginx', { exact: true }).click()
    await page.getByText('server_name tropa.tea.example;').first().waitFor()
    await expectGood()
  })

  it('ends at the map', async () => {
    await button('guide.skip').click()
    await arriveAt('guide.map.title')
    await expectGood()
    await button('guide.map.open').click()
    await page.waitForURL('**/s/1/map')
    await page.locator('h1').waitFor()
    await expectGood()
  })

  it('finds every station again on a wide screen, in another language', async () => {
    await takeLook(wide)
    for (const station of stations) {
      await page.goto(`${app.url}/s/1/start?step=${station}`)
      await arriveAt(`guide.${station}.title`)
      await expectGood()
    }
    for (const way of ['segment', 'file']) {
      await page.goto(`${app.url}/s/1/start?step=connect&way=${way}`)
      await page.getByRole('region', { name: t(`guide.way.${way}`) }).waitFor()
      await expectGood()
    }
  })

  it('walks back by the keyboard, and puts the guide away', async () => {
    await page.goto(`${app.url}/s/1/start?step=shop`)
    await arriveAt('guide.shop.title')
    const second = page.getByRole('link', { name: new RegExp(`^${t('guide.station.connect')}`) })
    await second.focus()
    await page.keyboard.press('Enter')
    await arriveAt('guide.connect.title')
    await page.goBack()
    await arriveAt('guide.shop.title')
    await button('guide.putAway').click()
    await page.waitForURL('**/s/1/today')
    await page.waitForFunction('document.querySelector("[aria-busy=true]") === null')
    expect(await page.getByRole('link', { name: t('shell.nav.start'), exact: true }).count()).toBe(0)
    await page.goto(`${app.url}/s/1/start`)
    await button('guide.takeOut').waitFor()
  })
})
