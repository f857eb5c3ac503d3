import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type IngestServer, openIngestServer } from '../../features/ingestion/server/ingest-harness.ts'
import { openChromium } from './chromium.ts'
import { openTrackerShop, type TrackerShop } from './tracker-shop.ts'

declare const tropa: Record<string, (...args: unknown[]) => unknown>

let browser: Browser
let server: IngestServer
let shop: TrackerShop
/** What the shop would find in its error log. */
const failures: string[] = []

beforeAll(async () => {
  browser = await openChromium()
  server = await openIngestServer()
}, 60_000)
afterAll(async () => {
  await browser?.close()
  await server?.close()
})
beforeEach(async () => {
  shop = await openTrackerShop(browser, { server })
  failures.length = 0
  shop.page.on('pageerror', (error) => failures.push(error.message))
  return async () => {
    await shop.close()
    expect(failures).toEqual([])
  }
})

const countOf = (name?: string) => expect.poll(async () => (await shop.events(name)).length)
const track = (name: string) => shop.page.evaluate((event) => tropa.track?.(event), name)
const open = (path = '/') => shop.page.goto(shop.origin + path)
/** Longer than the script waits before it starts, looks and sends. */
const REST = 1_200

describe('a tag that was pasted wrongly', () => {
  test('without a key sends nothing', async () => {
    shop.tag = (url) => `<script async src="${url}/t.js"></script>`
    await shop.goto('/')
    await track('Nobody’s')
    await shop.page.waitForTimeout(REST)
    await open('/next')
    expect(shop.road.bodies).toEqual([])
  })

  test('with a wrong key is refused, and doesn’t ask again with the same', async () => {
    shop.ingest.key = 'wk_no-such-key'
    await shop.goto('/')
    await expect.poll(() => shop.road.bodies.length).toBe(1)
    await shop.page.waitForTimeout(REST)
    expect(shop.road.bodies.length).toBe(1)
  })

  test('with an address that is none harms nobody', async () => {
    shop.attributes = 'data-host="no address"'
    await shop.goto('/')
    await track('Into the void')
    await shop.page.waitForTimeout(REST)
    expect(shop.road.bodies).toEqual([])
  })
})

describe('a page that lets nothing out', () => {
  test('by its content security policy: it is tried ever more seldom', async () => {
    shop.headers = {
      'content-security-policy': `connect-src 'self'; script-src 'unsafe-inline' ${shop.road.url}`,
    }
    await shop.page.addInitScript(() => {
      const refused: string[] = []
      Object.assign(window, { refused })
      addEventListener('securitypolicyviolation', ({ violatedDirective }) => refused.push(violatedDirective))
    })
    await shop.goto('/')
    const countRefused = () => shop.page.evaluate('refused.length') as Promise<number>
    await expect.poll(countRefused).toBeGreaterThanOrEqual(1)
    for (let n = 0; n < 20; n++) await track('Kept in')
    await shop.page.waitForTimeout(2_000)
    expect(await countRefused()).toBeLessThanOrEqual(3)
    expect(shop.road.bodies).toEqual([])
  })

  test('opened as a file: the visit is recorded as far as a file has one', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tropa-file-'))
    const file = join(folder, 'shop.html')
    await writeFile(file, shop.write())
    // A browser that says of itself that it has no window counts as a robot, except on this machine's own sites.
    const context = await browser.newContext({
      userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Chrome/147.0.0.0',
    })
    await (await context.newPage()).goto(pathToFileURL(file).href)
    await countOf('page').toBe(1)
    expect((await shop.events('page'))[0]?.url).toMatch(/^file:.*shop\.html$/)
    await context.close()
    await rm(folder, { recursive: true })
  })

  test('in frames: each is a page of its own, also where a frame may do nothing', async () => {
    shop.body = `<script>
      if (location.pathname === '/') document.write('<iframe src="/inner"></iframe>' +
        '<iframe src="/locked" sandbox="allow-scripts"></iframe><iframe src="/mute" sandbox></iframe>')
    </script>`
    await shop.goto('/')
    await countOf('page').toBe(3)
    const paths = (await shop.events('page')).map(({ path }) => path).sort()
    expect(paths).toEqual(['/', '/inner', '/locked'])
  })
})

describe('a page whose ground was moved', () => {
  test('by an old library that changed arrays, dates and all objects', async () => {
    shop.attributes = 'data-consent="full"'
    shop.head = `<script>
      Array.prototype.toJSON = function () { return '[' + this.join() + ']' }
      Date.prototype.toJSON = function () { return '"' + this.getTime() + '"' }
      Object.prototype.each = function () { throw new Error('each of what?') }
    </script>`
    const before = Date.now()
    await shop.goto('/product/1')
    await shop.page.evaluate(() => tropa.track?.('Product Viewed', { product_id: '1', price: 10 }))
    await countOf('Product Viewed').toBe(1)
    const [viewed] = await shop.events('Product Viewed')
    expect(viewed).toMatchObject({ kind: 'track', properties: { product_id: '1', price: 10 }, marks: [] })
    expect(Math.abs(Date.parse(`${viewed?.sent_ts}Z`.replace(' ', 'T')) - before)).toBeLessThan(60_000)
    await expect.poll(() => shop.page.evaluate(() => Object.keys(localStorage))).toEqual(['tropa'])
  })

  test.each([
    ['an object of another program', 'window.tropa = { version: 7 }'],
    [
      'one that cannot be changed',
      'Object.defineProperty(window, "tropa", { value: Object.freeze({ version: 7 }) })',
    ],
    ['a text', 'window.tropa = "7"'],
  ])('where our name is taken by %s: it stays as it is, and views are recorded', async (_what, code) => {
    shop.head = `<script>${code}</script>`
    await open()
    await countOf('page').toBe(1)
    expect(await shop.page.evaluate('String(tropa.version ?? tropa)')).toBe('7')
  })

  test('where an element is called as we are', async () => {
    shop.head = '<p id="tropa"></p>'
    await open()
    await countOf('page').toBe(1)
  })

  test('where the queue is full of nonsense', async () => {
    shop.head = `<script>window.tropa = { q: [null, 5, ['track'], ['no such call', []], ['track', ['Sense'], 0]] }</script>`
    await open()
    await countOf('Sense').toBe(1)
    await countOf('page').toBe(1)
  })
})

describe('a clock that is set back', () => {
  test('by a day, while the server is away: sending goes on when it returns, and so does the visit', async () => {
    shop.attributes = 'data-consent="full"'
    await shop.goto('/')
    await countOf('page').toBe(1)
    shop.road.state = 'broken'
    await track('Before')
    await expect.poll(() => shop.road.bodies.some((body) => body.includes('Before'))).toBe(true)
    await shop.page.evaluate(() => {
      const now = Date.now.bind(Date)
      Date.now = () => now() - 86_400_000
    })
    await track('After')
    shop.road.state = 'open'
    await countOf('Before').toBe(1)
    await countOf('After').toBe(1)
    const [before] = await shop.events('Before')
    const [after] = await shop.events('After')
    expect(after?.anonymous_id).toBe(before?.anonymous_id)
    expect(after?.session_id).toBe(before?.session_id)
  })
})
