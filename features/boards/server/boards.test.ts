import { eq } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DAY_MS, formatDay, localDay } from '../../../kernel/time.ts'
import { openTestApp, type TestApp } from '../../../test/test-app.ts'
import { ensureSource } from '../../accounts/server/actions.ts'
import { recordMessages } from '../../ingestion/server/actions.ts'
import type { Board, BoardCard, BoardItem, Call, CallList, TodayFacts } from '../contract.ts'
import { callTicks } from './boards-table.ts'
import { callsPersonParts } from './tick-store.ts'

/** A Thursday afternoon. */
const NOW = Date.UTC(2026, 9, 1, 12)
const ZONE = 'Europe/Kyiv'
let app: TestApp
let url: string
const now = NOW

beforeAll(async () => {
  app = await openTestApp({ now: () => now })
  url = `/api/shops/${app.shop}`
}, 60_000)
afterAll(() => app.close())

type Who = Parameters<TestApp['as']>[0]
async function ask<T>(who: Who, method: string, path: string, payload?: object, status = 200): Promise<T> {
  const response = await app.as(who)({
    method: method as 'GET',
    url: `${url}${path}`,
    ...(payload && { payload }),
  })
  expect(response.statusCode, `${method} ${path} ${response.body}`).toBe(status)
  return response.body === '' ? (undefined as T) : response.json()
}
const make = (name: string) => ask<Board>('operator', 'POST', '/boards', { name }, 201)
const pin = (board: number, name: string, search = 'days=30') =>
  ask<BoardCard>('marketer', 'POST', `/boards/${board}/cards`, { name, path: 'funnel', search }, 201)
const names = async (board: number) =>
  (await ask<Board>('viewer', 'GET', `/boards/${board}`)).cards.map(({ name }) => name)

interface Logged {
  actor: { name: string }
  target: string
  detail: object
}
const logged = async (action: string) =>
  (await ask<{ items: Logged[] }>('owner', 'GET', `/audit?action=${action}`)).items

