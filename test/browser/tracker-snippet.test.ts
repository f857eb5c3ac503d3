import { readFileSync } from 'node:fs'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { writeSnippet } from '../../features/accounts/web/snippets.ts'
import { writeTagManagerCode, writeTrackerLine } from '../../features/guide/web/tracker-code.ts'
import { type IngestServer, openIngestServer } from '../../features/ingestion/server/ingest-harness.ts'
import { openChromium } from './chromium.ts'
import { openTrackerShop, type TrackerShop } from './tracker-shop.ts'

/** The first code of a page of the documentation, with the reader's own address and key in it. */
function readDocumented(file: string): (url: string, key: string) => string {
  const text = readFileSync(new URL(`../../docs/${file}`, import.meta.url), 'utf8')
  const code = /```html\n([\s\S]*?)```/.exec(text)?.[1] ?? ''
  return (url, key) =>
    code.replace(/https:\/\/tropa\.[a-z.]*example[a-z.]*/, url).replace('YOUR_WRITE_KEY', key)
}

const snippets: [string, (url: string, key: string) => string][] = [
  ['docs/tracker.md', readDocumented('tracker.md')],
  ['docs/integrating.md', readDocumented('integrating.md')],
  ['the page of keys', (url, key) => writeSnippet('tracker', url, key)],
  ['the guide', writeTrackerLine],
  ['the guide, for Google Tag Manager', writeTagManagerCode],
]

let browser: Browser
let server: IngestServer
let shop: TrackerShop
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
const pathsOf = async () => (await shop.events('page')).map(({ path }) => path)

describe.each(snippets)('the code of %s, as it stands', (_where, write) => {
  test('records a shop of pages, and one that changes without loading', async () => {
    shop.tag = (url) => write(url, shop.ingest.key)
    await shop.goto('/one')
    await countOf('page').toBe(1)
    await shop.goto('/two')
    await countOf('page').toBe(2)
    await shop.page.evaluate('history.pushState({}, "", "/three")')
    await countOf('page').toBe(3)
    expect(await pathsOf()).toEqual(['/one', '/two', '/three'])
  })
})

test.each(snippets.slice(0, 3).filter(([where]) => where !== 'docs/integrating.md'))(
  'with the code of %s a page may call before the script has come, and for as long as it likes',
  async (_where, write) => {
    shop.tag = (url) => write(url, shop.ingest.key)
    shop.body = `<script>
      const track = tropa.track
      track('Early', { n: 1 })
      setTimeout(() => track('Late', { n: 2 }), 2000)
    </script>`
    await shop.page.goto(shop.origin)
    await countOf('Early').toBe(1)
    await countOf('Late').toBe(1)
  },
)

test('beside another program of our name the code breaks nothing', async () => {
  shop.head = '<script>window.tropa = { track: () => "theirs" }</script>'
  shop.tag = (url) => writeSnippet('tracker', url, shop.ingest.key)
  await shop.page.goto(shop.origin)
  await countOf('page').toBe(1)
  expect(await shop.page.evaluate('tropa.track()')).toBe('theirs')
  expect(await shop.page.evaluate('Object.keys(tropa)')).toEqual(['track'])
})
