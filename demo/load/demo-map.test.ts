import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createToken } from '../../features/accounts/server/actions.ts'
import type { JourneyMap, MapStage } from '../../features/journeys/contract.ts'
import type { StandardsRoom } from '../../features/standards/server/room.ts'
import { localDay, parseDay } from '../../kernel/time.ts'
import { deliverDomainEvents } from '../../platform/domain-events.ts'
import { rooms } from '../../server/rooms.ts'
import { openTestApp, type TestApp } from '../../test/test-app.ts'
import type { DemoMessage } from '../messages/message-book.ts'
import { readDemoOptions } from '../options.ts'
import { tellByMonth } from '../tell-by-month.ts'
import { ZONE } from '../world/places.ts'
import { loadDemo } from './load-demo.ts'

/** Enough persons for what the map can show of the truths; the letters are those of TRUTHS.md. */
const options = readDemoOptions({ persons: '4000', end: '2026-11-22' }, Date.UTC(2026, 10, 22, 12))
const WHOLE = '?from=2025-05-31&to=2026-11-22'

let app: TestApp
let shop: number
let token: string
let told: DemoMessage[]

beforeAll(async () => {
  app = await openTestApp()
  const { deps } = app
  told = [...tellByMonth(options, 10_000)].flatMap(({ messages }) => messages)
  shop = (await loadDemo(deps, options)).shop.id
  await deps.runner.drain()
  const standards = rooms.find(({ name }) => name === 'standards') as StandardsRoom
  for (const subscription of standards.subscribes ?? [])
    while ((await deliverDomainEvents(deps.db, subscription)) > 0);
  await standards.drain(deps.db)
  token = (await createToken(deps.db, { shop, name: 'map', role: 'viewer' })).token
}, 240_000)
afterAll(() => app.close())

async function ask(query = WHOLE): Promise<JourneyMap> {
  const url = `/api/shops/${shop}/journey-map${query}`
  const answer = await app.app.inject({ url, headers: { authorization: `Bearer ${token}` } })
  expect([answer.statusCode, answer.statusCode === 200 ? '' : answer.body]).toEqual([200, ''])
  return answer.json()
}

const stageOf = (map: { stages: MapStage[] }, key: string) =>
  map.stages.find((one) => one.key === key) as MapStage
const placeOf = (map: { stages: MapStage[] }, stage: string, key: string) =>
  stageOf(map, stage).touchpoints.find((one) => one.key === key)
const textOf = (message: DemoMessage, name: string) => String(message.properties?.[name] ?? '')

describe('promises, counted from what the simulator told', () => {
  test('a: prices named at the telephone that differ from the page are broken at the order', async () => {
    const shown = new Map<string, string>()
    let [kept, broken] = [0, 0]
    for (const message of told) {
      const place = `${message.anonymousId} ${textOf(message, 'product_id')}`
      if (textOf(message, 'kind') === 'price') shown.set(place, textOf(message, 'price'))
      if (message.event !== 'Contact Answered' || textOf(message, 'quoted_price') === '') continue
      if (textOf(message, 'quoted_price') === shown.get(place)) kept++
      else broken++
    }
    expect(broken).toBeGreaterThan(30)
    expect(stageOf(await ask(), 'order').promises).toEqual({ kept, broken })
  })

  test('b: parcels that came after the promised day are broken at delivery', async () => {
    const promised = new Map<string, number>()
    const judged = new Map<string, number>()
    for (const message of told) {
      const order = textOf(message, 'order_id')
      if (textOf(message, 'kind') === 'delivery_date')
        promised.set(order, parseDay(textOf(message, 'promised_on')) ?? Number.NaN)
      if (message.event === 'Order Arrived')
        judged.set(order, localDay(Date.parse(message.timestamp), ZONE) - (promised.get(order) ?? 0))
    }
    const days = [...judged.values()]
    const broken = days.filter((late) => late > 0).length
    expect(broken).toBeGreaterThan(100)
    expect(stageOf(await ask(), 'delivery').promises).toEqual({ kept: days.length - broken, broken })
  })
})

