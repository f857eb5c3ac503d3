import { afterAll, beforeAll, expect, it } from 'vitest'
import { identityKey } from '../../../kernel/hash128.ts'
import { createPrng } from '../../../kernel/prng.ts'
import { formatDay, localDay, parseDay, startOfDay } from '../../../kernel/time.ts'
import { openTestApp, type TestApp } from '../../../test/test-app.ts'
import { createShop } from '../../accounts/server/actions.ts'
import { room as decisionsRoom } from '../../decisions/server/room.ts'
import { sketchEvents } from '../../people/server/testing/feed-events.ts'
import { getDefaultRegistry } from '../../touchpoints/server/reads.ts'
import type { Review, ReviewCheck, ReviewChecks, ReviewList } from '../contract.ts'
import { readDueReviews } from './reads.ts'
import { room } from './room.ts'
import { PART, type TrendRow, trendsQuery } from './trends-query.ts'

const NOW = Date.UTC(2026, 5, 15, 12)
const ZONE = 'Europe/Kyiv'
let app: TestApp
let url: string

beforeAll(async () => {
  app = await openTestApp({ rooms: [room, decisionsRoom], now: () => NOW })
  url = `/api/shops/${app.shop}/reviews`
})
afterAll(() => app.close())

interface Drawn {
  who: string
  at: number
  name: string
  touchpoint: string
  arrival: string
  valence: number | null
  measured: number | null
}

/** Contacts, words and measurements of half a year, some of them minutes from midnight. */
function invent(first: number): Drawn[] {
  const prng = createPrng('reviews')
  return Array.from({ length: 500 }, () => {
    const at =
      startOfDay(first + prng.below(182), ZONE) + prng.pick([0, 1, 40_000_000, 86_000_000]) - prng.below(2)
    const base = { who: `v${prng.below(60)}`, at, arrival: '', valence: null, measured: null }
    const touchpoint = prng.pick(['chat', 'phone_call', 'catalogue', ''] as const)
    const what = prng.below(5)
    if (what < 3)
      return { ...base, name: 'Page', touchpoint, arrival: prng.pick(['', 'chat', 'search_ad'] as const) }
    if (what < 4) return { ...base, name: 'Feedback Given', touchpoint, valence: prng.below(5) / 2 - 1 }
    return { ...base, name: 'Standard Measured', touchpoint, measured: prng.pick([null, 60, 300, 900]) }
  })
}

async function record(shop: number, drawn: readonly Drawn[]) {
  const sketches = drawn.map(({ who, at, name }, index) => ({
    ...{ anonymous: who, at, messageId: `r${index}` },
    ...(name === 'Page' ? { kind: 'page' as const } : { name }),
  }))
  const rows = sketchEvents(shop, sketches).map((row, at) => {
    const { touchpoint, arrival, valence, measured } = drawn[at] as Drawn
    const measure = measured === null ? '' : 'first_answer_seconds'
    return { ...row, touchpoint, arrival, valence, measure, measured }
  })
  await app.deps.writer.write([...rows, ...rows.slice(0, 50)], [])
}

const average = (values: number[]) => values.reduce((sum, one) => sum + one, 0) / values.length
/** By the chat's standard: two minutes good, ten bad. */
const judge = (seconds: number) => (seconds <= 120 ? 1 : seconds <= 600 ? 0.5 : 0)

/** What the statement has to say of one touchpoint in some days: person by person. */
function walk(drawn: readonly Drawn[], key: string, days: [number, number]) {
  const here = drawn.filter(({ at }) => localDay(at, ZONE) >= days[0] && localDay(at, ZONE) < days[1])
  const persons = [...new Set(here.map(({ who }) => who))]
  const meansOf = (pick: (one: Drawn) => number | null) =>
    persons.flatMap((who) => {
      const own = here.filter((one) => one.who === who && one.touchpoint === key)
      const values = own.map(pick).filter((one) => one !== null)
      return values.length === 0 ? [] : [average(values)]
    })
  const sum = (values: number[]) => values.reduce((total, one) => total + one, 0).toFixed(6)
  const said = meansOf(({ valence }) => (valence === null ? null : valence * 100))
  const kept = key === 'chat' ? meansOf(({ measured }) => (measured === null ? null : judge(measured))) : []
  const met = here.filter((one) => one.name === 'Page' && (one.touchpoint === key || one.arrival === key))
  return [new Set(met.map(({ who }) => who)).size, said.length, sum(said), kept.length, sum(kept)]
}

