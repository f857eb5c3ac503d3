import { afterAll, beforeAll, expect, test } from 'vitest'
import { identityKey } from '../../../kernel/hash128.ts'
import { createPrng, type Prng } from '../../../kernel/prng.ts'
import { formatDay, parseDay } from '../../../kernel/time.ts'
import type { FeedEvent } from '../../../platform/feed/event-row.ts'
import { openTestApp, type TestApp } from '../../../test/test-app.ts'
import { createShop } from '../../accounts/server/actions.ts'
import { sketchEvents } from '../../people/server/testing/feed-events.ts'
import type { CohortPersons, CohortsAnswer } from '../contract.ts'
import { COHORT_SIZES, RETURNS } from '../vocabulary.ts'
import { planCohorts } from './answer-cohorts.ts'
import { cohortPersonsQuery, cohortsQuery, type DayRow, type PersonRow } from './cohorts-query.ts'
import { makeCohorts, makeGroups } from './models/make-cohorts.ts'
import { type SlowEvent, type SlowQuestion, walkCohorts } from './testing/slow-cohorts.ts'

const ZONE = 'Europe/Kyiv'
const DAY = 86_400_000
const day = (text: string) => parseDay(text) as number
/** Weeks around which the histories lie: a turn of the year, and both nights on which the clock is moved. */
const TURNS = ['2025-12-31', '2026-03-29', '2025-10-26'] as const

let app: TestApp
beforeAll(async () => {
  app = await openTestApp({ now: () => Date.UTC(2026, 10, 1, 12) })
})
afterAll(() => app.close())

/** Ties, gaps, moments just before and after midnight, orders told twice, measurements that are no contact. */
function inventHistory(prng: Prng, turn: string): (SlowEvent & { id: string; name: string })[] {
  return Array.from({ length: 70 }, (_, visitor) => {
    let at = day(turn) * DAY - 10 * DAY + prng.below(20) * DAY
    return Array.from({ length: 1 + prng.below(9) }, (_, index) => {
      at += prng.pick([0, 0, 1, 3, 7, 7, 8, 14, 20] as const) * DAY
      // Midnight in Kyiv is 21 or 22 o'clock of the day before in UTC.
      const within = prng.pick([0, 21, 22] as const) * 3_600_000 - prng.pick([0, 1, 60_000] as const)
      const what = prng.pick(['page', 'page', 'chat', 'order', 'measured', 'said'] as const)
      const own = `o${visitor}-${prng.below(3)}`
      return {
        who: `v${visitor}`,
        at: at + within,
        isContact: what !== 'measured' && what !== 'said',
        isVisit: what === 'page',
        order: what === 'order' ? own : '',
        channel: prng.pick(['search_ad', 'direct', 'friend'] as const),
        name: {
          page: '',
          chat: 'Contact Started',
          order: 'Order Completed',
          measured: 'Page Measured',
          said: 'Feedback Given',
        }[what],
        id: `${visitor}.${index}`,
      }
    })
  }).flat()
}

function toRows(shop: number, history: ReturnType<typeof inventHistory>): FeedEvent[] {
  const sketches = history.map(({ who, at, isVisit, order, channel, name, id }) => ({
    ...{ anonymous: who, at, order, channel, messageId: id },
    ...(isVisit ? { kind: 'page' as const } : { name }),
  }))
  return sketchEvents(shop, sketches).map((row) => ({ ...row, touchpoint: 'catalogue' }))
}

async function fill(turn: string, prng: Prng) {
  const { deps } = app
  const shop = await createShop(deps.db, { name: `Cohorts ${turn}` })
  const history = inventHistory(prng, turn)
  const rows = toRows(shop, history)
  // Some are sent again, and two visitors turn out to be one person.
  await deps.writer.write([...rows, ...rows.filter(() => prng.below(4) === 0)], [])
  const identity = (who: string) => identityKey(shop, 'anonymous', who)
  await deps.clickhouse.insert('identity_links', [
    { shop, identity: identity('v7'), person: identity('v2'), version: 1, deleted: 0 },
  ])
  const events = history.map((event) => ({ ...event, who: event.who === 'v7' ? 'v2' : event.who }))
  return { shop, events, identity }
}

