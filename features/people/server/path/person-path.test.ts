import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { identityKey } from '../../../../kernel/hash128.ts'
import type { TimelineItem } from '../../../../platform/room.ts'
import { openTestApp, type TestApp } from '../../../../test/test-app.ts'
import { ensureSource } from '../../../accounts/server/actions.ts'
import { recordMessages } from '../../../ingestion/server/actions.ts'
import type { Path, PathItem, PersonEvents } from '../../contract.ts'
import { joinParts } from './gather-path.ts'
import { momentsQuery } from './moments-query.ts'
import { toMoment } from './moments-result.ts'

let app: TestApp
let source: number
beforeAll(async () => {
  app = await openTestApp()
  source = await ensureSource(app.deps.db, app.shop, { kind: 'import', name: 'Tests' })
})
afterAll(() => app.close())

const MINUTE = 60_000
const START = Date.UTC(2026, 4, 4, 9)
const minute = (n: number) => new Date(START + n * MINUTE).toISOString()
const page = (path: string) => ({ page: { url: `https://shop.ua${path}`, path } })

async function record(messages: Record<string, unknown>[]): Promise<void> {
  const named = messages.map((message, index) => ({
    messageId: `path ${app.shop} ${JSON.stringify(message).length} ${index}`,
    ...message,
  }))
  const { rejected } = await recordMessages(app.deps, {
    shop: app.shop,
    source,
    messages: named,
    origin: 'import',
  })
  expect(rejected).toEqual([])
  await app.deps.runner.drain()
}

async function getPath(userId: string, query = ''): Promise<Path> {
  const person = identityKey(app.shop, 'user', userId)
  const response = await app.as('viewer')({
    method: 'GET',
    url: `/api/shops/${app.shop}/people/${person}/path?${query}`,
  })
  expect(response.statusCode, response.body).toBe(200)
  return response.json() as Path
}

const told = ({ room, kind, values }: PathItem) => [
  room,
  kind.replace('timeline.', ''),
  values.name ?? values.pages ?? values.email ?? values.order,
]

describe('the path of a person', () => {
  it('folds a visit into one line, and leaves orders to the room of orders', async () => {
    await record([
      { type: 'page', anonymousId: 'p1', timestamp: minute(0), context: page('/shoes') },
      {
        type: 'track',
        event: 'Product Viewed',
        anonymousId: 'p1',
        timestamp: minute(1),
        context: page('/shoes/1'),
      },
      { type: 'page', anonymousId: 'p1', timestamp: minute(20), context: page('/shoes/2') },
      {
        type: 'identify',
        anonymousId: 'p1',
        userId: 'pavlo',
        timestamp: minute(21),
        traits: { email: 'pavlo@shop.ua' },
      },
      {
        type: 'track',
        event: 'Order Completed',
        userId: 'pavlo',
        timestamp: minute(22),
        properties: { order_id: 'P-1', total: 500 },
        context: page('/done'),
      },
      { type: 'page', userId: 'pavlo', timestamp: minute(90), context: page('/help') },
      {
        type: 'track',
        event: 'Feedback Given',
        userId: 'pavlo',
        timestamp: minute(91),
        properties: { kind: 'csat', score: 2, comment: 'Довго' },
      },
    ])
    const { items, nextCursor } = await getPath('pavlo')
    expect(nextCursor).toBeNull()
    expect(items.map(told)).toEqual([
      ['people', 'event', 'Feedback Given'],
      ['people', 'visit', 1],
      ['orders', 'placed', 'P-1'],
      ['people', 'recognised', 'pavlo@shop.ua'],
      ['people', 'visit', 2],
    ])
    expect(items.at(-1)).toMatchObject({
      at: minute(0),
      values: { pages: 2, products: 1, seconds: 1200, entry: '/shoes' },
    })
    expect(items[0]).toMatchObject({ tone: 'lost', values: { score: 2, comment: 'Довго' } })
  })

  it('shows a part of it when asked to', async () => {
    expect((await getPath('pavlo', 'show=visits')).items.map(told)).toEqual([
      ['people', 'visit', 1],
      ['people', 'visit', 2],
    ])
    expect((await getPath('pavlo', 'show=orders&show=events')).items.map(told)).toEqual([
      ['people', 'event', 'Feedback Given'],
      ['orders', 'placed', 'P-1'],
    ])
    expect((await getPath('pavlo', 'channel=phone')).items).toEqual([])
  })

  it('opens a visit event by event', async () => {
    const person = identityKey(app.shop, 'user', 'pavlo')
    const range = `from=${minute(0)}&to=${minute(22)}`
    const url = `/api/shops/${app.shop}/people/${person}/events?${range}&limit=2`
    const first = (await app.as('viewer')({ method: 'GET', url })).json() as PersonEvents
    const second = (
      await app.as('viewer')({ method: 'GET', url: `${url}&cursor=${first.nextCursor}` })
    ).json() as PersonEvents
    expect([...first.items, ...second.items].map(({ path, kind }) => path || kind)).toEqual([
      '/shoes',
      '/shoes/1',
      '/shoes/2',
      'identify',
    ])
    expect(second.nextCursor).toBeNull()
  })

  it('is the same whatever the size of its pages, through thousands of events', async () => {
    const messages = Array.from({ length: 3_000 }, (_, index) =>
      index % 7 === 0
        ? { type: 'track', event: `Mail ${index % 3}`, userId: 'ruslan', timestamp: minute(index * 17) }
        : {
            type: 'page',
            userId: 'ruslan',
            timestamp: minute(index * 17 + (index % 5) * 3),
            context: page(`/p/${index}`),
          },
    )
    await record(messages)
    const whole: PathItem[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const part: Path = await getPath('ruslan', `limit=200${cursor && `&cursor=${cursor}`}`)
      whole.push(...part.items)
      cursor = part.nextCursor
    }
    const small: PathItem[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const part: Path = await getPath('ruslan', `limit=37${cursor && `&cursor=${cursor}`}`)
      small.push(...part.items)
      cursor = part.nextCursor
    }
    expect(small).toEqual(whole)
    const events = whole.reduce((sum, { values }) => sum + (Number(values.events) || 0), 0)
    expect(events).toBe(3_000)
  })
})

