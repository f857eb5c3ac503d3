import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { findBarriers } from './barriers.ts'
import { openChromium } from './chromium.ts'
import { openWholeApp, type WholeApp } from './whole-app.ts'

let app: WholeApp
let browser: Browser
let context: BrowserContext
let page: Page
let complaints: string[]

beforeAll(async () => {
  app = await openWholeApp()
  browser = await openChromium()
  context = await browser.newContext({ locale: 'en-GB', timezoneId: 'Europe/Kyiv', reducedMotion: 'reduce' })
  await becomeOwner()
}, 180_000)
afterAll(async () => {
  await browser?.close()
  await app?.close()
})
beforeEach(async () => {
  complaints = []
  page = await context.newPage()
  // Two cores shared with two engines and a browser: patience is no weakness here.
  page.setDefaultTimeout(60_000)
  page.on('pageerror', (error) => complaints.push(error.message))
})
afterEach(async () => {
  await page.close()
  expect(complaints).toEqual([])
})

async function becomeOwner(): Promise<void> {
  const data = {
    name: 'Olena',
    email: 'olena@tea.example',
    password: 'linden and bergamot',
    shopName: 'Tea & Co',
    currency: 'UAH',
    timeZone: 'Europe/Kyiv',
    language: 'en',
  }
  const headers = { 'x-tropa-request': '1', origin: app.url }
  const answer = await context.request.post(`${app.url}/api${app.ownerLink}`, { data, headers })
  expect(answer.status()).toBe(200)
}

/** Cyrillic text as accounting programs on Windows write it. */
const encodeWindows1251 = (text: string): Buffer =>
  Buffer.from(
    [...text].map((letter) => {
      const code = letter.charCodeAt(0)
      return code >= 0x410 && code <= 0x44f ? code - 0x410 + 0xc0 : code
    }),
  )

const ordersTable = [
  'Номер заказа;Дата;Статус;Сумма;E-mail;Дата доставки;Дата получения;Подарок',
  '1200;13.09.2026 10:20;Выполнен;1700,00;oksana@example.com;15.09.2026;14.09.2026;да',
  '1201;14.09.2026 11:30;Отказ;2100,50;timur@example.com;16.09.2026;;',
  '1202;завтра;Новый;300,00;vira@example.com;17.09.2026;;',
  '1203;15.09.2026 09:00;Обмен;450,00;hanna@example.com;18.09.2026;;',
].join('\r\n')
const ordersFile = { name: 'заказы.csv', mimeType: 'text/csv', buffer: encodeWindows1251(ordersTable) }

const csv = (name: string, text: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })
const button = (name: string) => page.getByRole('button', { name, exact: true })
const openPage = (path: string) => page.goto(`${app.url}/s/1/${path}`)

async function chooseFile(file: { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
  await openPage('imports/new')
  await page.locator('input[type=file]').setInputFiles(file)
  await button('Import').waitFor()
}

async function startAndFinish(): Promise<void> {
  await button('Import').click()
  await page.waitForURL(/imports\/\d+$/)
  await page.getByRole('heading', { name: 'Import finished' }).waitFor({ timeout: 60_000 })
}

/** A figure of the result by its label. */
const readCount = async (label: string): Promise<string | undefined> => {
  const text = await page.locator('[data-tone]').filter({ hasText: label }).first().textContent()
  return text?.replace(label, '').match(/[\d,]+/)?.[0]
}

// The tests follow one owner, so each goes on where the one before it ended.
describe('an owner with a file', () => {
  it('finds on the empty page what can be imported, and the way to it', async () => {
    await openPage('imports')
    await page.getByRole('heading', { name: 'Nothing imported yet' }).waitFor()
    expect(await findBarriers(page, 'main')).toEqual([])
    await page.getByRole('link', { name: 'Choose a file' }).click()
    await page.waitForURL('**/imports/new')
  })

  it('sees how the file is written, what each column is taken for, and what a row becomes, in words', async () => {
    await chooseFile(ordersFile)
    await page.getByText('encoding windows-1251 · delimiter: semicolon · 8 columns').waitFor()
    const column = (field: string) => page.getByRole('combobox', { name: field }).inputValue()
    expect(await column('Order number')).toBe('Номер заказа')
    expect(await column('Placed on')).toBe('Дата')
    expect(await column('Promised day')).toBe('Дата доставки')
    await page.getByText('1 column isn’t used:').waitFor()
    await page.getByText('Order 1200 for ₴1,700').waitFor()
    await page.getByText('placed 13 Sept 2026, 10:20, received 14 Sept 2026').waitFor()
    await page.getByText('1 of 4 rows checked won’t fit').waitFor()
    await page.getByText('“Дата”: “завтра”').waitFor()
    expect(await findBarriers(page, 'main')).toEqual([])
  })

  it('says what a status of their own means, imports, and finds the orders', async () => {
    await chooseFile(ordersFile)
    await page.getByRole('combobox', { name: 'What “Обмен” means' }).click()
    await page.getByRole('option', { name: 'returned', exact: true }).click()
    await page.getByText('returned').first().waitFor()
    await startAndFinish()
    expect(await readCount('Didn’t fit')).toBe('1')
    await page.getByRole('row', { name: 'The date can’t be understood 1' }).waitFor()
    expect(await findBarriers(page, 'main')).toEqual([])
    await page.getByRole('link', { name: 'See the orders' }).click()
    const orders = page.getByRole('table', { name: 'Orders' })
    await orders.getByRole('row', { name: /1200.*received.*₴1,700/ }).waitFor()
    await orders.getByRole('row', { name: /1201.*not collected.*₴2,100.50/ }).waitFor()
    await orders.getByRole('row', { name: /1203.*returned/ }).waitFor()
    await expect.poll(() => orders.getByRole('link').count()).toBe(3)
  })

  it('imports the same file again and adds nothing; what was chosen is remembered', async () => {
    await chooseFile(ordersFile)
    expect(await page.getByRole('combobox', { name: 'What “Обмен” means' }).inputValue()).toBe('returned')
    await startAndFinish()
    await page.getByText('There was nothing new in them').waitFor()
    expect(await readCount('Added')).toBe('0')
  })

  it('takes the bad rows along, to mend them', async () => {
    await openPage('imports')
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download the 1 row that didn’t fit' }).first().click(),
    ])
    const text = await readFile(await download.path(), 'utf8')
    expect(text).toMatch(/,4,bad_time,/)
    expect(text).toContain('vira@example.com')
    expect(await findBarriers(page, 'main')).toEqual([])
  })
})