/** Channels of first contacts the slow way; events of one instant count in the order of their hashes, so those are left out. */
function walkChannels(events: readonly SlowEvent[], { from, to }: { from: string; to: string }) {
  const counts = new Map<string, number>()
  for (const who of new Set(events.map((event) => event.who))) {
    const own = events.filter((event) => event.who === who && event.isContact).toSorted((a, b) => a.at - b.at)
    const [first] = own
    if (!first || own.some(({ at, channel }) => at === first.at && channel !== first.channel)) continue
    const on = new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE, dateStyle: 'short' }).format(first.at)
    if (on >= from && on < to) counts.set(first.channel, (counts.get(first.channel) ?? 0) + 1)
  }
  return counts
}

test('the statement counts what a walk through every day of every history counts', async () => {
  let returned = 0
  for (const turn of TURNS) {
    const prng = createPrng(`cohorts ${turn}`)
    const { shop, events, identity } = await fill(turn, prng)
    for (const size of COHORT_SIZES)
      for (const returns of RETURNS) {
        const [from, to, observed] = [day(turn) - 9, day(turn) + 8, day(turn) + 8 + prng.below(25)]
        const followed = size === 'week' ? { count: 4, days: 7 } : { count: 2, days: 30 }
        const context = { id: shop, timeZone: ZONE, currency: 'UAH' } as Parameters<typeof planCohorts>[0]
        const plan = { ...planCohorts(context, { days: { from, to }, size, returns, observed }), followed }
        const rows = await ask<DayRow>(cohortsQuery(plan))
        const frame = { size, days: { from, to }, followed, observed }
        const question: SlowQuestion = {
          ...{ timeZone: ZONE, size, returns, followed },
          ...{ from: formatDay(from), to: formatDay(to), observed: formatDay(observed) },
        }
        const slow = walkCohorts(events, question)
        const told = `${turn}, ${size}, ${returns}`
        expect(
          makeCohorts(rows, frame).cohorts.map((cohort) => ({
            ...cohort,
            cells: cohort.cells.map((cell) => cell && { of: cell.of, within: cell.within.n, by: cell.by.n }),
          })),
          told,
        ).toEqual(slow)
        returned += slow.flatMap(({ cells }) => cells).reduce((sum, cell) => sum + (cell?.within ?? 0), 0)
        const spot = { days: { from, to }, stretch: 2, kind: 'by' as const }
        const persons = await ask<PersonRow>(cohortPersonsQuery(plan, spot, { after: undefined, limit: 100 }))
        expect(persons.length, told).toBe(rows.reduce((sum, row) => sum + (row.by[1] ?? 0), 0))
        expect(persons.some(({ person }) => person === identity('v7'))).toBe(false)
      }
    const days = { from: day(turn) - 9, to: day(turn) + 8 }
    const plan = planCohorts({ id: shop, timeZone: ZONE, currency: 'UAH' } as never, {
      ...{ days, size: 'week', returns: 'contact', observed: days.to },
    })
    const split = await ask<DayRow>(cohortsQuery({ ...plan, isSplit: true }))
    const frame = { size: 'week' as const, days, followed: plan.followed, observed: days.to }
    const groups = new Map(makeGroups(split, frame).map(({ value, n }) => [value, n]))
    for (const [channel, n] of walkChannels(events, { from: formatDay(days.from), to: formatDay(days.to) }))
      expect(groups.get(channel) ?? 0, `${turn}, ${channel}`).toBeGreaterThanOrEqual(n)
  }
  // Did nobody ever come back, the comparison would prove little.
  expect(returned).toBeGreaterThan(40)
})

const ask = <Row>({ sql, params }: { sql: string; params: Record<string, unknown> }) =>
  app.deps.clickhouse.query<Row>(sql, { params })

async function get<T = CohortsAnswer>(query: string, path = '', who: 'viewer' | 'stranger' = 'viewer') {
  const answer = await app.as(who)({ url: `/api/shops/${app.shop}/cohorts${path}?${query}` })
  return {
    status: answer.statusCode,
    body: answer.json() as T & { error?: { code: string; message: string } },
  }
}

test('a shop with nothing recorded, or nobody in the segment, is answered: no cells, and no zeros', async () => {
  const { status, body } = await get('')
  expect(status).toBe(200)
  expect(body).toMatchObject({ n: 0, historyFrom: null, other: null, meta: { n: 0, unidentifiedShare: 0 } })
  expect(body.cohorts.every(({ n, cells }) => n === 0 && cells.every((cell) => cell === null))).toBe(true)
})