describe('a board', () => {
  it('is made by staff and read by everyone, with its cards in the order that they were given', async () => {
    const { id } = await make('  Доставка ')
    const a = await pin(id, 'A')
    const b = await pin(id, 'B', 'steps=%5B%7B%22name%22%3A%22x%22%7D%5D')
    expect(await ask('viewer', 'GET', `/boards/${id}`)).toMatchObject({
      name: 'Доставка',
      isHome: false,
      cards: [
        { name: 'A', path: 'funnel', search: 'days=30' },
        { name: 'B', search: 'steps=%5B%7B%22name%22%3A%22x%22%7D%5D' },
      ],
    })
    await ask('operator', 'PUT', `/boards/${id}/order`, { cards: [b.id, a.id] })
    expect(await names(id)).toEqual(['B', 'A'])
    const other = await ask<{ error: { code: string } }>(
      'operator',
      'PUT',
      `/boards/${id}/order`,
      { cards: [a.id] },
      409,
    )
    expect(other.error.code).toBe('conflict')
    await ask('operator', 'PATCH', `/boards/${id}/cards/${a.id}`, { name: 'A2' })
    await ask('operator', 'DELETE', `/boards/${id}/cards/${b.id}`)
    expect(await names(id)).toEqual(['A2'])
    await ask('operator', 'POST', `/boards/${id}/cards/${b.id}/restore`)
    expect(await names(id)).toEqual(['B', 'A2'])
    const { items } = await ask<{ items: BoardItem[] }>('viewer', 'GET', '/boards')
    expect(items.find((one) => one.id === id)).toMatchObject({ name: 'Доставка', cards: 2 })
    const changes = (await logged('board.changed')).filter(({ target }) => target === 'Доставка')
    expect(changes.map(({ detail }) => detail).reverse()).toEqual([
      ...[{ pinned: 'A' }, { pinned: 'B' }, { ordered: true }, { renamed: 'A2' }],
      ...[{ removed: 'B' }, { restored: 'B' }],
    ])
  })

  it('that is taken away can be brought back, unless another one has its name by then', async () => {
    const { id } = await make('Спорная')
    await pin(id, 'Card')
    await ask('marketer', 'DELETE', `/boards/${id}`, undefined, 204)
    await ask('marketer', 'GET', `/boards/${id}`, undefined, 404)
    await ask('marketer', 'POST', `/boards/${id}/cards`, { name: 'x', path: 'funnel', search: '' }, 404)
    const second = await make('СПОРНАЯ')
    await ask('marketer', 'POST', `/boards/${id}/restore`, undefined, 409)
    await ask('marketer', 'PATCH', `/boards/${second.id}`, { name: 'Другая' })
    expect(await ask('marketer', 'POST', `/boards/${id}/restore`)).toMatchObject({
      cards: [{ name: 'Card' }],
    })
    await ask('marketer', 'PATCH', `/boards/${id}`, { name: ' другая ' }, 409)
  })

  it('stands on the first page alone', async () => {
    const [one, other] = [await make('Первая'), await make('Вторая')]
    await ask('owner', 'PATCH', `/boards/${one.id}`, { isHome: true })
    await ask('owner', 'PATCH', `/boards/${other.id}`, { isHome: true })
    const { items } = await ask<{ items: BoardItem[] }>('viewer', 'GET', '/boards')
    expect(items.filter(({ isHome }) => isHome).map(({ name }) => name)).toEqual(['Вторая'])
    expect(items[0]?.name).toBe('Вторая')
  })

  it('refuses what makes no sense, and holds as many cards as anybody looks at', async () => {
    await ask('owner', 'POST', '/boards', { name: '   ' }, 400)
    await ask('owner', 'POST', '/boards', { name: 'x'.repeat(121) }, 400)
    const { id } = await make('Полная')
    const wrong = { name: 'x', path: '../map', search: '' }
    await ask('owner', 'POST', `/boards/${id}/cards`, wrong, 400)
    await ask('owner', 'POST', `/boards/${id}/cards`, { ...wrong, path: 'funnel', search: 'a b' }, 400)
    await ask('owner', 'GET', '/boards/9007199254740991', undefined, 404)
    for (let card = 1; card <= 24; card++) await pin(id, `Card ${card}`)
    await ask('owner', 'POST', `/boards/${id}/cards`, { ...wrong, path: 'funnel' }, 409)
    await ask('viewer', 'POST', '/boards', { name: 'Mine' }, 403)
    await ask('stranger', 'GET', `/boards/${id}`, undefined, 404)
  })
})

/** What a customer lived through; days before now. */
interface Life {
  low: number | null
  spoken: { days: number; by: 'human' | 'bot' } | null
  asked: number | null
  cases: { opened: number; isResolved: boolean; isDefect: boolean }[]
  promised: number | null
  isArrived: boolean
  isReachable: boolean
}

const quarters = (most: number) => fc.integer({ min: 1, max: most * 4 }).map((quarter) => quarter / 4 + 0.01)
const life: fc.Arbitrary<Life> = fc.record({
  low: fc.option(quarters(5)),
  spoken: fc.option(fc.record({ days: quarters(5), by: fc.constantFrom('human', 'bot') })),
  asked: fc.option(quarters(5)),
  cases: fc.array(fc.record({ opened: quarters(30), isResolved: fc.boolean(), isDefect: fc.boolean() }), {
    maxLength: 3,
  }),
  promised: fc.option(fc.integer({ min: -2, max: 40 })),
  isArrived: fc.boolean(),
  isReachable: fc.boolean(),
})

const at = (days: number) => new Date(NOW - days * DAY_MS).toISOString()
const today = localDay(NOW, ZONE)