it('the statement says of every touchpoint and week what a walk from person to person does', async () => {
  const shop = await createShop(app.deps.db, { name: 'Trends' })
  const today = localDay(NOW, ZONE)
  const first = today - 182
  const drawn = invent(first)
  await record(shop, drawn)
  const identity = (who: string) => identityKey(shop, 'anonymous', who)
  await app.deps.clickhouse.insert('identity_links', [
    { shop, identity: identity('v7'), person: identity('v2'), version: 1, deleted: 0 },
  ])
  const events = drawn.map((one) => ({ ...one, who: one.who === 'v7' ? 'v2' : one.who }))
  const { registry } = getDefaultRegistry()
  const moments = { from: startOfDay(first, ZONE), to: startOfDay(today, ZONE) }
  const { sql, params } = trendsQuery({ shop, timeZone: ZONE, registry, first, moments })
  const rows = await app.deps.clickhouse.query<TrendRow>(sql, { params, kind: 'report' })
  const inside = events.filter(({ at }) => at >= moments.from)
  const parts: [number, [number, number]][] = [
    ...Array.from({ length: 26 }, (_, week): [number, [number, number]] => [
      week,
      [first + 7 * week, first + 7 * week + 7],
    ]),
    [PART.all, [first, today]],
    [PART.now, [today - 56, today]],
    [PART.before, [today - 112, today - 56]],
  ]
  for (const key of ['chat', 'phone_call', 'catalogue', 'search_ad'])
    for (const [part, days] of parts) {
      const row = rows.find((one) => one.touchpoint === key && one.part === part)
      const told = row && [row.persons, row.heard, row.said.toFixed(6), row.judged, row.kept.toFixed(6)]
      expect(told ?? [0, 0, '0.000000', 0, '0.000000'], `${key} ${part}`).toEqual(walk(inside, key, days))
    }
})

const list = async () => {
  const response = await app.as('viewer')({ method: 'GET', url })
  expect(response.statusCode, response.body).toBe(200)
  return response.json() as ReviewList
}
const find = async (touchpoint: string) =>
  (await list()).items.find((one) => one.touchpoint === touchpoint) as Review

it('a touchpoint is due as its rhythm says, is checked, and a slip is taken back', async () => {
  await record(app.shop, invent(localDay(NOW, 'UTC') - 182))
  const first = await list()
  expect(first.days).toHaveLength(26)
  expect(first.items.map(({ due }) => due)).not.toContain('overdue')
  expect(await find('chat')).toMatchObject({ due: 'first', everyWeeks: 8, nextOn: null, hasStandard: true })
  // Nobody was there, so that there is nothing to look at.
  expect(await find('courier')).toMatchObject({ due: 'off', everyWeeks: null, now: { persons: 0 } })

  const shopOf = { id: app.shop, timeZone: 'UTC', currency: 'UAH' }
  expect((await readDueReviews(app.deps, shopOf)).map(({ due }) => due)).toContain('first')

  const settle = (payload: object, who: 'marketer' | 'operator' = 'marketer') =>
    app.as(who)({ method: 'PATCH', url: `${url}/chat`, payload })
  expect(
    (await settle({ everyWeeks: 2, nextOn: '2026-06-10', owner: app.members.operator.userId })).statusCode,
  ).toBe(204)
  expect(await find('chat')).toMatchObject({
    ...{ due: 'overdue', daysLeft: -5, everyWeeks: 2, ownerName: app.members.operator.name },
  })
  expect((await list()).items[0]?.touchpoint).toBe('chat')

  const made = await app.as('operator')({
    ...{ method: 'POST', url: `${url}/chat/checks`, payload: { note: '  Answers are quick  ' } },
  })
  expect(made.statusCode).toBe(201)
  const check = made.json() as ReviewCheck
  expect(check).toMatchObject({ day: '2026-06-15', note: 'Answers are quick', by: app.members.operator.name })
  expect(await find('chat')).toMatchObject({ due: 'later', nextOn: '2026-06-29', last: { id: check.id } })
  await settle({ everyWeeks: 4 })
  expect(await find('chat')).toMatchObject({ nextOn: '2026-07-13' })

  const undone = await app.as('operator')({ method: 'DELETE', url: `${url}/chat/checks/${check.id}` })
  expect(undone.statusCode).toBe(200)
  expect(await find('chat')).toMatchObject({ due: 'overdue', nextOn: '2026-06-10', last: null })
  const again = await app.as('operator')({ method: 'DELETE', url: `${url}/chat/checks/${check.id}` })
  expect(again.statusCode).toBe(404)
  const { items } = (
    await app.as('viewer')({ method: 'GET', url: `${url}/chat/checks` })
  ).json() as ReviewChecks
  expect(items).toEqual([])
  await settle({ everyWeeks: null })
  expect(await find('chat')).toMatchObject({ due: 'off', nextOn: null })
})

