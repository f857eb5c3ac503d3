import { afterAll, beforeAll, expect, test } from 'vitest'
import { identityKey } from '../../../kernel/hash128.ts'
import { createPrng, type Prng } from '../../../kernel/prng.ts'
import { openTestApp, type TestApp } from '../../../test/test-app.ts'
import { createShop } from '../../accounts/server/actions.ts'
import { sketchEvents } from '../../people/server/testing/feed-events.ts'
import { getRegistry } from '../../touchpoints/server/reads.ts'
import type { Alarm, AlarmList, ChangesAnswer, WeeklyAnswer } from '../contract.ts'
import { keepAlarms } from './alarm-store.ts'
import { answerChanges } from './answer-changes.ts'
import type { Audience, Week } from './models/figures.ts'
import type { FoundAlarm } from './models/to-found.ts'
import { readAlarms } from './reads.ts'
import { type SlowEvent, walkWeeks } from './testing/slow-weeks.ts'
import { type LineRow, weeklyQuery } from './weekly-query.ts'
import { joinParts, toFigures } from './weekly-result.ts'
import { planWeeks } from './weeks-plan.ts'

const DAY = 86_400_000
/** A Wednesday. */
const NOW = Date.UTC(2026, 4, 20, 12)
const ZONE = 'Europe/Kyiv'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp({ now: () => NOW })
})
afterAll(() => app.close())

const PHONE = { userAgent: 'Mozilla/5.0 (iPhone) Mobile Mobi' }
const COMPUTER = { userAgent: 'Mozilla/5.0 (X11)' }

const MEASURED: [Measured, ...Measured[]] = [
  ['product_page', 'lcp', 6_000],
  ['product_page', 'cls', 1],
  ['phone_call', 'price_same', 1],
  ['chat', 'first_answer_seconds', 900],
]
type Measured = [touchpoint: string, measure: string, most: number]

/** Visits, marks, measurements and orders around midnights and Mondays, the night of the changed clock among them. */
function inventHistory(prng: Prng): SlowEvent[] {
  return Array.from({ length: 36 }, (_, visitor) => {
    let at = Date.UTC(2026, 2, 20) + prng.below(30) * DAY
    return Array.from({ length: 2 + prng.below(9) }, () => {
      at += prng.pick([0, 1, 2, 6, 7, 8] as const) * DAY + 1 + prng.below(90_000_000)
      const base: SlowEvent = {
        ...{ who: `v${visitor}`, at, isPage: false, isOrder: false, arrival: '', touchpoint: '' },
        ...{ isPhone: visitor % 3 === 0, region: '', valence: null, measure: '', measured: null },
      }
      const what = prng.below(6)
      if (what < 2) {
        const arrival = prng.pick(['', 'social_page', 'search_ad'] as const)
        return {
          ...base,
          isPage: true,
          arrival,
          touchpoint: prng.pick(['catalogue', 'product_page'] as const),
        }
      }
      if (what === 2)
        return { ...base, isOrder: true, region: prng.pick(['', 'Одеська', 'Київська'] as const) }
      if (what === 3) return { ...base, touchpoint: 'chat', valence: prng.below(5) / 2 - 1 }
      const [touchpoint, measure, most] = prng.pick(MEASURED)
      return { ...base, touchpoint, measure, measured: prng.below(3) * (most / 2) }
    })
  }).flat()
}

async function record(shop: number, events: readonly (SlowEvent & { mark?: string })[]): Promise<void> {
  const sketches = events.map((one, index) => ({
    ...{ anonymous: one.who, at: one.at, messageId: `${shop}.${index}` },
    ...(one.isPage ? { kind: 'page' as const, context: one.isPhone ? PHONE : COMPUTER } : {}),
    ...(one.isOrder ? { name: 'Order Completed', properties: { region: one.region } } : {}),
  }))
  const rows = sketchEvents(shop, sketches).map((row, index) => {
    const {
      arrival,
      touchpoint,
      valence,
      measure,
      measured,
      mark = '',
    } = events[index] as (typeof events)[number]
    return { ...row, arrival, touchpoint, valence, measure, measured, utm_source: mark }
  })
  await app.deps.writer.write(rows, [])
}

