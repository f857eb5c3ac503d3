import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { AnalyticsBrowser } from '@segment/analytics-next'
import { Analytics } from '@segment/analytics-node'
import { build } from 'esbuild'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openChromium } from './chromium.ts'
import { walks } from './journey-map-walks.ts'
import { becomeOwner, type Cookie, findWriteKey, sendEvents } from './owner.ts'
import { openWholeApp, type WholeApp } from './whole-app.ts'

declare const segment: { AnalyticsBrowser: typeof AnalyticsBrowser }

let app: WholeApp
let browser: Browser
let owner: Cookie
let writeKey: string
let bundle: string
/** What the head of every page of the small shop holds. */
let head = ''

/** A small shop on another origin than Tropa, as in life: every path has a page. */
const shop = createServer((_request, response) => {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
  response.end(`<!doctype html><title>Tea shop</title>${head}<h1>Tea</h1>`)
})
const shopUrl = (path: string) => `http://127.0.0.1:${(shop.address() as AddressInfo).port}${path}`
const fromAd = '/?utm_source=google&utm_medium=cpc&gclid=abc'

beforeAll(async () => {
  app = await openWholeApp()
  browser = await openChromium()
  bundle = await bundleSegment()
  await new Promise<void>((done) => shop.listen(0, '127.0.0.1', done))
  owner = await becomeOwner(app)
  writeKey = await findWriteKey(app, owner)
  await sendEvents(app, owner, walks(40))
}, 180_000)

afterAll(async () => {
  await browser?.close()
  await app?.close()
  shop.close()
})

async function bundleSegment(): Promise<string> {
  const contents = `export { AnalyticsBrowser } from '@segment/analytics-next'`
  const built = await build({
    stdin: { contents, resolveDir: import.meta.dirname },
    bundle: true,
    format: 'iife',
    globalName: 'segment',
    write: false,
    define: { 'process.env.NODE_ENV': '"production"' },
  })
  return built.outputFiles[0]?.text ?? ''
}

async function call<T>(path: string, method = 'GET', body?: object): Promise<T> {
  const headers: Record<string, string> = {
    'x-tropa-request': '1',
    cookie: `${owner.name}=${owner.value}`,
  }
  if (body) headers['content-type'] = 'application/json'
  const answer = await fetch(app.url + path, { method, headers, body: body && JSON.stringify(body) })
  expect(answer.status, await answer.clone().text()).toBe(200)
  return (await answer.json()) as T
}

async function openMap(width = 1440): Promise<{ page: Page; context: BrowserContext; failures: string[] }> {
  const context = await browser.newContext({
    locale: 'en',
    viewport: { width, height: 900 },
    reducedMotion: 'reduce',
    bypassCSP: true,
  })
  await context.addCookies([{ ...owner, url: app.url }])
  const page = await context.newPage()
  const failures: string[] = []
  page.on('pageerror', (error) => failures.push(error.message))
  await page.goto(`${app.url}/s/1/map`)
  await page.locator('h1').waitFor()
  await page.waitForFunction('document.querySelector("[aria-busy=true]") === null')
  return { page, context, failures }
}

/** The heading of a stage, which says how many persons were there. */
const stage = (page: Page, name: string) => page.getByRole('button', { name: new RegExp(`^${name}`) }).first()
const waitFor = (page: Page, name: string, persons: number) =>
  stage(page, name).getByText(String(persons), { exact: true }).waitFor({ timeout: 40_000 })

/** A customer's browser, which is none of the owner's. */
async function visit(path: string): Promise<{ page: Page; context: BrowserContext }> {
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(shopUrl(path))
  return { page, context }
}

/** Until the server has taken what tells of that address. */
const told = (page: Page, address: string) =>
  page.waitForResponse((response) => response.ok() && !!response.request().postData()?.includes(address))

async function visitPageByPage(): Promise<void> {
  head = `<script async src="${app.url}/t.js" data-key="${writeKey}"></script>`
  const { page, context } = await visit(fromAd)
  await page.waitForFunction('window.tropa && !tropa.q')
  await Promise.all([told(page, '/product/kettle'), page.goto(shopUrl('/product/kettle'))])
  await context.close()
}

async function visitWithoutLoading(): Promise<void> {
  const { page, context } = await visit(fromAd)
  await page.waitForFunction('window.tropa && !tropa.q')
  const change = page.evaluate(`history.pushState({}, '', '/product/teapot')`)
  await Promise.all([told(page, '/product/teapot'), change])
  await context.close()
}

