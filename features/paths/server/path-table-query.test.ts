import { afterAll, beforeAll, expect, test } from 'vitest'
import { identityKey } from '../../../kernel/hash128.ts'
import { createPrng, type Prng } from '../../../kernel/prng.ts'
import type { FeedEvent } from '../../../platform/feed/event-row.ts'
import type { System } from '../../../server/open-system.ts'
import { openTestSystem } from '../../../test/harness.ts'
import { createShop } from '../../accounts/server/actions.ts'
import { sketchEvents } from '../../people/server/testing/feed-events.ts'
import {
  CONVERSIONS,
  type PathQuestion,
  type PathRow,
  pathTableQuery,
  STEP_SEPARATOR,
} from './path-table-query.ts'
import { type Told, walkPaths } from './testing/slow-paths.ts'

const DAY = 86_400_000
const PERIOD = { from: Date.UTC(2026, 2, 1), to: Date.UTC(2026, 5, 29) }

let system: System
beforeAll(async () => {
  system = await openTestSystem({ rooms: [] })
})
afterAll(() => system.close())

function toEvents(shop: number, told: readonly Told[]): FeedEvent[] {
  const rows = sketchEvents(
    shop,
    told.map(({ id, who, at, page, order, step }) => ({
      anonymous: who,
      messageId: id,
      at,
      kind: page === undefined ? ('track' as const) : ('page' as const),
      name:
        page !== undefined
          ? ''
          : step === 'placed'
            ? 'order_completed'
            : step === 'taken'
              ? 'Order Delivered'
              : 'Tested',
      channel: page ?? 'site',
      order,
    })),
  )
  return rows.map((row, at) => {
    const { amount = null, currency = '', isContact, page } = told[at] as Told
    return {
      ...row,
      amount,
      currency,
      touchpoint: isContact ? 'product_page' : '',
      arrival: page === 'search_ad' ? 'search_ad' : '',
      utm_source: page === 'social' ? 'Insta ' : page === 'review' ? `a${STEP_SEPARATOR}b >  > c` : '',
    }
  })
}

async function ask(question: Partial<PathQuestion> & { shop: number }): Promise<PathRow[]> {
  const { sql, params } = pathTableQuery({
    period: PERIOD,
    currency: 'UAH',
    by: 'channel',
    conversion: 'ordered',
    ...question,
  })
  return system.deps.clickhouse.query<PathRow>(sql, { params, kind: 'report' })
}

const tell = (path: string) => path.replaceAll(STEP_SEPARATOR, '>')

/** Visitors with ties in time, repeats, silences around thirty days, clocks set back, orders in other currencies. */
function invent(prng: Prng): Told[] {
  const told: Told[] = []
  for (let visitor = 0; visitor < 14; visitor++) {
    const who = `v${visitor}`
    let at = PERIOD.from - 130 * DAY + prng.below(220) * DAY
    for (let step = prng.below(22); step >= 0; step--) {
      at += prng.pick([0, 1, 60_000, 31 * 60_000, DAY, 30 * DAY, 30 * DAY + 1, -DAY])
      const base = { id: `${who}-${step}`, who, at, isContact: prng.below(3) > 0 }
      const order = `${who}-o${prng.below(3)}`
      const amount = prng.pick([500, -70, 1e12, 1])
      // What an order's own moment ties with must not decide which of two placings came first.
      const placed = { ...base, at: at + step * 3 + 7, isContact: true, order, amount }
      told.push(
        prng.pick<Told>([
          { ...base, page: prng.pick(['search_ad', 'social', 'direct', 'site', 'unknown']) },
          { ...base, page: prng.pick(['search_ad', 'direct']) },
          { ...base },
          { ...placed, step: 'placed', currency: prng.pick(['UAH', 'UAH', 'EUR']) },
          { ...base, isContact: true, order, step: 'taken' },
        ]),
      )
    }
  }
  return told
}