test('the statement tells the same weeks as walking through all events', async () => {
  const { deps } = app
  const shop = await createShop(deps.db, { name: 'Weeks' })
  const events = inventHistory(createPrng('weeks'))
  await record(shop, events)
  const identity = (who: string) => identityKey(shop, 'anonymous', who)
  await deps.clickhouse.insert('identity_links', [
    { shop, identity: identity('v7'), person: identity('v2'), version: 1, deleted: 0 },
  ])
  const { registry } = await getRegistry(deps, shop)
  const plan = planWeeks({ id: shop, timeZone: ZONE }, registry, NOW)
  const keys = [
    'device:phone',
    'source:direct',
    'source:social_page',
    'region:Одеська',
    'visit:new',
    'visit:returning',
  ]
  const audiences = keys.map((key): Audience => {
    const [dimension = '', value = ''] = key.split(':')
    return { key, dimension: dimension as Audience['dimension'], value, persons: 1, known: 1 }
  })
  const parts: LineRow[][] = []
  for (const number of [0, 1]) {
    const whom = { persons: () => ({ sql: '1', params: {} }), part: { number, of: 2 } }
    const { sql, params } = weeklyQuery(plan, whom, audiences)
    parts.push(await deps.clickhouse.query<LineRow>(sql, { params, kind: 'report' }))
  }
  const figures = toFigures(joinParts(plan, audiences, parts))
  const groups = [...new Set(plan.places.map(({ group }) => group).filter((group) => group !== ''))]
  const told = [...plan.places.map(({ key }) => key), ...groups].flatMap((place) =>
    ['', ...keys].flatMap((audience) =>
      figures
        .line(place, audience)
        .flatMap((week, at) =>
          week ? [`${place} ${audience} ${plan.firstWeek + at}: ${describe(week)}`] : [],
        ),
    ),
  )
  const merged = events.map((event) => (event.who === 'v7' ? { ...event, who: 'v2' } : event))
  expect(told.sort()).toEqual(walkWeeks(merged, plan, keys))
  // Were there hardly any lines, the comparison would prove little.
  expect(told.length).toBeGreaterThan(250)
})

function describe({ n, followed, ordered, said, kept }: Week): string {
  const numbers = [n, followed, ordered, said.n, said.sum, said.squares, kept.n, kept.sum, kept.squares]
  return numbers.map((value) => value.toFixed(6)).join(' ')
}

async function ask<T>(query: string, who: 'viewer' | 'stranger' | 'nobody' | 'marketer' = 'viewer') {
  const answer = await app.as(who)({ method: 'GET', url: `/api/shops/${app.shop}/${query}` })
  return { status: answer.statusCode, body: answer.json() as T }
}

const change = (id: number, payload: object, who: 'viewer' | 'marketer' | 'owner' = 'marketer') =>
  app.as(who)({ method: 'PATCH', url: `/api/shops/${app.shop}/alarms/${id}`, payload })

test('a shop without a past is told that it is too early', async () => {
  const { status, body } = await ask<ChangesAnswer>('changes')
  expect(status, JSON.stringify(body)).toBe(200)
  expect(body).toMatchObject({ alarms: [], gaps: [], looked: { weeks: 0, series: 0, enough: 14 } })
  const { body: weekly } = await ask<WeeklyAnswer>('changes/weekly?touchpoint=chat')
  expect(weekly).toMatchObject({ touchpoint: 'chat', trends: [], unit: 's' })
})

test('decisions go with the weeks of their touchpoint, of all on their stage, or of every place', async () => {
  const marks = async (place: string) =>
    (await ask<WeeklyAnswer>(`changes/weekly?touchpoint=${place}`)).body.decisions.map(({ title }) => title)
  expect(await marks('carrier')).toEqual([])
  const decide = (payload: object) =>
    app.as('marketer')({
      method: 'POST',
      url: `/api/shops/${app.shop}/decisions`,
      payload: { day: '2026-04-01', ...payload },
    })
  await decide({ title: 'at the touchpoint', touchpoint: 'carrier' })
  await decide({ title: 'on the stage', stage: 'delivery' })
  await decide({ title: 'everywhere' })
  await decide({ title: 'elsewhere', touchpoint: 'cart' })
  expect((await marks('carrier')).sort()).toEqual(['at the touchpoint', 'everywhere', 'on the stage'])
  expect((await marks('status_message')).sort()).toEqual(['everywhere', 'on the stage'])
  expect(await marks('chat')).toEqual(['everywhere'])
})

/** Sixty visitors a week, and in the last three eighty more from a network that nobody came from before. */
function inventNewcomers(): (SlowEvent & { mark: string })[] {
  const page = { isPage: true, isOrder: false, touchpoint: 'product_page', region: '', valence: null }
  const visit = (who: string, at: number, isPhone: boolean, [arrival = '', mark = ''] = ['']) => ({
    ...{ ...page, measure: '', measured: null },
    ...{ who, at, isPhone, arrival, mark },
  })
  return Array.from({ length: 24 }, (_, week) => {
    const at = (index: number) => Date.UTC(2026, 4, 12) - week * 7 * DAY + index * 60_000
    const usual = Array.from({ length: 60 }, (_, index) =>
      visit(
        `u${week}.${index}`,
        at(index),
        index % 2 === 0,
        index % 4 === 0 ? ['social_page', 'one'] : ['search_ad'],
      ),
    )
    const fresh = Array.from({ length: week < 3 ? 80 : 0 }, (_, index) =>
      visit(`f${week}.${index}`, at(index), true, ['social_page', 'two']),
    )
    return [...usual, ...fresh]
  }).flat()
}