describe('a file that can’t be imported as it is', () => {
  it('names the column that is missing, and can be started once it is chosen', async () => {
    await chooseFile(csv('odd.csv', 'Ref,When was it\nA-1,2026-10-01 10:00\nA-2,2026-10-02 11:00\n'))
    await page.getByRole('radio', { name: /^Orders/ }).click()
    await page.getByText(/Choose columns for: .*Placed on/).waitFor()
    expect(await button('Import').isDisabled()).toBe(true)
    for (const [field, column] of [
      ['Order number', 'Ref'],
      ['Placed on', 'When was it'],
    ] as const) {
      const select = page.getByRole('combobox', { name: field })
      if ((await select.inputValue()) === column) continue
      await select.click()
      await page.getByRole('option', { name: column, exact: true }).click()
    }
    await page.getByText('Order A-1').waitFor()
    await expect.poll(() => button('Import').isDisabled()).toBe(false)
  })

  it('asks how dates and amounts are meant that can be read in two ways', async () => {
    const rows = 'order id,order date,total,email\nB-1,03.04.2026,"1,234",a@example.com\n'
    await chooseFile(csv('two-ways.csv', rows))
    await page.getByRole('combobox', { name: '03.04.2026 is' }).click()
    await page.getByRole('option', { name: '4 Mar 2026' }).click()
    await page.getByRole('combobox', { name: '1,234 is' }).click()
    await page.getByRole('option', { name: '₴1,234.00' }).click()
    await page.getByText('Order B-1 for ₴1,234').waitFor()
    await page.getByText('placed 4 Mar 2026').waitFor()
  })

  it('that is no text is refused with the reason', async () => {
    await openPage('imports/new')
    const buffer = Buffer.from(Array.from({ length: 3000 }, (_, index) => index % 7))
    await page.locator('input[type=file]').setInputFiles({ name: 'photo.csv', mimeType: 'text/csv', buffer })
    await page.getByRole('alert').filter({ hasText: 'The file couldn’t be read' }).waitFor()
    await page.getByText('This is not a text file').waitFor()
  })
})

describe('a folder', () => {
  it('is taken whole when it is dropped, folders inside it too, without what systems hide in it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tropa-drop-'))
    await mkdir(join(folder, 'older'))
    await writeFile(join(folder, 'orders.csv'), 'order id,order date\nC-1,2026-10-01\n')
    await writeFile(join(folder, 'older', 'orders-2025.csv'), 'order id,order date\nC-2,2025-10-01\n')
    await writeFile(join(folder, '.DS_Store'), 'x')
    await openPage('imports/new')
    await drop(folder, 'Drop files or a folder here')
    const chosen = page.getByRole('list', { name: 'Chosen files' }).getByRole('listitem')
    await chosen.nth(1).waitFor()
    expect((await chosen.allTextContents()).map((text) => text.split(' ')[0]).sort()).toEqual([
      'orders-2025.csv',
      'orders.csv',
    ])
    await button('Import').waitFor()
    await rm(folder, { recursive: true })
  })
})

/** Drops a file or folder of this machine on a place of the page, as a file manager does. */
async function drop(path: string, place: string): Promise<void> {
  const box = await page.getByText(place).boundingBox()
  const at = { x: (box?.x ?? 0) + 5, y: (box?.y ?? 0) + 5 }
  const session = await context.newCDPSession(page)
  const data = { items: [], files: [path], dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await session.send('Input.dispatchDragEvent', { type, ...at, data })
  await session.detach()
}

describe('a long import', () => {
  it('is stopped after a question, and goes on from there', async () => {
    const rows = Array.from(
      { length: 80_000 },
      (_, index) => `Page Read,2026-10-01T10:00:00Z,v${index},${index}`,
    )
    await chooseFile(csv('visits.csv', ['event,time,visitor id,event id', ...rows].join('\n')))
    await button('Import').click()
    await button('Stop').click()
    await button('Stop it').click()
    await page.getByRole('heading', { name: 'Import stopped' }).waitFor()
    expect(await findBarriers(page, 'main')).toEqual([])
    await button('Go on').click()
    await page.getByRole('heading', { name: 'Import finished' }).waitFor({ timeout: 100_000 })
    expect(await readCount('Didn’t fit')).toBe('0')
    await page.getByText('80,000', { exact: true }).first().waitFor()
  })
})

describe('on a phone', () => {
  it.each(['imports', 'imports/new', 'imports/1'])('the page %s does not scroll sideways', async (path) => {
    await page.setViewportSize({ width: 360, height: 740 })
    await openPage(path)
    await page.getByRole('heading', { level: 1 }).waitFor()
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect(overflow).toBeLessThanOrEqual(0)
  })
})