function tell(one: Life, index: number): object[] {
  const userId = `c${index}`
  const name = `Customer ${index}`
  const event = (event: string, days: number, properties: object = {}) => ({
    ...{ type: 'track', userId, event, messageId: `${userId} ${event} ${days}` },
    ...{ timestamp: at(days), properties },
  })
  const order_id = `O-${index}`
  const traits = one.isReachable ? { name, email: `c${index}@example.com` } : { name }
  return [
    { type: 'identify', userId, messageId: `${userId} is`, timestamp: at(60), traits },
    ...(one.low === null
      ? []
      : [event('Feedback Given', one.low, { kind: 'stars', score: 2, scale_max: 5 })]),
    ...(one.spoken === null
      ? []
      : [event('Contact Answered', one.spoken.days, { contact_id: userId, by: one.spoken.by })]),
    ...(one.asked === null ? [] : [event('Contact Started', one.asked, { topic: 'where_is_order' })]),
    ...one.cases.flatMap(({ opened, isResolved, isDefect }, at) => {
      const told = { case_id: `${userId}-${at}`, ...(isDefect && { topic: 'defect' }) }
      const open = { ...event('Case Opened', opened, told), messageId: `${userId} opened ${at}` }
      const done = { ...event('Case Resolved', opened / 2, told), messageId: `${userId} resolved ${at}` }
      return isResolved ? [open, done] : [open]
    }),
    ...(one.promised === null
      ? []
      : [
          event('Order Completed', 45, {
            ...{ order_id, total: 100 + index, currency: 'UAH' },
            promised_on: formatDay(today - one.promised),
          }),
          ...(one.isArrived ? [event('Order Arrived', 1, { order_id })] : []),
        ]),
  ]
}

/** The same as the statement should say, one life after another. */
function walk(one: Life): string[] {
  const spoken = one.spoken?.by === 'human' && one.spoken.days <= 3 ? one.spoken.days : Infinity
  const isFresh = (days: number | null) => days !== null && days <= 3 && days < spoken
  const sorted = one.cases
    .map((each, at) => ({ ...each, at }))
    .sort((a, b) => b.opened - a.opened || a.at - b.at)
  const reasons = sorted.flatMap(({ opened, isResolved, isDefect }, place) => {
    if (isResolved) return []
    const isSecond = isDefect && sorted.slice(0, place).some((before) => before.isDefect)
    if (isSecond && opened <= 14) return ['second_defect']
    return opened > 14 ? ['case_open'] : []
  })
  if (one.promised !== null && one.promised > 0 && one.promised <= 30 && !one.isArrived) reasons.push('late')
  if (isFresh(one.low)) reasons.push('low_mark')
  if (isFresh(one.asked)) reasons.push('asked_where')
  const rank = ['second_defect', 'case_open', 'late', 'low_mark', 'asked_where']
  return reasons.sort((a, b) => rank.indexOf(a) - rank.indexOf(b))
}

const sayReasons = ({ person, troubles }: Call) => [person.name, ...troubles.map(({ reason }) => reason)]

