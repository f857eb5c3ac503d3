import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { totpCode, totpStep } from '../../features/accounts/server/totp.ts'
import { findBarriers } from './barriers.ts'
import { openChromium } from './chromium.ts'
import { openWholeApp, type WholeApp } from './whole-app.ts'

const password = 'чай с бергамотом'

let app: WholeApp
let browser: Browser
let context: BrowserContext
let page: Page
beforeAll(async () => {
  app = await openWholeApp()
  browser = await openChromium()
  context = await browser.newContext({
    locale: 'en-GB',
    timezoneId: 'Europe/Kyiv',
    reducedMotion: 'reduce',
    bypassCSP: true,
  })
  page = await context.newPage()
}, 180_000)
afterAll(async () => {
  await browser?.close()
  await app?.close()
})

const button = (name: string) => page.getByRole('button', { name, exact: true })
const field = (name: string) => page.getByRole('textbox', { name, exact: true })
const openSettings = async (name: string) => {
  await page.goto(`${app.url}/s/1/settings/${name}`)
  await page.waitForLoadState('networkidle')
}

// The tests follow one owner through their first day, so each goes on where the one before it ended.
describe('an owner', () => {
  it('comes by the link of the first start, is told about a weak password, and sees an empty shop', async () => {
    await page.goto(app.url + app.ownerLink)
    await field('Your name').fill('Olena')
    await field('E-mail').fill('olena@tea.example')
    await field('Password').fill('qwertyuiop')
    expect(await findBarriers(page)).toEqual([])
    await button('Next').click()
    await field('Name of the shop').fill('Tea & Co')
    expect(await page.getByRole('combobox', { name: 'Currency' }).inputValue()).toContain('UAH')
    await button('Open the shop').click()
    await page.getByText('This is among the first passwords to be tried').waitFor()
    await field('Password').fill(password)
    await button('Next').click()
    await button('Open the shop').click()
    await page.waitForURL('**/s/1/start')
    await page.getByText('Tea & Co').first().waitFor()
  })

  it.each(['shop', 'members', 'keys', 'audit', 'account'])(
    'meets no barrier on the page %s',
    async (name) => {
      await openSettings(name)
      expect(await findBarriers(page)).toEqual([])
    },
  )

  it('sends the first event with the key shown, by the command shown', async () => {
    await openSettings('keys')
    const key = await page.getByLabel('Key for sending events').inputValue()
    const command = await page.locator('pre').textContent()
    expect(command).toContain(`curl ${app.url}/v1/track -u ${key}:`)
    const [, body = ''] = /-d '(.*)'/.exec(command ?? '') ?? []
    const sent = await fetch(`${app.url}/v1/track`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Basic ${btoa(`${key}:`)}` },
      body,
    })
    expect(sent.status).toBe(200)
  })

  it('makes a key for a program, sees it once, and finds it in the log', async () => {
    await openSettings('keys')
    await button('New key').click()
    await field('What for').fill('Spreadsheet')
    await button('Make').click()
    const token = await field('Key for a program').inputValue()
    const shops = await fetch(`${app.url}/api/shops`, { headers: { authorization: `Bearer ${token}` } })
    expect(await shops.json()).toMatchObject({ items: [{ id: 1, role: 'viewer' }] })
    await button('Saved, hide it').click()
    await openSettings('audit')
    await page.getByText('Made the key “Spreadsheet” for a program as viewer').waitFor()
    expect(await page.getByText(token).count()).toBe(0)
  })

  it('turns the second step on and signs in with a code, then with a spare one', async () => {
    await openSettings('account')
    await button('Turn on').click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'Present password' }).fill(password)
    await dialog.getByRole('button', { name: 'Next' }).click()
    const shown = await page.getByLabel('Or type this key by hand').inputValue()
    await field('The six digits that the app shows').fill(codeOf(shown))
    expect(await findBarriers(page)).toEqual([])
    await button('Check and turn on').click()
    await page.getByText('Spare codes for when the phone is lost').waitFor()
    const [spare = ''] = await page.locator('main li').allTextContents()
    await signOut()
    await signIn()
    await field('Code').fill(codeOf(shown, 1))
    await button('Sign in').click()
    await page.waitForURL('**/s/1/**')
    await signOut()
    await signIn()
    await field('Code').fill(spare.toLowerCase())
    await button('Sign in').click()
    await page.waitForURL('**/s/1/**')
  })

  it('invites a colleague, who joins by the link and sees no more than their role may', async () => {
    await openSettings('members')
    await button('Invite').click()
    await button('Make a link').click()
    const link = new URL(await field('Link of the invitation').inputValue())
    await signOut()
    await page.goto(app.url + link.pathname)
    await page.getByRole('heading', { name: 'You are awaited at Tea & Co' }).waitFor()
    expect(await findBarriers(page)).toEqual([])
    await field('Your name').fill('Anna')
    await field('E-mail').fill('anna@tea.example')
    await field('Password').fill('another long phrase')
    await button('Join').click()
    await page.waitForURL('**/s/1/**')
    await page.goto(`${app.url}/s/1/settings/members`)
    await page.getByText('anna@tea.example').waitFor()
    expect(await page.getByRole('link', { name: 'Keys' }).count()).toBe(0)
    expect(await button('Invite').count()).toBe(0)
  })
})

/** The code of the application for the key as the page shows it; `ahead` steps of half a minute from now. */
function codeOf(shown: string, ahead = 0): string {
  const letters = [...shown.replaceAll(' ', '')]
  const bits = letters.map((letter) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  )
  const bytes = (bits.join('').match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2))
  return totpCode(Buffer.from(bytes), totpStep(Date.now()) + ahead)
}

async function signOut(): Promise<void> {
  await page.evaluate(() =>
    fetch('/api/auth/sign-out', { method: 'POST', headers: { 'x-tropa-request': '1' } }),
  )
}

async function signIn(): Promise<void> {
  await page.goto(`${app.url}/sign-in`)
  await field('E-mail').fill('olena@tea.example')
  await field('Password').fill(password)
  await button('Sign in').click()
  await field('Code').waitFor()
}