test('a new audience is found by name, kept once, told to other rooms, and put aside with a note', async () => {
  const shop = await createShop(app.deps.db, { name: 'Newcomers' })
  await record(shop, inventNewcomers())
  const settings = { id: shop, name: '', currency: 'UAH', timeZone: ZONE, role: 'owner' as const }
  const first = await answerChanges(app.deps, settings, {})
  expect(first.alarms.map(({ metric, audience }) => `${metric} ${audience}`)).toEqual([
    'share origin:social_page/two',
  ])
  expect(first.alarms[0]).toMatchObject({
    direction: 'up',
    fromDay: '2026-04-27',
    before: 0,
    state: 'new',
    isOn: true,
  })
  expect(first.alarms[0]?.facets.map(({ audience }) => audience)).toContain('device:phone')
  const again = await answerChanges(app.deps, settings, {})
  expect(again.alarms.map(({ id }) => id)).toEqual(first.alarms.map(({ id }) => id))
  expect(await readAlarms(app.deps, settings)).toHaveLength(1)
})

const found = (fromDay: string, lastDay: string, audience = 'device:phone'): FoundAlarm => ({
  change: {
    ...{ metric: 'kept', place: 'chat', audience, before: 0.9, after: 0.6, low: -0.4, high: -0.2 },
    ...{ unit: null, n: 200, past: 900, p: 1e-8 },
  },
  ...{ direction: 'down', fromDay, lastDay, facets: [], orders: null },
})

test('the same change is kept once however it is dated, and what the shop says of it stays', async () => {
  const { db } = app.deps
  await keepAlarms(db, app.shop, [found('2026-04-20', '2026-05-04')], NOW)
  await keepAlarms(
    db,
    app.shop,
    [found('2026-04-27', '2026-05-11'), found('2026-04-27', '2026-05-11', '')],
    NOW,
  )
  const { body } = await ask<AlarmList>('alarms?limit=1')
  expect(body).toMatchObject({ items: [{ audience: '' }], fresh: 2 })
  const { body: rest } = await ask<AlarmList>(`alarms?cursor=${body.nextCursor}`)
  expect(rest).toMatchObject({
    items: [{ audience: 'device:phone', fromDay: '2026-04-20', lastDay: '2026-05-11' }],
    nextCursor: null,
  })
  const id = rest.items[0]?.id ?? 0
  const answer = await change(id, { state: 'fine', note: 'ми самі це змінили' })
  expect(answer.json()).toMatchObject({ state: 'fine', note: 'ми самі це змінили' })
  await keepAlarms(db, app.shop, [found('2026-04-27', '2026-05-18')], NOW)
  const { body: fine } = await ask<AlarmList>('alarms?state=fine')
  expect(fine).toMatchObject({ items: [{ id, note: 'ми самі це змінили', lastDay: '2026-05-18' }], fresh: 1 })
})

test('a note stays with who wrote it, whoever goes on with the alarm', async () => {
  await keepAlarms(app.deps.db, app.shop, [found('2026-05-04', '2026-05-11', 'region:Одеська')], NOW)
  const id = (await ask<AlarmList>('alarms?limit=1')).body.items[0]?.id ?? 0
  const say = async (payload: object, who: 'owner' | 'marketer') => {
    const { note, changedBy } = (await change(id, payload, who)).json() as Alarm
    return { note, by: changedBy }
  }
  const { owner, marketer } = app.members
  expect(await say({ state: 'seen' }, 'owner')).toEqual({ note: '', by: owner.name })
  const own = { note: 'the ads are ours', by: marketer.name }
  expect(await say({ state: 'fine', note: own.note }, 'marketer')).toEqual(own)
  expect(await say({ state: 'seen' }, 'owner')).toEqual(own)
  expect(await say({ state: 'fine', note: own.note }, 'owner')).toEqual(own)
  expect(await say({ state: 'fine', note: 'and cheap' }, 'owner')).toEqual({
    note: 'and cheap',
    by: owner.name,
  })
  expect(await say({ state: 'fine', note: '' }, 'marketer')).toEqual({ note: '', by: marketer.name })
})

test.each([
  ['changes/weekly?touchpoint=teleport', 400, 'bad_request'],
  ['changes/weekly?audience=device:watch', 400, 'bad_request'],
  ['changes/weekly?touchpoint=%00', 400, 'validation_failed'],
  ['changes?sample=0', 400, 'validation_failed'],
  ['changes?from=2026-01-01', 400, 'validation_failed'],
  ['alarms?cursor=nonsense', 400, 'bad_request'],
  ['alarms?state=gone', 400, 'validation_failed'],
])('%s is refused with its reason', async (query, status, code) => {
  const answer = await ask<{ error: { code: string } }>(query)
  expect([answer.status, answer.body.error.code]).toEqual([status, code])
})

test('only those who may change things change alarms, and only their own shop’s', async () => {
  expect((await change(1, { state: 'fine' }, 'viewer')).statusCode).toBe(403)
  expect((await change(987_654_321, { state: 'fine' })).statusCode).toBe(404)
  expect((await change(1, { state: 'gone' })).statusCode).toBe(400)
  expect((await ask('changes', 'nobody')).status).toBe(401)
  expect([403, 404]).toContain((await ask('alarms', 'stranger')).status)
})