describe('joinParts', () => {
  const item = (at: number): TimelineItem => ({ at, room: 'r', kind: 'k', values: {} })

  it('keeps what stands at the instant of the cut on one page', () => {
    const { items, next } = joinParts(
      [
        [item(9), item(5), item(5)],
        [item(7), item(5), item(1)],
      ],
      3,
    )
    expect(items.map(({ at }) => at)).toEqual([9, 7, 5, 5, 5])
    expect(next).toBe(5)
  })

  it('ends where there is no more', () => {
    expect(joinParts([[item(2)], [item(1)]], 2).next).toBeUndefined()
  })
})

describe('momentsQuery', () => {
  it('asks by parameters alone', () => {
    const { sql, params } = momentsQuery({
      shop: 1,
      identities: ["x'"],
      before: 2,
      after: 1,
      told: ["'"],
      channel: "'",
      limit: 3,
    })
    expect(sql).not.toContain("x'")
    expect(params).toMatchObject({ shop: 1, identities: ["x'"], told: ["'"], channel: "'", limit: 3 })
  })
})

describe('toMoment', () => {
  const row = {
    line: 'Feedback Given',
    started_at: 0,
    ended_at: 0,
    events: 1,
    pages: 0,
    products: 0,
    searches: 0,
    added: 0,
    entry: '',
    referrer: '',
    campaign: '',
    channel: 'site',
  }
  const said = (properties: object) => toMoment({ ...row, properties: JSON.stringify(properties) }).tone

  it('feels what was said, and nothing else', () => {
    expect(said({ kind: 'csat', score: 5, scale_max: 5 })).toBe('won')
    expect(said({ kind: 'csat', score: 1 })).toBe('lost')
    expect(said({ kind: 'ces', score: 7, scale_max: 7 })).toBe('won')
    expect(said({ kind: 'nps', score: 0, scale_max: 10 })).toBe('even')
    expect(toMoment({ ...row, line: 'Email Opened', properties: '{"score": 1}' }).tone).toBe('quiet')
    expect(toMoment({ ...row, properties: 'not json' }).tone).toBe('even')
  })
})