test('its own story: who came back, when, compared with the period before, and who stands behind a cell', async () => {
  const start = Date.UTC(2026, 5, 1, 9)
  const event = (who: string, on: number, name = '') => ({
    anonymous: who,
    at: start + on * DAY,
    messageId: `${who} ${on} ${name}`,
    ...(name === '' ? { kind: 'page' as const } : { name, order: `${who} ${on}` }),
  })
  // Anna comes back in the second week and orders twice, Boris the same day alone, Clara came a fortnight before them.
  const sketches = [
    ...[
      event('anna', 0),
      event('anna', 9),
      event('anna', 9, 'Order Completed'),
      event('anna', 30, 'Order Completed'),
    ],
    ...[event('boris', 1), event('boris', 1.01), event('clara', -14), event('clara', -13), event('late', 60)],
  ]
  const rows = sketchEvents(app.shop, sketches).map((row) => ({ ...row, touchpoint: 'catalogue' }))
  await app.deps.writer.write(rows, [])
  const period = 'from=2026-06-01&to=2026-06-08'
  const { body } = await get(`${period}&compare=previous&split=channel`)
  expect(body.cohorts).toHaveLength(1)
  expect(body.cohorts[0]?.cells.slice(0, 2)).toMatchObject([
    { of: 2, within: { n: 0, share: 0 }, by: { n: 0 } },
    { of: 2, within: { n: 1, share: 0.5 }, by: { n: 1, share: 0.5 } },
  ])
  // The last record is of 31 July, so nobody of that week was followed for ten weeks.
  expect(body).toMatchObject({ observedTo: '2026-07-31', historyFrom: '2026-05-18', n: 2 })
  expect(body.cohorts[0]?.cells.map((cell) => cell !== null)).toEqual(
    Array.from({ length: 12 }, (_, at) => at < 7),
  )
  expect(body.other).toMatchObject({ n: 0, mean: Array(12).fill(null), within: Array(12).fill(null) })
  expect(body.groups).toMatchObject([{ value: 'site', n: 2 }])
  const orders = await get('from=2026-06-01&to=2026-06-29&returns=order')
  expect(orders.body.cohorts.map(({ n }) => n)).toEqual([0, 1, 0, 0])
  expect(orders.body.cohorts[1]?.cells.slice(0, 4).map((cell) => cell?.by.n)).toEqual([0, 0, 1, 1])

  const people = await get<CohortPersons>(`${period}&cohort=2026-06-01&stretch=2&kind=within`, '/persons')
  expect(people.body).toMatchObject({ items: [{ name: null, firstOn: '2026-06-01' }], nextCursor: null })
  const all = await get<CohortPersons>(`${period}&cohort=2026-06-01&stretch=1&kind=all&limit=1`, '/persons')
  const rest = await get<CohortPersons>(
    `${period}&cohort=2026-06-01&stretch=1&kind=all&limit=1&cursor=${all.body.nextCursor}`,
    '/persons',
  )
  expect([...all.body.items, ...rest.body.items].map(({ firstOn }) => firstOn)).toEqual([
    '2026-06-02',
    '2026-06-01',
  ])
  expect(rest.body.nextCursor).toBeNull()
})

test.each([
  ['from=2020-01-01&to=2026-06-01', '', 'Ask by month'],
  ['from=2026-06-08&to=2026-06-01', '', 'ends before it begins'],
  ['size=year', '', 'size'],
  ['segment=99999999', '', 'segment'],
  ['from=2026-06-01&to=2026-06-08&cohort=2026-06-03&stretch=1', '/persons', 'No week of this period begins'],
  ['from=2026-06-01&to=2026-06-08&cohort=2026-06-01&stretch=1&cursor=x', '/persons', 'cursor'],
])('%s%s is refused in words', async (query, path, words) => {
  const { status, body } = await get(query, path)
  expect([400, 404]).toContain(status)
  expect(JSON.stringify(body.error).toLowerCase()).toContain(words.toLowerCase())
})

test('a stranger sees nothing', async () => {
  expect([403, 404]).toContain((await get('', '', 'stranger')).status)
})
