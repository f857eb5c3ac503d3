import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { AppError } from '../../../kernel/errors.ts'
import { DAY_MS } from '../../../kernel/time.ts'
import type { ShopContext } from '../../../platform/http/access.ts'
import { openTestApp, type TestApp } from '../../../test/test-app.ts'
import { ensureSource } from '../../accounts/server/actions.ts'
import { recordMessages } from '../../ingestion/server/actions.ts'
import { personsJoin } from '../../people/server/reads.ts'
import type { ReportQuestion } from '../contract.ts'
import {
  answerReport,
  type GroundSide,
  type MadeReport,
  type ReportGround,
  readReportQuestion,
  runReport,
} from './reads.ts'

const NOW = Date.UTC(2026, 9, 1, 12)
const PERSONS = 400
let room: TestApp
let shop: ShopContext
let now = NOW

beforeAll(async () => {
  room = await openTestApp({ now: () => now })
  shop = { id: room.shop, name: 'Tea', currency: 'UAH', timeZone: 'Europe/Kyiv', role: 'owner' }
  await visit(PERSONS)
}, 60_000)
afterAll(() => room.close())

/** So many browsers look at a product ten days ago; every fourth of them did so a hundred days ago too. */
async function visit(count: number, first = 0): Promise<void> {
  const source = await ensureSource(room.deps.db, room.shop, { kind: 'system', name: 'Test' })
  const view = (index: number, days: number) => ({
    type: 'track',
    messageId: `view-${index}-${days}`,
    timestamp: NOW - days * DAY_MS,
    anonymousId: `browser-${index}`,
    event: 'Product Viewed',
  })
  const messages = Array.from({ length: count }, (_, at) => at + first).flatMap((index) =>
    index % 4 === 0 ? [view(index, 10), view(index, 100)] : [view(index, 10)],
  )
  await recordMessages(room.deps, { shop: room.shop, source, messages, origin: 'system' })
  await room.deps.runner.drain()
}

/** Who was there on one side of a report. */
async function listPersons({ period, persons }: GroundSide): Promise<string[]> {
  const { join, person } = personsJoin()
  const kept = persons(person)
  const rows = await runReport<{ person: string }>(room.deps, {
    sql: `SELECT DISTINCT ${person} AS person FROM events AS e FINAL ${join}
      WHERE e.shop = {shop:UInt32} AND e.ts >= fromUnixTimestamp64Milli({from:Int64}) AND e.ts < fromUnixTimestamp64Milli({to:Int64})
        AND ${kept.sql} ORDER BY person`,
    params: { ...kept.params, shop: room.shop, ...period },
  })
  return rows.map((row) => row.person)
}

let made = 0
const ask = (asked: ReportQuestion) => askFor('persons', asked, countPersons)
const askFor = <T extends object>(
  kind: string,
  asked: ReportQuestion,
  make: (ground: ReportGround) => Promise<MadeReport<T>>,
) => {
  const question = readReportQuestion(asked, shop, now)
  return answerReport(room.deps, shop, { kind, key: [], question }, make)
}
async function countPersons(ground: ReportGround) {
  made++
  const here = await listPersons(ground)
  const there = ground.other ? await listPersons(ground.other) : undefined
  return { answer: { here, there }, unidentifiedShare: 1, n: here.length }
}

async function makeSegment(name: string, definition: object): Promise<number> {
  const url = `/api/shops/${room.shop}/segments`
  const answer = await room.as('marketer')({ method: 'POST', url, payload: { name, definition } })
  expect(answer.statusCode, answer.body).toBe(201)
  return answer.json().id
}

test('an answer says of when, of whom and from which data it is', async () => {
  const { here, meta } = await ask({})
  expect(here).toHaveLength(PERSONS)
  expect(meta).toMatchObject({
    fromDay: '2026-07-04',
    toDay: '2026-10-01',
    timeZone: 'Europe/Kyiv',
    currency: 'UAH',
    segment: null,
    sample: null,
    compared: null,
    n: PERSONS,
    unidentifiedShare: 1,
    rejected: 0,
    computedAt: new Date(NOW).toISOString(),
  })
})

test('the same question is answered from memory, and anew once the data have changed', async () => {
  await ask({ from: '2026-09-01' })
  const before = made
  expect((await ask({ from: '2026-09-01' })).here).toHaveLength(PERSONS)
  expect(made).toBe(before)
  await visit(1, PERSONS)
  now += 60_000
  expect((await ask({ from: '2026-09-01' })).here).toHaveLength(PERSONS + 1)
})

