import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RegistryView } from '../../features/touchpoints/contract.ts'
import { findBarriers } from './barriers.ts'
import { openChromium, takePage } from './chromium.ts'
import { becomeOwner, type Cookie } from './owner.ts'
import { openWholeApp, type WholeApp } from './whole-app.ts'

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

async function openPage(locale: string, width: number, colorScheme: 'light' | 'dark'): Promise<Page> {
  const page = await takePage(browser, {
    locale,
    colorScheme,
    viewport: { width, height: 900 },
    reducedMotion: 'reduce',
    bypassCSP: true,
  })
  await page.context().addCookies([{ ...owner, url: app.url }])
  page.on('pageerror', (error) => failures.push(error.message))
  await page.goto(`${app.url}/s/1/decisions`)
  await page.locator('h1').waitFor()
  return page
}

async function expectNoBarrier(page: Page): Promise<void> {
  await page.waitForFunction('document.querySelector("[aria-busy=true]") === null')
  expect(await findBarriers(page)).toEqual([])
  expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0)
  expect(failures).toEqual([])
}

describe('an owner', () => {
  it('says when people are at work', async () => {
    const page = await openPage('en-GB', 390, 'light')
    await page.goto(`${app.url}/s/1/settings/hours`)
    await page.getByRole('heading', { name: 'Working hours' }).waitFor()
    await page.getByLabel('Sat').check()
    await page.getByLabel('To').fill('08:00')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('The end is later than the beginning.').waitFor()
    await page.getByLabel('To').fill('20:30')
    await expectNoBarrier(page)
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Working hours are saved').waitFor()
    await page.reload()
    await page.getByLabel('To').waitFor()
    expect(await page.getByLabel('To').inputValue()).toBe('20:30')
    expect(await page.getByLabel('Sat').isChecked()).toBe(true)
  })

  it('writes a decision down, corrects it, removes it and brings it back', async () => {
    const page = await openPage('en-GB', 1_280, 'light')
    await page.getByText('No decisions yet').waitFor()
    await expectNoBarrier(page)

    await page.getByRole('button', { name: 'Write down a decision' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.getByText('Say in a few words what was changed.').waitFor()
    await dialog.getByLabel('What was changed').fill('Two operators in the evening')
    await dialog.getByLabel('From which day').fill('2026-03-02')
    await dialog.getByLabel('Cost, UAH').fill('forty')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.getByText('Write an amount, such as 12 500.').waitFor()
    await dialog.getByLabel('Cost, UAH').fill('40 000,50')
    await dialog.getByLabel('Where on the path').click()
    await page.getByRole('option', { name: 'Chat or messenger' }).click()
    await dialog.getByLabel('What you expect').fill('A first answer within two minutes')
    await expectNoBarrier(page)
    await dialog.getByRole('button', { name: 'Save' }).click()

    const item = page.getByRole('listitem').filter({ hasText: 'Two operators in the evening' })
    await item.getByText('Chat or messenger').waitFor()
    await item.getByText('40,000.50').waitFor()
    await expectNoBarrier(page)

    await page.getByRole('button', { name: 'Change “Two operators in the evening”' }).click()
    await page.getByRole('dialog').getByLabel('What was changed').fill('Three operators in the evening')
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
    await page.getByText('Three operators in the evening', { exact: true }).waitFor()

    await page.getByRole('button', { name: 'Remove “Three operators in the evening”' }).click()
    await page.getByText('“Three operators in the evening” is removed.').waitFor()
    await page.getByText('No decisions yet').waitFor()
    await page.getByRole('button', { name: 'Bring it back' }).click()
    await page.getByText('Three operators in the evening', { exact: true }).waitFor()
  })

  it('changes a decision whose touchpoint the shop no longer has, and leaves its place as it was', async () => {
    const headers = {
      ...{ cookie: `${owner.name}=${owner.value}`, 'x-tropa-request': '1' },
      'content-type': 'application/json',
    }
    const rules = `${app.url}/api/shops/1/touchpoints`
    const { version, registry } = (await (await fetch(rules, { headers })).json()) as RegistryView
    const { stages, touchpoints } = registry
    const rest = touchpoints.filter(({ key }) => key !== 'chat')
    const published = await fetch(`${rules}/publish`, {
      ...{ method: 'POST', headers },
      body: JSON.stringify({ baseVersion: version, stages, touchpoints: rest }),
    })
    expect(published.status, await published.text()).toBe(200)
    const page = await openPage('en-GB', 1_280, 'light')
    await page.getByRole('button', { name: 'Change “Three operators in the evening”' }).click()
    const dialog = page.getByRole('dialog')
    // The names of places come a moment after the form.
    await expect.poll(() => dialog.getByLabel('Where on the path').inputValue()).toBe('Chat or messenger')
    await dialog.getByLabel('What you expect').fill('An answer within a minute')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.waitFor({ state: 'detached' })
    const item = page.getByRole('listitem').filter({ hasText: 'An answer within a minute' })
    await item.getByText('Chat or messenger').waitFor()
  })

  it.each([
    ['ru', 390, 'light', 'Решения', 'Записать решение'],
    ['uk', 390, 'dark', 'Рішення', 'Записати рішення'],
  ] as const)('reads the page in %s on a phone, %d px, %s', async (locale, width, scheme, title, add) => {
    const page = await openPage(locale, width, scheme)
    await page.getByRole('heading', { level: 1, name: title }).waitFor()
    await page.getByText('Three operators in the evening', { exact: true }).waitFor()
    await expectNoBarrier(page)
    await page.getByRole('button', { name: add }).click()
    await page.getByRole('dialog').waitFor()
    await expectNoBarrier(page)
    if (process.env.TROPA_PICTURES)
      await page.screenshot({ path: `${process.env.TROPA_PICTURES}/decisions-${locale}.png` })
  })

  it('comes by a flag to a decision of long ago, behind many newer ones', async () => {
    const write = (title: string, day: string) =>
      fetch(`${app.url}/api/shops/1/decisions`, {
        method: 'POST',
        body: JSON.stringify({ title, day }),
        headers: {
          ...{ cookie: `${owner.name}=${owner.value}`, 'x-tropa-request': '1' },
          'content-type': 'application/json',
        },
      })
    const old = (await (await write('The first price list', '2024-01-08')).json()) as { id: number }
    for (let day = 1; day <= 60; day++)
      await write(`Newer ${day}`, `2025-0${1 + (day % 9)}-${String(1 + (day % 28)).padStart(2, '0')}`)
    const page = await openPage('en-GB', 1_280, 'light')
    await page.goto(`${app.url}/s/1/decisions?decision=${old.id}`)
    const item = page.getByRole('listitem').filter({ hasText: 'The first price list' })
    await item.waitFor()
    await page.waitForFunction(() => {
      const chosen = document.querySelector('[data-chosen]')
      return chosen !== null && chosen.getBoundingClientRect().top < innerHeight
    })
    expect(await item.getAttribute('data-chosen')).toBe('true')
    expect(failures).toEqual([])
  })
})
