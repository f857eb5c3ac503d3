import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findBarriers } from './barriers.ts'
import { openChromium } from './chromium.ts'
import { becomeOwner, sendEvents } from './owner.ts'
import { openWholeApp, type WholeApp } from './whole-app.ts'

let app: WholeApp
let browser: Browser
let page: Page
const failures: string[] = []

beforeAll(async () => {
  app = await openWholeApp()
  browser = await openChromium()
  const context = await browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce', bypassCSP: true })
  const cookie = await becomeOwner(app)
  await context.addCookies([{ ...cookie, url: app.url }])
  await sendEvents(app, cookie, familyTablet())
  page = await context.newPage()
  page.on('pageerror', (error) => failures.push(error.message))
}, 180_000)
afterAll(async () => {
  await browser?.close()
  await app?.close()
})

/** Two people who sign in on one tablet, one after the other. */
function familyTablet(): object[] {
  const at = (minutes: number) => new Date(Date.now() - 3_600_000 + minutes * 60_000).toISOString()
  const page = (path: string) => ({ page: { url: `https://tea.example${path}`, path } })
  return [
    { type: 'page', messageId: 't1', timestamp: at(0), anonymousId: 'tablet', context: page('/tea') },
    { type: 'page', messageId: 't2', timestamp: at(1), anonymousId: 'tablet', context: page('/honey') },
    {
      type: 'identify',
      messageId: 't3',
      timestamp: at(2),
      anonymousId: 'tablet',
      userId: 'olena',
      traits: { name: 'Olena Koval', city: 'Lviv' },
    },
    {
      type: 'identify',
      messageId: 't4',
      timestamp: at(3),
      anonymousId: 'tablet',
      userId: 'petro',
      traits: { name: 'Petro Koval', city: 'Kyiv' },
    },
  ]
}

async function expectNoBarrier(): Promise<void> {
  await page.waitForFunction('document.querySelector("[aria-busy=true]") === null')
  expect(await findBarriers(page)).toEqual([])
  expect(failures).toEqual([])
}

const button = (name: string | RegExp) => page.getByRole('button', { name })
const heading = (name: string) => page.getByRole('heading', { level: 1, name })

async function openPerson(name: string): Promise<void> {
  await page.goto(`${app.url}/s/1/people?q=${encodeURIComponent(name)}`)
  await page
    .getByRole('link', { name: new RegExp(name) })
    .first()
    .click()
  await heading(name).waitFor()
}

// The tests follow one member through a decision and back, so each goes on where the one before it ended.
describe('a member', () => {
  it('opens a visit step by step', async () => {
    await openPerson('Olena Koval')
    await button('Show every step').click()
    await page.getByText('/honey').waitFor()
    await expectNoBarrier()
  })

  it('is asked whether two people of one tablet are one, sees what it would do, and says yes', async () => {
    await page.getByRole('link', { name: 'Decide' }).click()
    await heading('Are these one person?').waitFor()
    await expectNoBarrier()
    await button(/^One person/).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('They have different ids on the site').waitFor()
    await expectNoBarrier()
    // Whoever stands on the right stays; the arrow turns it round.
    const stays = dialog.locator('section', { hasText: 'Stays' })
    if (!(await stays.textContent())?.includes('Olena')) await button('The other way round').click()
    await stays.getByText('Olena Koval').waitFor()
    await dialog.getByRole('button', { name: 'Join', exact: true }).click()
    await page.getByText('Nothing to decide').waitFor()
  })

  it('finds both names on one page, and makes two people of them again', async () => {
    await openPerson('Olena Koval')
    await page.getByText('Petro Koval → Olena Koval').waitFor()
    await page.getByText('Lviv').waitFor()
    await button('Undo: Petro Koval').click()
    await page.getByRole('dialog').getByRole('button', { name: 'Part them' }).click()
    await page.getByText('undone by Iryna').waitFor()
    await openPerson('Petro Koval')
    await page.getByText('Kyiv').waitFor()
  })

  it('erases a person only after the name has been typed, and follows it to the end', async () => {
    await button('More actions').click()
    await page.getByRole('menuitem', { name: 'Erase' }).click()
    const dialog = page.getByRole('dialog')
    const erase = dialog.getByRole('button', { name: 'Erase for good' })
    expect(await erase.isDisabled()).toBe(true)
    await dialog.getByRole('textbox').fill('Petro Koval')
    await expectNoBarrier()
    await erase.click()
    await heading('Erased people').waitFor()
    await page.getByText('all gone').waitFor({ timeout: 60_000 })
    await page.goto(`${app.url}/s/1/people?q=petro`)
    await page.getByText('Nobody like that').waitFor()
    await expectNoBarrier()
  })
})