describe('what is planted stands where TRUTHS.md puts it', () => {
  test('b: whoever got a late parcel thinks worse of its receipt, beyond both intervals', async () => {
    const late = await ask(`${WHOLE}&segment=late_parcel&compare=segment:on_time_parcel`)
    const [worse, better] = [stageOf(late, 'receipt').said, stageOf(late.compared ?? late, 'receipt').said]
    expect(worse?.high).toBeLessThan(better?.low ?? -100)
    expect(placeOf(late, 'delivery', 'carrier')?.kept?.mean).toBeLessThan(0.2)
  })

  test('c: the chat’s first human answer is the standard that contacts miss most', async () => {
    const { touchpoints } = stageOf(await ask(), 'contact')
    const chat = touchpoints.find(({ key }) => key === 'chat')
    expect(chat?.kept?.high).toBeLessThan(0.65)
    const others = touchpoints.filter(({ key, kept }) => key !== 'chat' && key !== 'assistant' && kept)
    expect(others.length).toBeGreaterThan(2)
    for (const { key, kept } of others)
      expect([key, (kept?.mean ?? 0) > (chat?.kept?.high ?? 1)]).toEqual([key, true])
  })

  test('d, e, f, g: cards, newsletter, operators and surveys have their places and are measured there', async () => {
    const map = await ask()
    expect(placeOf(map, 'receipt', 'parcel')?.said?.mean).toBeGreaterThan(50)
    expect(placeOf(map, 'opinion', 'repeat_order')?.persons).toBeGreaterThan(100)
    // The newsletter reaches many; nothing is claimed of what it does.
    expect(placeOf(map, 'aftercare', 'newsletter')).toMatchObject({ said: null, kept: null, expected: null })
    expect(placeOf(map, 'aftercare', 'newsletter')?.persons).toBeGreaterThan(300)
    expect(placeOf(map, 'contact', 'phone_call')?.said?.n).toBeGreaterThan(100)
    const survey = placeOf(map, 'opinion', 'survey')
    expect(survey?.heard.share).toBeGreaterThan(0)
    expect(survey?.heard.share).toBeLessThan(1)
  })

  test('h: defects make aftercare the stage of which customers think worst', async () => {
    const map = await ask()
    const aftercare = stageOf(map, 'aftercare').said
    expect(aftercare?.n).toBeGreaterThan(30)
    for (const { key, said } of map.stages)
      if (said && key !== 'aftercare') expect([key, said.mean > (aftercare?.mean ?? 0)]).toEqual([key, true])
    expect(stageOf(map, 'receipt').said?.low).toBeGreaterThan(aftercare?.high ?? 100)
  })

  test('i: young people come by the social page in the last six weeks; the sale in November alarms nobody', async () => {
    const lately = await ask('?from=2026-10-11&to=2026-11-22&compare=previous')
    const share = (map: { stages: MapStage[]; meta: { persons: number } }) =>
      (placeOf(map, 'first_look', 'social_page')?.persons ?? 0) / map.meta.persons
    expect(share(lately)).toBeGreaterThan(3 * share(lately.compared ?? lately))
    const { meta, sentences, compared } = await ask('?from=2025-11-15&to=2025-11-30&compare=previous')
    expect(meta.persons).toBeGreaterThan(1.5 * (compared?.meta.persons ?? 0))
    // Only standards may be told to be low at any time; nothing got better or worse.
    expect(sentences.better).toBeNull()
    expect(sentences.worse?.key ?? 'worse_low').toMatch(/^worse_(low|slow)/)
  })

  test('j: the product page is slow on phones and fast on computers', async () => {
    const phones = await ask(`${WHOLE}&segment=phone_visitors&compare=segment:computer_visitors`)
    const [phone, computer] = [
      placeOf(phones, 'site', 'product_page'),
      placeOf(phones.compared ?? phones, 'site', 'product_page'),
    ]
    expect(phone?.templates).toEqual({ kept: 0, between: 0, missed: 1, unsure: 0 })
    expect(computer?.templates).toEqual({ kept: 1, between: 0, missed: 0, unsure: 0 })
    expect(phone?.kept?.high).toBeLessThan((computer?.kept?.low ?? 0) - 0.2)
    expect(phones.sentences.next).toMatchObject({ key: 'next_speed', touchpoint: 'product_page' })
  })

  test('k: the catalogue is visited most, and no sentence praises or blames it', async () => {
    const map = await ask()
    const all = map.stages.flatMap(({ touchpoints }) => touchpoints)
    const most = all.reduce((best, one) => (one.contacts > best.contacts ? one : best))
    expect(most.key).toBe('catalogue')
    const spoken = [map.sentences.better, map.sentences.worse, map.sentences.next]
    expect(spoken.map((one) => one?.touchpoint)).not.toContain('catalogue')
  })
})