test('a sample holds the same persons every time, and a smaller one lies within a larger one', async () => {
  const all = new Set((await ask({})).here)
  const half = await ask({ sample: 0.5 })
  const tenth = await ask({ sample: 0.1 })
  expect(half.meta).toMatchObject({ sample: 0.5, n: half.here.length })
  // Six standard errors to each side of half of them.
  expect(Math.abs(half.here.length - all.size / 2)).toBeLessThan(6 * Math.sqrt(all.size / 4))
  expect(tenth.here.length).toBeLessThan(half.here.length)
  expect(half.here.every((person) => all.has(person))).toBe(true)
  expect(tenth.here.every((person) => half.here.includes(person))).toBe(true)
  expect((await ask({ sample: 1 })).here).toHaveLength(all.size)
})

test('a segment and the one it is compared with each keep their own persons', async () => {
  const often = await makeSegment('Often', {
    about: 'event',
    which: { name: 'Product Viewed' },
    times: { how: 'at_least', n: 2 },
  })
  const rarely = await makeSegment('Rarely', { not: { about: 'segment', segment: often } })
  const { here, there, meta } = await ask({ segment: often, compare: `segment:${rarely}` })
  expect(here).toHaveLength(101)
  expect(there).toHaveLength(300)
  expect(meta).toMatchObject({
    segment: { id: often, name: 'Often' },
    compared: { segment: { id: rarely, name: 'Rarely' }, fromDay: meta.fromDay, toDay: meta.toDay },
  })
  const both = { segment: often, compare: `segment:${rarely}`, sample: 0.5 }
  const { one, other } = await askFor('both', both, async (ground) => {
    const [mine, theirs] = [ground.persons('person'), (ground.other as GroundSide).persons('person')]
    const { join, person } = personsJoin()
    const rows = await runReport<{ one: number; other: number }>(room.deps, {
      sql: `SELECT countIf(${mine.sql}) AS one, countIf(${theirs.sql}) AS other
        FROM (SELECT DISTINCT ${person} AS person FROM events AS e FINAL ${join} WHERE e.shop = {shop:UInt32})`,
      params: { ...mine.params, ...theirs.params, shop: room.shop },
    })
    return { answer: rows[0] ?? { one: 0, other: 0 }, unidentifiedShare: 0 }
  })
  const sampled = await ask({ segment: often, sample: 0.5 })
  expect(one).toBe(sampled.here.length)
  expect(other).toBeGreaterThan(one)
})

test('the period before is as long and ends where this one begins', async () => {
  const { there, meta } = await ask({ compare: 'previous' })
  expect(there).toHaveLength(101)
  expect(meta.compared).toMatchObject({ fromDay: '2026-04-05', toDay: '2026-07-03', segment: null })
})

test('a segment that is gone is told', async () => {
  await expect(ask({ segment: 987_654_321 })).rejects.toMatchObject({ code: 'not_found' })
  await expect(ask({ compare: 'segment:987654321' })).rejects.toMatchObject({ code: 'not_found' })
})

test('a report that needs more memory than it may have offers a sample, and then a smaller one', async () => {
  const heavy = {
    sql: 'SELECT length(groupArray(number)) AS n FROM numbers(20000000)',
    params: {},
  }
  const run = () => runReport(room.deps, heavy, undefined, { max_memory_usage: '20000000' })
  await expect(run()).rejects.toMatchObject({ code: 'report_too_heavy', details: { sample: 0.1 } })
  const fail = async () => ({ answer: await run(), unidentifiedShare: 0 })
  await expect(askFor('heavy', { sample: 0.1 }, fail)).rejects.toMatchObject({ details: { sample: 0.01 } })
  await expect(askFor('heavy', { sample: 0.005 }, fail)).rejects.toMatchObject({
    code: 'report_too_heavy',
    details: undefined,
  })
})

const base = () => `/api/shops/${room.shop}/reports`
const save = (payload: object) => room.as('marketer')({ method: 'POST', url: base(), payload })

