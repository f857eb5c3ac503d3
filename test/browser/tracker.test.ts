import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type IngestServer, openIngestServer } from '../../features/ingestion/server/ingest-harness.ts'
import { openChromium } from './chromium.ts'
import { openTrackerShop, type TrackerShop } from './tracker-shop.ts'

// What pages call, as the script offers it to them.
declare const tropa: Record<string, (...args: unknown[]) => unknown>

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
const namesOf = async (name: string) => (await shop.events(name)).map((event) => event.properties)

describe('page views', () => {
  test('the first page of a visit brings its address, tags, click id and referrer', async () => {
    await shop.page.goto(`${shop.origin}/elsewhere-without-script`.replace('127.0.0.1', 'localhost'))
    await countOf('page').toBe(1)
    await shop.page.evaluate(
      (url) => location.assign(url),
      `${shop.origin}/product/12?utm_source=google&utm_medium=cpc&gclid=abc#details`,
    )
    await countOf('page').toBe(2)
    const [, landing] = await shop.events('page')
    expect(landing).toMatchObject({
      url: `${shop.origin}/product/12?utm_source=google&utm_medium=cpc&gclid=abc`,
      path: '/product/12',
      utm_source: 'google',
      utm_medium: 'cpc',
      click_id: 'gclid',
      channel: 'search_ad',
      properties: { template: '/product/*' },
    })
    expect(landing?.referrer).toContain('localhost')
    expect(String(landing?.context.userAgent)).toContain('Chrome')
  })

  test('in a single-page shop each address is a view, which came from the one before; a place in a page is none', async () => {
    await shop.goto('/')
    await countOf('page').toBe(1)
    for (const change of [
      'history.pushState({}, "", "/catalog?sort=price")',
      'history.replaceState({}, "", "/product/7")',
      'location.hash = "reviews"',
      'location.hash = "#/cart"',
      'history.back()',
    ]) {
      await shop.page.evaluate(change)
      // Longer than the script waits for an address to settle.
      await shop.page.waitForTimeout(700)
    }
    await countOf('page').toBe(5)
    const views = await shop.events('page')
    expect(views.map(({ url }) => url.replace(shop.origin, ''))).toEqual([
      '/',
      '/catalog?sort=price',
      '/product/7',
      '/product/7#/cart',
      '/product/7',
    ])
    expect(views.map(({ referrer }) => referrer.replace(shop.origin, ''))).toEqual([
      '',
      '/',
      '/catalog?sort=price',
      '/product/7',
      '/product/7#/cart',
    ])
  })

  test('the address that a visitor came to counts, also where the page changes it at once', async () => {
    shop.body = '<script>history.replaceState({}, "", "/clean")</script>'
    shop.tag = (url) => `<script src="${url}/t.js" data-key="${shop.ingest.key}"></script>`
    await shop.goto('/landing?utm_source=mail')
    await countOf('page').toBe(2)
    const [landing, clean] = await shop.events('page')
    expect(landing).toMatchObject({ path: '/landing', utm_source: 'mail' })
    expect(clean).toMatchObject({ path: '/clean', referrer: landing?.url })
  })

  test('a page that navigates a hundred times a second is a few views, the last among them', async () => {
    await shop.goto('/')
    await shop.page.evaluate(async () => {
      for (let n = 1; n <= 100; n++) {
        history.pushState({}, '', `/slide/${n}`)
        await new Promise((resolve) => setTimeout(resolve, 10))
      }
    })
    await expect.poll(async () => (await shop.events('page')).at(-1)?.path).toBe('/slide/100')
    expect((await shop.events('page')).length).toBeLessThan(5)
  })

  test('with data-spa="off" only documents and calls are views', async () => {
    shop.attributes = 'data-spa="off"'
    await shop.goto('/')
    await shop.page.evaluate(() => {
      history.pushState({}, '', '/quiet')
      setTimeout(() => tropa.page?.('Catalogue', { sort: 'price' }), 500)
    })
    await countOf('page').toBe(2)
    const [, called] = await shop.events('page')
    expect(called).toMatchObject({ name: 'Catalogue', path: '/quiet', properties: { sort: 'price' } })
  })

  test('loaded twice, one works', async () => {
    shop.head = `<script async src="${shop.road.url}/t.js" data-key="${shop.ingest.key}"></script>`
    await shop.goto('/')
    await shop.page.waitForLoadState('load')
    await shop.page.evaluate(() => tropa.track?.('Once'))
    await countOf('page').toBe(1)
    await countOf('Once').toBe(1)
    await shop.page.goto('about:blank')
    await countOf('Page Measured').toBe(1)
    expect((await shop.events('page')).length).toBe(1)
  })
})

