import { afterAll, beforeAll, expect, test } from 'vitest'
import { identityKey } from '../../../kernel/hash128.ts'
import { createPrng, type Prng } from '../../../kernel/prng.ts'
import { formatDay, parseDay } from '../../../kernel/time.ts'
import { openTestApp, type TestApp } from '../../../test/test-app.ts'
import { createShop } from '../../accounts/server/actions.ts'
import { sketchEvents } from '../../people/server/testing/feed-events.ts'
import type { ExposureAnswer, ExposurePersons } from '../contract.ts'
import { OUTCOMES } from '../vocabulary.ts'
import { planDays, type ReadExposureQuestion } from './exposure-question.ts'
import { historiesQuery } from './histories-query.ts'
import { walkDays } from './models/person-days.ts'
import { type HistoryRow, toHistory } from './models/to-history.ts'
import { type SlowEvent, walkSlowly } from './testing/slow-days.ts'

const ZONE = 'Europe/Kyiv'
const DAY = 86_400_000
const NOW = Date.UTC(2026, 4, 20, 12)
/** The night on which the clock is moved lies among them. */
const FROM = Date.UTC(2026, 2, 20)

let app: TestApp
beforeAll(async () => {
  app = await openTestApp({ now: () => NOW })
})
afterAll(() => app.close())

type Drawn = SlowEvent & { id: string; name: string; touchpoint: string; arrival: string; nps?: number }

/** Gaps, several things at one moment, minutes around midnight, orders told twice and without an id, measurements. */
function inventHistory(prng: Prng): Drawn[] {
  return Array.from({ length: 40 }, (_, visitor) => {
    let at = FROM + prng.below(45) * DAY
    return Array.from({ length: 2 + prng.below(11) }, (_, index) => {
      at += prng.pick([0, 0, 1, 1, 2, 6, 7, 8, 31, 40] as const) * DAY
      // Midnight in Kyiv is 21 or 22 o'clock of the day before in UTC.
      const moment = at + prng.pick([0, 21, 22] as const) * 3_600_000 - prng.pick([0, 1, 60_000] as const)
      const base = {
        who: `v${visitor}`,
        at: moment,
        id: `${visitor}.${index}`,
        name: '',
        touchpoint: '',
        arrival: '',
      }
      const what = prng.below(9)
      const order = prng.pick(['', `o${visitor}-1`, `o${visitor}-2`] as const)
      if (what < 3) return { ...base, touchpoint: 'catalogue', met: ['catalogue'] }
      if (what < 4)
        return {
          ...base,
          touchpoint: 'product_page',
          arrival: 'catalogue',
          met: ['product_page', 'catalogue'],
        }
      if (what < 5) return { ...base, name: 'Contact Started', touchpoint: 'chat', met: ['chat'] }
      if (what < 7) return { ...base, name: prng.pick(['Order Completed', 'order_placed']), order, met: [] }
      if (what < 8)
        return {
          ...base,
          name: 'Feedback Given',
          touchpoint: 'catalogue',
          valence: prng.below(5) / 2 - 1,
          met: [],
        }
      const nps = prng.below(11)
      return { ...base, name: 'Feedback Given', recommendation: nps, nps, met: [] }
    })
  }).flat()
}

async function fill(prng: Prng) {
  const { deps } = app
  const shop = await createShop(deps.db, { name: 'Exposure' })
  const history = inventHistory(prng)
  const sketches = history.map(({ who, at, name, order, id, nps }) => ({
    ...{ anonymous: who, at, order, messageId: id },
    ...(name === '' ? { kind: 'page' as const } : { name }),
    ...(nps !== undefined && { properties: { kind: 'nps', score: nps, scale_max: 10 } }),
  }))
  const rows = sketchEvents(shop, sketches).map((row, at) => ({
    ...row,
    touchpoint: history[at]?.touchpoint ?? '',
    arrival: history[at]?.arrival ?? '',
    valence: history[at]?.valence ?? null,
  }))
  // Some are sent again, and two visitors turn out to be one person.
  await deps.writer.write([...rows, ...rows.filter(() => prng.below(4) === 0)], [])
  const identity = (who: string) => identityKey(shop, 'anonymous', who)
  await deps.clickhouse.insert('identity_links', [
    { shop, identity: identity('v7'), person: identity('v2'), version: 1, deleted: 0 },
  ])
  const events = history.map((event) => ({ ...event, who: event.who === 'v7' ? 'v2' : event.who }))
  return { shop, events, identity }
}