test('a question is kept under a name, found, renamed, replaced and deleted', async () => {
  const made = await save({ name: ' Воронка новых ', path: 'funnel', search: 'days=30&segment=1' })
  expect(made.statusCode).toBe(201)
  const { id } = made.json()
  expect(made.json()).toMatchObject({ name: 'Воронка новых', path: 'funnel', search: 'days=30&segment=1' })
  const other = (await save({ name: 'Attribution', path: 'attribution', search: '' })).json()
  const taken = await save({ name: 'ВОРОНКА НОВЫХ', path: 'funnel', search: '' })
  expect(taken.statusCode).toBe(409)
  expect(taken.json().error.details).toEqual({ reason: 'name_taken' })

  const list = async (query: string) => (await room.as('viewer')({ url: `${base()}?${query}` })).json()
  const first = await list('limit=1')
  expect(first.items).toMatchObject([{ id: other.id }])
  expect((await list(`limit=1&cursor=${first.nextCursor}`)).items).toMatchObject([{ id, path: 'funnel' }])
  expect((await list(`q=${encodeURIComponent('воРОН')}`)).items).toHaveLength(1)

  const change = (payload: object) => room.as('owner')({ method: 'PATCH', url: `${base()}/${id}`, payload })
  expect((await change({ name: 'attribution' })).statusCode).toBe(409)
  const rename = (report: number) =>
    room.as('owner')({ method: 'PATCH', url: `${base()}/${report}`, payload: { name: 'At once' } })
  const renamed = await Promise.all([rename(id), rename(other.id)])
  expect(renamed.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409])
  expect((await change({ name: 'Воронка', search: 'days=7' })).json()).toMatchObject({
    name: 'Воронка',
    search: 'days=7',
    createdBy: made.json().createdBy,
  })
  expect((await room.as('viewer')({ url: `${base()}/${id}` })).json()).toMatchObject({ search: 'days=7' })
  expect((await room.as('marketer')({ method: 'DELETE', url: `${base()}/${id}` })).statusCode).toBe(200)
  expect((await room.as('viewer')({ url: `${base()}/${id}` })).statusCode).toBe(404)
})

test.each([
  [{ name: '  ', path: 'funnel', search: '' }],
  [{ name: 'A', path: '../settings', search: '' }],
  [{ name: 'A', path: 'https://elsewhere.example', search: '' }],
  [{ name: 'A', path: 'funnel', search: 'a=1#"><script>' }],
  [{ name: 'A', path: 'funnel', search: 'a=\0' }],
  [{ name: 'A', path: 'funnel', search: 'a'.repeat(20_000) }],
  [{ name: 'a'.repeat(121), path: 'funnel', search: '' }],
  [{ path: 'funnel', search: '' }],
])('%j can’t be saved', async (payload) => {
  expect((await save(payload)).statusCode).toBe(400)
})

test('a slow report gives its last answer while the new one is made; who asks after a failure, or a day later, waits', async () => {
  let calls = 0
  let make = async () => 1
  const askSlow = () => {
    const question = readReportQuestion({ from: '2026-07-01', to: '2026-10-01' }, shop, now)
    return answerReport(room.deps, shop, { kind: 'slow', key: [], question, isSlow: true }, async () => {
      calls++
      return { answer: { n: await make() }, unidentifiedShare: 0 }
    })
  }
  const goOn = async (ms: number) => {
    now += ms
    await visit(1, 90_000 + now / 1_000)
  }
  expect(await askSlow()).toMatchObject({ n: 1 })
  await goOn(60_000)
  let give = (_: number) => {}
  make = () => new Promise((resolve) => (give = resolve))
  for (let times = 0; times < 3; times++)
    expect(await askSlow()).toMatchObject({ n: 1, meta: { isOutdated: true } })
  await vi.waitFor(() => expect(calls).toBe(2))
  give(2)
  await vi.waitFor(async () => expect(await askSlow()).toMatchObject({ n: 2 }))
  expect((await askSlow()).meta.isOutdated).toBeUndefined()
  expect(calls).toBe(2)

  await goOn(60_000)
  make = () => Promise.reject(new AppError('report_too_heavy', 'Too much.'))
  expect(await askSlow()).toMatchObject({ n: 2, meta: { isOutdated: true } })
  await vi.waitFor(() => expect(askSlow()).rejects.toThrow('Too much.'))
  make = async () => 3
  expect(await askSlow()).toMatchObject({ n: 3 })

  await goOn(DAY_MS + 60_000)
  make = async () => 4
  expect(await askSlow()).toMatchObject({ n: 4 })
})