async function visitUnderSegment(): Promise<void> {
  head = ''
  const { page, context } = await visit(fromAd)
  await page.addScriptTag({ content: bundle })
  await page.evaluate(
    async ([key, url]) => {
      const analytics = segment.AnalyticsBrowser.load({ writeKey: String(key), cdnURL: String(url) })
      await analytics.page('Home')
      await analytics.track('Product Viewed', { product_id: 'kettle' })
    },
    [writeKey, app.url],
  )
  await context.close()
}

async function tellFromServer(): Promise<void> {
  const client = new Analytics({ writeKey, host: app.url, flushAt: 1 })
  const page = { url: `https://tea.example${fromAd}`, path: '/' }
  client.page({ anonymousId: 'from-server', name: 'Home', properties: page, context: { page } })
  client.track({ anonymousId: 'from-server', event: 'Product Viewed', properties: { product_id: 'kettle' } })
  await client.closeAndFlush()
}

// One page of the map for all of them: whoever comes later must be seen on it without a reload. They come one after the
// other and are waited for together, since a map that is open is drawn anew every ten seconds at most.
describe('an open map', () => {
  let map: Page
  let failures: string[]
  beforeAll(async () => {
    const opened = await openMap()
    map = opened.page
    failures = opened.failures
    await map.evaluate('window.isSamePage = true')
    await waitFor(map, 'Search', 40)
    await waitFor(map, 'Site', 40)
  }, 60_000)

  it('takes in whom the browser script and both of Segment’s clients tell of', async () => {
    await visitPageByPage()
    await visitWithoutLoading()
    await visitUnderSegment()
    await tellFromServer()
    await waitFor(map, 'Search', 44)
    await waitFor(map, 'Site', 44)
  })

  it('was never loaded again, and nothing failed on it', async () => {
    expect(await map.evaluate('window.isSamePage')).toBe(true)
    expect(failures).toEqual([])
    await map.context().close()
  })
})

interface Touchpoint {
  key: string
  [field: string]: unknown
}

/** Publishes a path of so many stages, with so many touchpoints that events name, and a person at every third stage. */
async function publishMany(stages: number, touchpoints: number): Promise<void> {
  const json = await call<{ version: number; registry: { touchpoints: Touchpoint[] } }>(
    '/api/shops/1/touchpoints',
  )
  const [model] = json.registry.touchpoints
  const many = Array.from({ length: touchpoints }, (_, n) => ({
    ...model,
    key: `touchpoint_${n}`,
    stage: `stage_${n % stages}`,
    stageWhileOrdered: null,
    stageAfterReceipt: null,
    name: { en: `Touchpoint ${n} with quite a long name` },
    claims: 'moment',
    rule: null,
    standards: [],
    isOn: true,
  }))
  const content = {
    stages: Array.from({ length: stages }, (_, n) => ({ key: `stage_${n}`, name: { en: `Stage ${n}` } })),
    touchpoints: many,
  }
  await call('/api/shops/1/touchpoints/publish', 'POST', { baseVersion: json.version, ...content })
  const batch = many.slice(0, 100).flatMap(({ key }, n) =>
    n % 3 === 0
      ? {
          type: 'track',
          event: 'Seen',
          anonymousId: `odd-${n}`,
          messageId: `odd-${n}`,
          properties: { touchpoint: key },
        }
      : [],
  )
  await sendEvents(app, owner, batch)
}

describe('a path of 60 stages and 1,000 touchpoints', () => {
  beforeAll(() => publishMany(60, 1_000))

  it.each([1440, 390])(
    'is drawn whole %i px wide: the map scrolls, the page does not, and no stage lies on another',
    async (width) => {
      const { page, context, failures } = await openMap(width)
      await stage(page, 'Stage 59').waitFor()
      const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
      expect(overflow).toBeLessThanOrEqual(0)
      const names = await page.getByRole('button', { name: /^Stage \d+/ }).all()
      const boxes = await Promise.all(names.map((one) => one.boundingBox()))
      const heads = boxes.flatMap((box) => box ?? []).slice(0, 60)
      expect(heads).toHaveLength(60)
      const isAcross = width > 1_000
      for (const [index, box] of heads.entries()) {
        const next = heads[index + 1]
        expect(box.width).toBeGreaterThan(60)
        if (next) expect(isAcross ? next.x - box.x - box.width : next.y - box.y).toBeGreaterThan(-1)
      }
      const text = await page.locator('main').textContent()
      expect(text).not.toMatch(/NaN|undefined|Infinity/)
      const svg = await page
        .locator('main svg')
        .evaluateAll((all) => all.map((one) => one.outerHTML).join(''))
      expect(svg).not.toMatch(/NaN|Infinity|undefined/)
      await stage(page, 'Stage 57').click()
      await page.getByText('Touchpoint 57 with quite a long name').first().waitFor()
      expect(failures).toEqual([])
      await context.close()
    },
  )
})