describe('speed', () => {
  test('each view tells once how fast it was, by the template of its page', async () => {
    shop.attributes = `data-templates='{"/catalog/": "catalogue"}'`
    shop.body = `<h1>Teas</h1><button onclick="const end = performance.now() + 120; while (performance.now() < end);
      this.after(document.createElement('hr'))">Add</button>`
    await shop.goto('/catalog/green')
    await shop.page.getByRole('button').click()
    await shop.page.evaluate(() => {
      const banner = document.createElement('p')
      banner.style.height = '300px'
      // Half a second after an input a shift counts as unexpected.
      setTimeout(() => document.body.prepend(banner), 700)
    })
    await shop.page.waitForTimeout(900)
    await shop.page.evaluate('history.pushState({}, "", "/product/black-tea-assam")')
    await countOf('page').toBe(2)
    await shop.page.goto('about:blank')
    await countOf('Page Measured').toBe(2)
    const [first, second] = await namesOf('Page Measured')
    expect(first).toMatchObject({ template: 'catalogue', path: '/catalog/green' })
    expect(first?.lcp).toBeGreaterThan(0)
    expect(first?.inp).toBeGreaterThanOrEqual(120)
    expect(first?.cls).toBeGreaterThan(0.01)
    expect(second).toEqual({ template: '/product/*', path: '/product/black-tea-assam', cls: 0 })
  })

  test('a page may name its template itself', async () => {
    shop.head = '<meta property="og:type" content="product">'
    await shop.goto('/a/b')
    shop.head = '<meta property="og:type" content="website">'
    shop.body = '<script>document.body.dataset.template = "landing"</script>'
    await shop.goto('/c')
    await countOf('page').toBe(2)
    expect((await namesOf('page')).map(({ template }) => template)).toEqual(['product', 'landing'])
  })
})

describe('clicks', () => {
  test('on a phone number, an address or a messenger are contacts', async () => {
    shop.body = `<a href="tel:+380441234567">Call</a> <a href="mailto:shop@tea.example?subject=Tea">Write</a>
      <a href="https://t.me/teashop"><b>Telegram</b></a> <a href="viber://chat?number=380">Viber</a>
      <a href="https://wa.me/380">WhatsApp</a> <a href="/t.me/no">Not one</a>
      <script>addEventListener('click', (event) => event.preventDefault())</script>`
    await shop.goto('/contacts')
    for (const link of await shop.page.locator('a').all()) await link.click()
    await countOf('Contact Link Clicked').toBe(5)
    expect(await namesOf('Contact Link Clicked')).toEqual([
      { channel: 'phone', link: 'tel:+380441234567' },
      { channel: 'email', link: 'mailto:shop@tea.example' },
      { channel: 'messenger', link: 'https://t.me/teashop' },
      { channel: 'messenger', link: 'viber://chat' },
      { channel: 'messenger', link: 'https://wa.me/380' },
    ])
  })

  test('three on the same within a second are rage; a click that changes nothing is dead', async () => {
    shop.body = `<button id="buy" class="big red">Buy  me now, it is the very last one in the shop</button>
      <button id="works" onclick="this.title = 'in the cart'">Works</button> <a id="next" href="#top">Up</a>`
    await shop.goto('/product/1')
    await shop.page.locator('#works').click()
    await shop.page.waitForTimeout(2_200)
    await shop.page.locator('#buy').click({ clickCount: 3, delay: 50 })
    await countOf('Dead Clicked').toBe(1)
    const selector = 'button#buy.big.red'
    const text = 'Buy  me now, it is the very last one in '
    expect(await namesOf('Rage Clicked')).toEqual([{ selector, text }])
    expect(await namesOf('Dead Clicked')).toEqual([{ selector, text }])
  })

  test('what somebody typed is never sent', async () => {
    shop.body = '<p contenteditable>my own secret</p><textarea>my own secret</textarea>'
    await shop.goto('/')
    for (const place of ['p', 'textarea']) await shop.page.locator(place).click({ clickCount: 3 })
    await countOf('Rage Clicked').toBe(2)
    expect(shop.road.bodies.join()).not.toContain('secret')
  })
})