it('a check that was taken away comes back with its note, and a date set since is left alone by both', async () => {
  const base = `${url}/phone_call`
  const ask = async (method: 'POST' | 'DELETE', path: string, who: 'operator' | 'viewer' = 'operator') => {
    const answer = await app.as(who)({
      method,
      url: `${base}/checks${path}`,
      ...(path === '' && { payload: { note: 'Polite' } }),
    })
    return { status: answer.statusCode, check: answer.json() as ReviewCheck }
  }
  const settle = async (payload: object) => {
    const answer = await app.as('owner')({ method: 'PATCH', url: base, payload })
    expect(answer.statusCode).toBe(204)
  }
  const put = async () => (await ask('POST', '')).check.id

  await settle({ everyWeeks: 8, nextOn: '2026-06-01' })
  const first = await put()
  expect(await find('phone_call')).toMatchObject({ nextOn: '2026-08-10', last: { id: first } })
  expect((await ask('POST', `/${first}/restore`)).status).toBe(404)
  expect((await ask('DELETE', `/${first}`)).status).toBe(200)
  expect(await find('phone_call')).toMatchObject({ nextOn: '2026-06-01', last: null })
  expect((await ask('POST', `/${first}/restore`, 'viewer')).status).toBe(403)
  expect(await ask('POST', `/${first}/restore`)).toMatchObject({ status: 200, check: { note: 'Polite' } })
  expect(await find('phone_call')).toMatchObject({ nextOn: '2026-08-10', last: { id: first } })

  await settle({ nextOn: '2027-03-01' })
  await ask('DELETE', `/${first}`)
  expect(await find('phone_call')).toMatchObject({ nextOn: '2027-03-01', last: null })
  await ask('POST', `/${first}/restore`)
  expect(await find('phone_call')).toMatchObject({ nextOn: '2027-03-01', last: { note: 'Polite' } })

  // An older one comes and goes without touching what the latest set.
  await put()
  await ask('DELETE', `/${first}`)
  await ask('POST', `/${first}/restore`)
  expect(await find('phone_call')).toMatchObject({ nextOn: '2026-08-10' })
})

it('decisions of half a year stand beside the touchpoint, those of a whole stage too', async () => {
  const decide = (payload: object) =>
    app.as('owner')({ method: 'POST', url: `/api/shops/${app.shop}/decisions`, payload })
  await decide({ day: '2026-05-04', title: 'Two operators', touchpoint: 'chat' })
  await decide({ day: '2026-05-11', title: 'All of contact', stage: 'contact' })
  await decide({
    day: formatDay((parseDay('2026-06-15') as number) - 200),
    title: 'Long ago',
    touchpoint: 'chat',
  })
  const { decisions } = await find('chat')
  expect(decisions.map(({ title }) => title)).toEqual(['All of contact', 'Two operators'])
})

it('what makes no sense, or isn’t theirs, is refused', async () => {
  const patch = (payload: object, who: 'owner' | 'operator' | 'viewer' = 'owner', key = 'chat') =>
    app.as(who)({ method: 'PATCH', url: `${url}/${key}`, payload })
  for (const payload of [
    { everyWeeks: 3 },
    { nextOn: '2026-02-30' },
    { owner: '00000000-0000-4000-8000-000000000000' },
    { nonsense: 1 },
  ])
    expect((await patch(payload)).statusCode, JSON.stringify(payload)).toBe(400)
  expect((await patch({ everyWeeks: 2 }, 'operator')).statusCode).toBe(403)
  expect((await patch({ everyWeeks: 2 }, 'owner', 'teleport')).statusCode).toBe(404)
  const check = (who: 'viewer' | 'stranger' | 'nobody') =>
    app.as(who)({ method: 'POST', url: `${url}/chat/checks`, payload: {} })
  expect((await check('viewer')).statusCode).toBe(403)
  expect((await check('stranger')).statusCode).toBe(404)
  expect((await check('nobody')).statusCode).toBe(401)
})
