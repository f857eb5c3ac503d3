import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findBarriers } from './barriers.ts'
import { openChromium, takePage } from './chromium.ts'
import { openGalleryServer } from './web-server.ts'

let browser: Browser
let web: Awaited<ReturnType<typeof openGalleryServer>>
beforeAll(async () => {
  web = await openGalleryServer()
  browser = await openChromium()
})
afterAll(async () => {
  await browser?.close()
  await web?.close()
})

const desktop: BrowserContextOptions = { viewport: { width: 1440, height: 900 } }
const phone: BrowserContextOptions = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

/** Opens the gallery of parts; whatever the page complains about in its console fails the test at the end. */
async function withGallery(
  options: BrowserContextOptions,
  use: (page: Page) => Promise<void>,
): Promise<void> {
  const page = await takePage(browser, { locale: 'en-GB', reducedMotion: 'reduce', ...options })
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  await page.goto(`${web.url}/ui`)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await use(page)
  expect(complaints).toEqual([])
}

describe('the parts', () => {
  it.each([
    ['on a desktop, light, in Russian', { ...desktop, locale: 'ru-RU', colorScheme: 'light' }],
    ['on a desktop, dark, in English', { ...desktop, locale: 'en-GB', colorScheme: 'dark' }],
    ['on a phone, light, in Ukrainian', { ...phone, locale: 'uk-UA', colorScheme: 'light' }],
    ['on a phone, dark, in Russian', { ...phone, locale: 'ru-RU', colorScheme: 'dark' }],
  ] as const)('hold no barrier that axe knows: %s', async (_name, options) => {
    await withGallery(options, async (page) => {
      expect(await findBarriers(page)).toEqual([])
    })
  })

  it('hold no barrier while a question is open', async () => {
    await withGallery({ ...desktop, colorScheme: 'dark' }, async (page) => {
      await page.getByRole('button', { name: 'Erase the person' }).click()
      await page.getByRole('dialog').getByRole('textbox').waitFor()
      expect(await findBarriers(page)).toEqual([])
    })
  })

  it.each([320, 390, 760, 1024])('never make the page scroll sideways at %d pixels', async (width) => {
    await withGallery({ viewport: { width, height: 800 } }, async (page) => {
      await page.evaluate(() => document.fonts.ready)
      // Parts that measure themselves need a frame or two for their last layout.
      const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      await expect.poll(overflow, { timeout: 5_000 }).toBeLessThanOrEqual(0)
    })
  })

  it('speak the language that is chosen, and remember it', async () => {
    await withGallery(desktop, async (page) => {
      await page.getByText('Українська').click()
      await page.getByRole('heading', { name: 'Галерея частин' }).waitFor()
      expect(await page.evaluate(() => document.documentElement.lang)).toBe('uk')
      await page.reload()
      await page.getByRole('heading', { name: 'Галерея частин' }).waitFor()
      expect(await page.title()).toBe('Галерея частин · Липа · Tropa')
    })
  })

  it('keep a chosen theme from the first paint on', async () => {
    await withGallery({ ...desktop, colorScheme: 'light' }, async (page) => {
      await page.getByText('Dark', { exact: true }).click()
      await page.addInitScript(() => {
        const seen: (string | null)[] = []
        Object.assign(window, { seen })
        const note = () => {
          seen.push(document.documentElement?.getAttribute('data-mantine-color-scheme'))
          if (document.readyState !== 'complete') requestAnimationFrame(note)
        }
        requestAnimationFrame(note)
      })
      await page.reload()
      await page.getByRole('heading', { level: 1 }).waitFor()
      const seen = (await page.evaluate('window.seen')) as (string | null)[]
      expect(new Set(seen.filter((scheme) => scheme !== null))).toEqual(new Set(['dark']))
    })
  })
})

describe('by keyboard', () => {
  it('the key / leads to the search, Escape clears it', async () => {
    await withGallery(desktop, async (page) => {
      await page.keyboard.press('/')
      const search = page.getByRole('searchbox')
      await page.keyboard.type('oksana')
      expect(await search.inputValue()).toBe('oksana')
      await page.keyboard.press('Escape')
      expect(await search.inputValue()).toBe('')
    })
  })

  it('each row of a table is one link', async () => {
    await withGallery(desktop, async (page) => {
      const row = page.getByRole('table', { name: 'People 1' }).getByRole('link', { name: 'Oksana Lysenko' })
      await row.focus()
      expect(await row.getAttribute('href')).toBe('/s/1/people/0')
      await page.keyboard.press('Tab')
      const focused = page.locator(':focus')
      expect(await focused.textContent()).toBe('Timur Akhmetov')
    })
  })

  it('a table shown as cards is still a table', async () => {
    await withGallery(phone, async (page) => {
      const table = page.getByRole('table', { name: 'People 1' })
      await expect.poll(() => table.getByRole('row').count()).toBe(4)
      await expect.poll(() => table.getByRole('columnheader', { includeHidden: true }).count()).toBe(5)
    })
  })
})

describe('a button for what destroys', () => {
  it('waits for the text to be typed', async () => {
    await withGallery(desktop, async (page) => {
      await page.getByRole('button', { name: 'Erase the person' }).click()
      const erase = page.getByRole('button', { name: 'Erase for good' })
      await page.getByRole('dialog').getByRole('textbox').fill('oksana')
      expect(await erase.isDisabled()).toBe(true)
      await page.getByRole('dialog').getByRole('textbox').fill('Oksana')
      await erase.click()
      await page.getByRole('dialog').waitFor({ state: 'detached' })
    })
  })

  it('stays open and says why it failed', async () => {
    await withGallery(desktop, async (page) => {
      await page.getByRole('button', { name: 'Revoke the key' }).click()
      await page.getByRole('button', { name: 'Revoke', exact: true }).click()
      const alert = page.getByRole('dialog').getByRole('alert')
      expect(await alert.textContent()).toContain('Your role doesn’t allow this.')
    })
  })
})

describe('a place for a file', () => {
  const file = (name: string, text: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })

  it('takes one that fits and refuses others with the reason', async () => {
    await withGallery(desktop, async (page) => {
      const input = page.locator('input[type=file]')
      await input.setInputFiles(file('photo.png', 'x'))
      await page.getByText('“photo.png” doesn’t fit').waitFor()
      await input.setInputFiles(file('orders.csv', ''))
      await page.getByText('“orders.csv” is empty').waitFor()
      await input.setInputFiles(file('orders.csv', 'id,total\n1,2\n'))
      await page.getByRole('alert').filter({ hasText: 'orders.csv' }).first().waitFor()
      expect(await page.getByText('is empty').count()).toBe(0)
    })
  })
})