describe('whom to call', () => {
  const lives = fc.sample(life, { numRuns: 120, seed: 5 })

  beforeAll(async () => {
    const source = await ensureSource(app.deps.db, app.shop, { kind: 'system', name: 'Test' })
    const messages = lives.flatMap(tell)
    await recordMessages(app.deps, { shop: app.shop, source, messages, origin: 'system' })
    await app.deps.runner.drain()
  }, 60_000)

  it('are those whom a slow walk through their lives finds, each for the same reasons', async () => {
    const { items, unreachable, open } = await ask<CallList>('operator', 'GET', '/calls?limit=100')
    const expected = lives.flatMap((one, index) => {
      const reasons = walk(one)
      return reasons.length > 0
        ? [{ isReachable: one.isReachable, said: [`Customer ${index}`, ...reasons] }]
        : []
    })
    const reachable = expected.filter(({ isReachable }) => isReachable).map(({ said }) => said)
    expect(reachable.length).toBeGreaterThan(20)
    expect(items.map(sayReasons).sort()).toEqual(reachable.sort())
    expect([open, unreachable]).toEqual([reachable.length, expected.length - reachable.length])
    expect(items.every(({ hasEmail, hasPhone }) => hasEmail && !hasPhone)).toBe(true)
  })

  it('come page by page, each once, and by reason', async () => {
    const all = (await ask<CallList>('operator', 'GET', '/calls?limit=100')).items
    const seen: Call[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const page: CallList = await ask('operator', 'GET', `/calls?limit=7${cursor && `&cursor=${cursor}`}`)
      seen.push(...page.items)
      cursor = page.nextCursor
    }
    expect(seen).toEqual(all)
    const { items } = await ask<CallList>('operator', 'GET', '/calls?reason=late&limit=100')
    expect(items).toEqual(all.filter(({ troubles }) => troubles.some(({ reason }) => reason === 'late')))
    await ask('operator', 'GET', '/calls?cursor=nonsense', undefined, 400)
    await ask('operator', 'GET', '/calls?reason=boredom', undefined, 400)
  })

  it('are ticked off with who called and when, and come back when that is undone', async () => {
    const before = await ask<CallList>('operator', 'GET', '/calls')
    const [first] = before.items
    await ask('operator', 'PUT', `/calls/${first?.person.id}`, undefined, 204)
    const after = await ask<CallList>('operator', 'GET', '/calls?show=called')
    expect(after).toMatchObject({ open: before.open - 1, called: 1 })
    expect(after.items[0]).toMatchObject({
      person: first?.person,
      called: { by: app.members.operator.name, at: new Date(NOW).toISOString() },
    })
    const csv = await app.as('marketer')({ url: `${url}/calls.csv` })
    expect(csv.body.split('\r\n')[0]).toContain('person_id,name,phone,email,reason')
    expect(csv.body).toContain(app.members.operator.name)
    await ask('operator', 'DELETE', `/calls/${first?.person.id}`, undefined, 204)
    expect((await ask<CallList>('operator', 'GET', '/calls')).items[0]).toEqual(first)
    await ask('operator', 'PUT', '/calls/00000000-0000-4000-8000-000000000000', undefined, 404)
    await ask('viewer', 'GET', '/calls', undefined, 403)
    await ask('operator', 'GET', '/calls.csv', undefined, 403)
    // The shop's log names no customer, who may be erased some day.
    const target = `#${first?.person.id.slice(0, 8)}`
    expect(await logged('calls.noted')).toMatchObject([{ target }])
    expect(await logged('calls.taken_back')).toMatchObject([{ target }])
    expect(await logged('calls.exported')).toMatchObject([{ actor: { name: app.members.marketer.name } }])
  })

  it('leave no tick behind when the customer is erased, and give it out with their data', async () => {
    const [second] = (await ask<CallList>('operator', 'GET', '/calls')).items.slice(1)
    await ask('operator', 'PUT', `/calls/${second?.person.id}`, undefined, 204)
    const rows = await app.deps.db.select().from(callTicks).where(eq(callTicks.shop, app.shop))
    const identities = [...new Set(rows.map(({ identity }) => identity))]
    const person = { shop: app.shop, person: second?.person.id ?? '', identities }
    expect(await callsPersonParts.export?.(app.deps, person)).toHaveLength(second?.troubles.length ?? 0)
    await app.deps.db.transaction(async (tx) => callsPersonParts.erase?.(tx, person))
    expect((await ask<CallList>('operator', 'GET', '/calls?show=called')).items).toEqual([])
  })

  it('name nobody who has just been erased, although the list itself is a moment old', async () => {
    const { items } = await ask<CallList>('operator', 'GET', '/calls')
    const [gone, ...others] = items
    await ask('owner', 'POST', `/people/${gone?.person.id}/erase`, { confirm: gone?.person.name }, 202)
    expect((await ask<CallList>('operator', 'GET', '/calls')).items.slice(0, others.length)).toEqual(others)
    const csv = await app.as('owner')({ url: `${url}/calls.csv` })
    expect(csv.body).not.toContain(gone?.person.name)
  })

  it('stand beside what yesterday was, against the same weekday of the weeks since the history began', async () => {
    const facts = await ask<TodayFacts>('viewer', 'GET', '/today')
    const isYesterday = (days: number | null) =>
      days !== null && localDay(NOW - days * DAY_MS, ZONE) === today - 1
    expect(facts).toMatchObject({ day: formatDay(today - 1), hasEvents: true, orders: { n: 0 } })
    expect(facts.answers.n).toBe(lives.filter(({ low }) => isYesterday(low)).length)
    // Eight such weekdays lie within the sixty days that are recorded.
    expect(facts.orders.usual).toEqual({ low: 0, high: 0 })
  })
})