test.each(CONVERSIONS)(
  'the statement finds the paths to orders (%s) that a walk finds',
  { timeout: 120_000 },
  async (conversion) => {
    const { clickhouse, writer, db } = system.deps
    for (let seed = 0; seed < 10; seed++) {
      const prng = createPrng(`paths ${conversion} ${seed}`)
      const shop = await createShop(db, { name: `Paths ${seed}` })
      const told = invent(prng)
      const events = toEvents(shop, told)
      await writer.write(events, [])
      await writer.write(
        events.filter(() => prng.below(6) === 0),
        [],
      )
      const joined = `v${prng.below(6)}`
      const identity = (who: string) => identityKey(shop, 'anonymous', who)
      await clickhouse.insert('identity_links', [
        { shop, identity: identity('v7'), person: identity(joined), version: 1, deleted: 0 },
      ])
      const rows = await ask({ shop, conversion })
      const slow = walkPaths(
        told,
        PERIOD,
        (who) => (who === 'v7' ? joined : who),
        conversion === 'bought_out',
      )
      const found = rows.map(({ path, conversions, foreign, value, nulls }) => [
        tell(path),
        { conversions, foreign, value, nulls },
      ])
      expect(Object.fromEntries(found), `history ${seed}`).toEqual(Object.fromEntries(slow))
      for (const row of rows) {
        const sumOf = (place: number) =>
          row.parts.reduce((sum, one, at) => sum + (at % 4 === place ? one : 0), 0)
        expect([1, 2, 3].map(sumOf), 'groups of persons').toEqual([row.conversions, row.value, row.nulls])
        expect(new Set(row.parts.filter((_, at) => at % 4 === 0)).size).toBe(row.parts.length / 4)
      }
    }
  },
)

test('ways may be sources or touchpoints of arrival, and a segment keeps its persons only', async () => {
  const shop = await createShop(system.deps.db, { name: 'Ways' })
  const at = PERIOD.from + DAY
  const told: Told[] = [
    { id: '1', who: 'a', at, page: 'search_ad' },
    { id: '2', who: 'a', at: at + DAY, page: 'social' },
    { id: '3', who: 'a', at: at + 2 * DAY, order: 'A', step: 'placed', amount: 900, currency: 'UAH' },
    { id: '4', who: 'b', at, page: 'direct' },
    { id: '6', who: 'd', at, page: 'review' },
    { id: '5', who: 'c', at, order: 'C', step: 'placed', amount: 10, currency: '' },
  ]
  await system.deps.writer.write(toEvents(shop, told), [])
  const paths = async (question: Partial<PathQuestion>) =>
    (await ask({ shop, ...question })).map(({ path, value, nulls }) => [tell(path), value, nulls])
  expect(await paths({ by: 'source' })).toEqual([
    ['', 10, 0],
    ['search_ad>insta', 900, 0],
    ['a b >  > c', 0, 1],
    ['direct', 0, 1],
  ])
  expect(await paths({ by: 'touchpoint' })).toEqual([
    ['', 10, 0],
    ['search_ad', 900, 0],
  ])
  const segment = {
    sql: 'SELECT toUUID({segment_one:String})',
    params: { segment_one: identityKey(shop, 'anonymous', 'b') },
  }
  expect(await paths({ segment })).toEqual([['direct', 0, 1]])
  expect(await ask({ shop: shop + 1_000_000 })).toEqual([])
})

test('with equal time for all, an order taken too late isn’t one, and a young one is nothing yet', async () => {
  const shop = await createShop(system.deps.db, { name: 'Taken' })
  const at = PERIOD.from + 5 * DAY
  const order = (id: string, placed: number, taken?: number): Told[] => [
    { id: `${id}p`, who: id, at: placed - 1, page: 'search_ad' },
    { id, who: id, at: placed, order: id, step: 'placed', amount: 100, currency: 'UAH' },
    ...(taken === undefined ? [] : [{ id: `${id}t`, who: id, at: taken, order: id, step: 'taken' } as Told]),
  ]
  const told = [
    ...order('early', at, at + 30 * DAY),
    ...order('late', at, at + 30 * DAY + 1),
    ...order('never', at),
    ...order('young', at + DAY, at + 2 * DAY),
  ]
  await system.deps.writer.write(toEvents(shop, told), [])
  const asked = async (takenBy?: number) =>
    (await ask({ shop, conversion: 'bought_out', ...(takenBy !== undefined && { takenBy }) })).map(
      ({ conversions, nulls }) => [conversions, nulls],
    )
  expect(await asked(at + 30 * DAY)).toEqual([[1, 2]])
  expect(await asked()).toEqual([[3, 1]])
})

test('the statement reads persons through the join, events once each, and takes nothing from the question as text', () => {
  const segment = { sql: 'SELECT 1', params: {} }
  const { sql, params } = pathTableQuery({
    ...{ shop: 3, period: PERIOD, currency: "U'AH", by: 'channel', conversion: 'bought_out' },
    segment,
  })
  expect(sql.match(/FROM events FINAL/g)).toHaveLength(2)
  // Once more only for the names of ways, which repeats don't change.
  expect(sql.match(/FROM events(?! FINAL)/g)).toHaveLength(1)
  expect(sql).toContain('FROM identity_links FINAL')
  expect(sql).toContain('IN (SELECT 1)')
  expect(sql).not.toContain("U'AH")
  expect(params).toMatchObject({ shop: 3, ...PERIOD, currency: "U'AH", silence: 30 * DAY, limit: 1_000_001 })
})
