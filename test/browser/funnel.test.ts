import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { FunnelAnswer } from '../../features/funnels/contract.ts'
import { toQuery } from '../../features/funnels/web/funnel-search.ts'
import { findBarriers } from './barriers.ts'
import { openChromium, takePage } from './chromium.ts'
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

/** Of forty who look, twenty fill a cart and eight order. */
function visits(): object[] {
  const at = (minutes: number) => new Date(Date.now() - 5 * DAY_MS + minutes * 60_000).toISOString()
  return Array.from({ length: 40 }, (_, n) => {
    const message = (messageId: string, minutes: number, rest: object) => ({
      messageId: `${n}-${messageId}`,
      anonymousId: `browser-${n}`,
      timestamp: at(n + minutes),
      ...rest,
    })
    const track = (event: string, minutes: number, properties: object = {}) =>
      message(event, minutes, { type: 'track', event, properties })
    return [
      message('page', 0, { type: 'page', context: { page: { path: '/' } } }),
      ...(n < 20 ? [track('Product Added', 3)] : []),
      ...(n < 8 ? [track('Order Completed', 9, { order_id: `O-${n}`, total: 500, currency: 'UAH' })] : []),
    ]
  }).flat()
}

/** The standard funnel as the page asks for it. */
async function ask(): Promise<FunnelAnswer> {
  const query = new URLSearchParams(
    Object.entries(toQuery({}, new Date(), 'Europe/Kyiv')).flatMap(([key, value]) =>
      value === undefined ? [] : [[key, String(value)]],
    ),
  )
  const cookie = `${owner.name}=${owner.value}`
  const answer = await fetch(`${app.url}/api/shops/1/funnel?${query}`, { headers: { cookie } })
  return (await answer.json()) as FunnelAnswer
}

type Look = { locale?: string; width?: number; colorScheme?: 'light' | 'dark' }

const openFunnel = (search = '', look: Look = {}) => openReport(`funnel${search}`, look)

async function openReport(path: string, { locale = 'en', width = 1280, colorScheme = 'light' }: Look = {}) {
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

async function photograph(page: Page, name: string): Promise<void> {
  if (process.env.TROPA_PICTURES)
    await page.screenshot({ path: `${process.env.TROPA_PICTURES}/funnel-${name}.png`, fullPage: true })
}

it('a shop without events says so and shows no broken picture', async () => {
  const page = await openFunnel()
  await page.getByText('Nobody began this way').waitFor()
  expect(await findBarriers(page)).toEqual([])
})

it('leads from the number to its persons and on to one of them', async () => {
  await sendEvents(app, owner, visits())
  // An answer is kept for some seconds, the empty one too.
  await expect
    .poll(async () => (await ask()).steps.map(({ n }) => n), { interval: 500 })
    .toEqual([40, 0, 20, 0, 8, 0])
  const page = await openFunnel()
  await page.getByRole('button', { name: 'Visit: 40. Show who' }).waitFor()
  await expect.poll(() => page.getByRole('button', { name: 'Order: 8. Show who' }).count()).toBe(1)
  await page.getByRole('button', { name: '32 came no further' }).click()
  await page.getByRole('heading', { name: 'Came no further than “Visit”' }).waitFor()
  const list = page.getByRole('table', { name: 'People', exact: true })
  await list.getByRole('link').first().click()
  await page.waitForURL(/\/people\//)
  await page.goBack()
  await page.getByRole('heading', { name: 'Came no further than “Visit”' }).waitFor()
})

it('takes other steps, keeps them in the address and returns to the usual way', async () => {
  const page = await openFunnel()
  await page.getByRole('button', { name: 'Remove step 2' }).click()
  await page.getByRole('button', { name: 'Show', exact: true }).click()
  await page.waitForURL(/steps=/)
  await page.reload()
  await page.getByRole('button', { name: 'Visit: 40. Show who' }).waitFor()
  expect(await page.getByRole('button', { name: /^Product:/ }).count()).toBe(0)
  await page.getByRole('button', { name: 'Back to the standard way' }).click()
  await page.getByRole('button', { name: /^Product:/ }).waitFor()
})

it('an address that makes no sense is refused in words', async () => {
  const page = await openFunnel(`?steps=${encodeURIComponent('[{"name":"a"}]')}`)
  await page.getByRole('alert').first().waitFor()
})

it('leads on to how customers choose and who comes back, which say how to bring what is missing', async () => {
  const page = await openReport('choosing')
  await page.getByRole('heading', { name: 'Nobody has answered yet' }).waitFor()
  await page.getByText("tropa.track('Shops Compared', { count: 3 })").waitFor()
  expect(await findBarriers(page)).toEqual([])
  const back = await openReport('returning')
  await back.getByRole('heading', { name: 'No returns to see yet' }).waitFor()
  expect(await findBarriers(back)).toEqual([])
})

it.each([
  ['en', {}],
  ['ru', { colorScheme: 'dark' }],
  ['uk', { width: 375 }],
] as const)(
  'can be read by everybody in %s, compared and told apart, with %j',
  async (locale, look: Look) => {
    const page = await openFunnel('?by=device&compare=previous', { locale, ...look })
    expect(await findBarriers(page)).toEqual([])
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0)
    await photograph(page, `${locale}-${look.width ?? 'wide'}-${look.colorScheme ?? 'light'}`)
    expect(failures).toEqual([])
  },
)