describe('what a page may tell', () => {
  test('calls made before the script came are replayed in their order, with their own time', async () => {
    const before = Date.now() - 9_000
    shop.head = `<script>
      let time = ${before}
      window.tropa = window.tropa || { q: [] }
      for (const name of ['track', 'identify', 'page'])
        tropa[name] = tropa[name] || ((...args) => tropa.q && tropa.q.push([name, args, (time += 1000)]))
      tropa.track('First', { n: 1 }); tropa.identify('u-7', { email: 'olena@example.com' }); tropa.track('Second')
    </script>`
    await shop.page.goto(shop.origin)
    await countOf().toBe(4)
    const events = await shop.events()
    expect(events.map(({ kind, name }) => name || kind)).toEqual(['First', 'identify', 'Second', 'page'])
    expect(Date.parse(`${events[0]?.sent_ts}Z`.replace(' ', 'T'))).toBe(before + 1_000)
    expect(events[1]).toMatchObject({ user_id: 'u-7', traits: '{"email":"olena@example.com"}' })
    expect(events[2]?.user_id).toBe('u-7')
  })

  test('orders, searches, former ids', async () => {
    await shop.goto('/thanks')
    await shop.page.evaluate(() => {
      tropa.track?.('Order Completed', { order_id: 'A-1', total: 220.5, currency: 'UAH' })
      tropa.search?.({ query: 'улун', results: 0 })
      tropa.alias?.('u-8')
      tropa.identify?.({ phone: '+380501112233' })
    })
    await countOf().toBe(5)
    expect((await shop.events('Order Completed'))[0]).toMatchObject({ order_id: 'A-1', amount: 22_050 })
    expect(await namesOf('Products Searched')).toEqual([{ query: 'улун', results: 0 }])
    const [alias] = await shop.events('alias')
    expect(alias).toMatchObject({ user_id: 'u-8', properties: { previousId: alias?.anonymous_id } })
  })

  test('nonsense in a call harms neither the page nor what comes after', async () => {
    await shop.goto('/')
    await shop.page.evaluate(() => {
      const loop: Record<string, unknown> = {}
      loop.self = loop
      tropa.track?.('Loop', loop)
      tropa.form?.(null, 5)
      tropa.identify?.(null)
      tropa.consent?.({})
      tropa.track?.('After')
    })
    await countOf('After').toBe(1)
  })

  test('a form is started, submitted or abandoned, without what was typed', async () => {
    shop.body = `<form data-tropa-form="checkout" onsubmit="return false"><input name="card"><button>Pay</button></form>
      <form id="other" onsubmit="return false"><input></form>`
    await shop.goto('/checkout')
    await shop.page.locator('[name=card]').pressSequentially('visa')
    await shop.page.getByRole('button').click()
    await shop.page.evaluate(() => tropa.form?.(document.querySelector('#other'), 'call me'))
    await shop.page.locator('#other input').fill('my own number')
    await shop.page.goto('about:blank')
    await countOf('Form Abandoned').toBe(1)
    expect(await namesOf('Form Started')).toEqual([{ form: 'checkout' }, { form: 'call me' }])
    expect(await namesOf('Form Submitted')).toEqual([{ form: 'checkout' }])
    expect(await namesOf('Form Abandoned')).toEqual([{ form: 'call me' }])
    expect(shop.road.bodies.join()).not.toMatch(/visa|my own number/)
  })

  test('a page of results says how much was found', async () => {
    shop.body = '<ul data-tropa-search-results="0" data-tropa-search="зелений чай"></ul>'
    await shop.goto('/search')
    await countOf('Products Searched').toBe(1)
    expect(await namesOf('Products Searched')).toEqual([{ query: 'зелений чай', results: 0 }])
  })

  test('the code beside the phone number is the one that the operator finds, for the whole visit', async () => {
    shop.attributes = 'data-consent="full"'
    shop.body = 'Say <b data-tropa-code></b>'
    await shop.goto('/')
    const shown = () => shop.page.locator('b').textContent()
    await expect.poll(shown).toMatch(/^\d{5}$/)
    const code = await shown()
    expect(await shop.page.evaluate(() => tropa.code?.())).toBe(code)
    await countOf('Visitor Code Shown').toBe(1)
    expect(await namesOf('Visitor Code Shown')).toEqual([{ visitor_code: code }])
    await shop.goto('/second')
    await expect.poll(shown).toBe(code)
  })
})