test('the store and the walk tell the same days at risk as looking at every day through all events', async () => {
  const { shop, events, identity } = await fill(createPrng('exposure'))
  const days = { from: parseDay('2026-03-25') as number, to: parseDay('2026-05-15') as number }
  let compared = 0
  for (const outcome of OUTCOMES)
    for (const window of [7, 14]) {
      const period = { from: Date.UTC(2026, 2, 25), to: Date.UTC(2026, 4, 14, 12) }
      const read: ReadExposureQuestion = { report: { period }, touchpoint: 'catalogue', outcome, window }
      const { question, ...times } = planDays(read, ZONE, NOW)
      expect([question.from, question.to]).toEqual([days.from, days.to])
      const chances = { with: 1, without: 1 }
      const whom = () => ({ sql: '1', params: {} })
      const plan = { shop, timeZone: ZONE, touchpoint: 'catalogue', outcome, share: 1, chances, whom }
      const { sql, params } = historiesQuery({ ...plan, ...times })
      const rows = await app.deps.clickhouse.query<HistoryRow>(sql, { params, kind: 'report' })
      const told: Record<string, string[]> = {}
      for (const row of rows) {
        const lines: string[] = []
        walkDays(toHistory(row, chances), question, (one) => {
          const isMark = outcome === 'attitude' || outcome === 'recommendation'
          const came = isMark ? one.outcome.toFixed(6) : one.outcome
          const facts = [
            one.past,
            one.future,
            one.otherRecent,
            one.otherBefore,
            one.sinceFirst,
            one.sinceOrder,
          ]
          lines.push([formatDay(one.day), came, ...facts].join(' '))
        })
        if (lines.length > 0) told[row.person] = lines
        compared += lines.length
      }
      const slow = walkSlowly(events, { ...question, touchpoint: 'catalogue', zone: ZONE })
      const byIdentity = Object.fromEntries(
        Object.entries(slow).map(([who, lines]) => [identity(who), lines]),
      )
      expect(told, `${outcome}, ${window}`).toEqual(byIdentity)
    }
  // Were there hardly any days, the comparison would prove little.
  expect(compared).toBeGreaterThan(2_000)
})

async function ask<T>(query: string, who: 'viewer' | 'stranger' | 'nobody' = 'viewer', path = 'exposure') {
  const answer = await app.as(who)({ method: 'GET', url: `/api/shops/${app.shop}/${path}${query}` })
  return { status: answer.statusCode, body: answer.json() as T }
}

test('a handful of contacts is refused with its reason, and its persons are told', async () => {
  const page = { kind: 'page' as const, at: NOW - 9 * DAY }
  const rows = sketchEvents(app.shop, [
    { ...page, anonymous: 'olena', messageId: 'a' },
    { ...page, anonymous: 'petro', messageId: 'b' },
    { anonymous: 'olena', name: 'Order Completed', order: 'A-1', at: NOW - 5 * DAY, messageId: 'c' },
  ])
  const touched = rows.map((row) => ({ ...row, touchpoint: row.kind === 'page' ? 'catalogue' : '' }))
  await app.deps.writer.write(touched, [])
  const { status, body } = await ask<ExposureAnswer>('?touchpoint=catalogue&window=7')
  expect(status, JSON.stringify(body)).toBe(200)
  expect(body).toMatchObject({
    refusal: 'few_exposed',
    persons: 2,
    events: 1,
    effect: null,
    smooth: [],
    drawn: null,
  })
  expect(body.bins.reduce((sum, { days }) => sum + days, 0)).toBe(body.days)
  const people = await ask<ExposurePersons>('/persons?touchpoint=catalogue&window=7&bin=1&limit=1')
  expect(people.body.items).toHaveLength(1)
  const rest = await ask<ExposurePersons>(
    `/persons?touchpoint=catalogue&window=7&bin=1&limit=1&cursor=${people.body.nextCursor}`,
  )
  expect(rest.body).toMatchObject({ items: [{ name: null }], nextCursor: null })
  expect(rest.body.items[0]?.id).not.toBe(people.body.items[0]?.id)
  const empty = await ask<ExposureAnswer>('?from=2020-01-01&to=2020-02-01&outcome=attitude')
  expect(empty.body).toMatchObject({ refusal: 'no_contacts', persons: 0, days: 0 })
})

test.each([
  ['?touchpoint=teleport', 'bad_request'],
  ['?compare=previous', 'bad_request'],
  ['?from=2026-05-01&to=2026-04-01', 'bad_request'],
  ['?window=31', 'validation_failed'],
  ['?outcome=joy', 'validation_failed'],
  ['/persons?bin=5&last=2', 'bad_request'],
  ['/persons?bin=0&cursor=nonsense', 'bad_request'],
])('%s is refused with its reason', async (query, code) => {
  const { status, body } = await ask<{ error: { code: string; message: string } }>(query)
  expect(status).toBe(400)
  expect(body.error.code).toBe(code)
})

test('strangers and nobody learn nothing', async () => {
  expect((await ask('', 'nobody')).status).toBe(401)
  expect([403, 404]).toContain((await ask('/persons?bin=0', 'stranger')).status)
})
