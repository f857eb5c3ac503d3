import { afterAll, beforeAll, expect, test } from 'vitest'
import { encodeCursor } from '../kernel/cursor.ts'
import { openTestApp, type TestApp } from '../test/test-app.ts'
import { access } from './access.ts'

let app: TestApp
/** What each route may be asked, by its description. */
let asked: Map<string, Set<string>>

interface Described {
  paths: Record<string, { get?: { parameters?: { in: string; name: string }[] } }>
}

beforeAll(async () => {
  app = await openTestApp()
  const { paths }: Described = (await app.app.inject({ url: '/openapi.json' })).json()
  asked = new Map(
    Object.entries(paths).map(([path, { get }]) => [
      path.replace(/\{(\w+)\}/g, ':$1'),
      new Set(get?.parameters?.flatMap((one) => (one.in === 'query' ? [one.name] : []))),
    ]),
  )
})
afterAll(() => app.close())

const NOBODY = '00000000-0000-4000-8000-000000000000'
const ODD_PARTS = [
  '0',
  '-1',
  '99999999999',
  '9'.repeat(25),
  '1e30',
  'NaN',
  'x',
  '%00',
  '%F0%9F%98%80',
  'a'.repeat(199),
]
const ODD_DAYS = ['2026-99-99', '0000-01-01', 'x']
// Days that a calendar has and a store may not.
const FAR_PERIODS = ['from=0001-01-01&to=0001-02-01', 'from=9999-11-01&to=9999-12-01']
const ODD_POSITIONS = [
  null,
  1,
  9e15,
  1e300,
  -1,
  'x',
  [],
  { day: '0000-01-01', id: 1 },
  { day: '2026-99-99', id: 1 },
  { at: 9e15, hash: 'x' },
  { at: -9e15, id: 'x', room: 'x', ref: 'x' },
  { at: 'x', id: 1e300 },
  { at: '0000-01-01T00:00:00Z', id: 1 },
  { name: '\0', id: 1 },
  ...[1e300, 9e15, -9e15].map((at) => ({
    at,
    before: at,
    shown: 0,
    hash: NOBODY,
    person: NOBODY,
    id: NOBODY,
    identity: NOBODY,
  })),
]

const READING = Object.keys(access)
  .filter((route) => route.startsWith('GET /api/') && !/live|auth/.test(route))
  .map((route) => route.slice(4))

/** What the owner is answered; nobody's odd request may be an error of ours. */
async function ask(url: string): Promise<string | undefined> {
  try {
    const { statusCode } = await app.as('owner')({ url })
    return statusCode >= 500 ? `${statusCode} ${url}` : undefined
  } catch (error) {
    // A file that broke off on its way.
    return `${error} ${url}`
  }
}

async function askAll(urls: readonly string[]): Promise<string[]> {
  const failures: string[] = []
  for (const url of urls) {
    const failure = await ask(url)
    if (failure !== undefined) failures.push(failure)
  }
  return failures
}

const inShop = (route: string) => route.replace(':shop', String(app.shop))

test('an address with anything in the place of an id is refused, not failed at', async () => {
  const urls = READING.map(inShop)
    .filter((route) => route.includes(':'))
    .flatMap((route) => ODD_PARTS.map((part) => route.replace(/:\w+/g, part)))
  expect(urls.length).toBeGreaterThan(50)
  expect(await askAll(urls)).toEqual([])
})

test('days that are none and places of lists that are elsewhere are refused, not failed at', async () => {
  const periods = [
    ...ODD_DAYS.flatMap((day) => [`from=${day}&to=2026-12-01`, `from=2026-01-01&to=${day}`]),
    ...FAR_PERIODS,
  ]
  const positions = ODD_POSITIONS.map((position) => `cursor=${encodeCursor(position)}`)
  const questions = READING.flatMap((route) => {
    const takes = (name: string) => asked.get(route)?.has(name)
    const address = inShop(route).replace(':person', NOBODY).replace(/:\w+/g, '1')
    const odd = ['q=%00', ...(takes('from') ? periods : []), ...(takes('cursor') ? positions : [])]
    return odd.map((question) => ({ question, url: `${address}?${question}` }))
  })
  const count = (sign: string) => questions.filter(({ question }) => question.startsWith(sign)).length
  expect(count('from=')).toBeGreaterThan(20 * periods.length)
  expect(count('cursor=')).toBeGreaterThan(8 * positions.length)
  expect(await askAll(questions.map(({ url }) => url))).toEqual([])
})
