import { describe, expect, test } from 'vitest'
import type { JourneyMap, MapPersons } from '../contract.ts'
import {
  ask,
  call,
  DAY,
  emptyStages,
  MINUTE,
  openOddShops,
  PERIOD,
  placeOf,
  quiet,
  record,
  START,
  stagesWith,
} from './testing/odd-shop.ts'

openOddShops()

describe('a shop with next to nothing', () => {
  test('has no events', async () => {
    const { meta, ...rest } = await ask()
    expect(rest).toEqual({ ...quiet, stages: emptyStages() })
    expect(meta).toMatchObject({ persons: 0, contacts: 0, events: 0, unidentifiedShare: 0, unclassified: 0 })
  })

  test('has one event', async () => {
    await record([{ who: 'a', at: START, kind: 'page', touchpoint: 'product_page' }])
    const { meta, ...rest } = await ask()
    expect(rest).toEqual({ ...quiet, stages: stagesWith('site', 'product_page', 1, 1) })
    expect(meta).toMatchObject({ persons: 1, contacts: 1, events: 1, unidentifiedShare: 1 })
  })

  test('has one person, a period in which nobody came, and one before it in which they did', async () => {
    await record([0, 1, 2].map((n) => ({ who: 'a', at: START + n * DAY, touchpoint: 'product_page' })))
    expect((await ask()).stages).toEqual(stagesWith('site', 'product_page', 1, 3))
    const { meta, compared, ...rest } = await ask('?from=2026-10-01&to=2026-10-31&compare=previous')
    expect(rest).toEqual({ ...quiet, stages: emptyStages(), compared: undefined })
    expect(meta).toMatchObject({ persons: 0, contacts: 0, events: 0 })
    expect(compared?.stages).toEqual(stagesWith('site', 'product_page', 1, 3))
  })

  test('has a segment of three: their number and no figure of what they said or got', async () => {
    const three = ['a', 'b', 'c'].flatMap((who) => [
      { who, at: START, name: 'Order Completed', touchpoint: 'checkout', order: who },
      { who, at: START + MINUTE, name: 'Feedback Given', touchpoint: 'survey', valence: -1 },
      { who, at: START, touchpoint: 'carrier', measure: 'days_late', measured: 9 },
    ])
    const others = Array.from({ length: 200 }, (_, n) => ({
      who: `o${n}`,
      at: START,
      name: 'Feedback Given',
      touchpoint: 'survey',
      valence: n % 2,
    }))
    await record([...three, ...others])
    const map = await ask(`${PERIOD}&segment=ordered&compare=segment:all`)
    expect(map.meta).toMatchObject({ persons: 3, segment: 'ordered' })
    for (const stage of map.stages)
      expect([stage.key, stage.said, stage.kept]).toEqual([stage.key, null, null])
    expect(placeOf(map, 'opinion', 'survey')).toMatchObject({ persons: 3, heard: { persons: 3, share: 1 } })
    expect(map).toMatchObject({ sentences: quiet.sentences, largestGain: null, largestLoss: null })
    expect(map.compared?.stages.find(({ key }) => key === 'opinion')?.said?.n).toBe(203)
  })
})

describe('periods', () => {
  test.each([
    '?from=1900-01-01&to=1900-02-01&compare=previous',
    '?from=1969-12-31&to=1970-01-02&compare=previous',
    '?from=2026-09-05T09:00:00.001Z&to=2026-09-05T09:00:00.002Z&compare=previous',
    '?from=2290-01-01&to=2290-02-01',
    '?from=9999-12-30&to=9999-12-31',
    '?from=0001-01-01&to=0001-01-02',
    '?from=2026-02-30&to=2026-03-01',
    '?from=&to=',
    '?from=275760-09-13',
  ])('%s is empty or refused in words, and nothing fails', async (period) => {
    await record([{ who: 'a', at: START, touchpoint: 'product_page' }])
    for (const path of [`/journey-map${period}`, `/journey-map/persons${period}&stage=site`]) {
      const { status, body } = await call<JourneyMap & MapPersons & { error: { code: string } }>(path)
      expect([path, [200, 400]]).toEqual([path, expect.arrayContaining([status])])
      if (status === 400) expect(body.error.code).toBe('validation_failed')
      else expect(body.meta?.persons ?? body.items.length).toBe(0)
    }
  })
})

describe('persons', () => {
  test('with 50,000 events are one person', { timeout: 120_000 }, async () => {
    const many = Array.from({ length: 50_000 }, (_, n) => ({
      who: 'robot',
      at: START + n * 100,
      kind: 'page' as const,
      touchpoint: n % 2 === 0 ? 'product_page' : 'catalogue',
    }))
    for (let from = 0; from < many.length; from += 10_000) await record(many.slice(from, from + 10_000))
    await record([{ who: 'a', at: START, kind: 'page', touchpoint: 'product_page' }])
    const map = await ask()
    expect(placeOf(map, 'site', 'product_page')).toMatchObject({ persons: 2, contacts: 25_001, reach: 1 })
    expect(placeOf(map, 'site', 'catalogue')).toMatchObject({ persons: 1, contacts: 25_000, reach: 0.5 })
    expect(map.meta).toMatchObject({ persons: 2, events: 50_001, contacts: 50_001 })
    const { body } = await call<MapPersons>(`/journey-map/persons${PERIOD}&stage=site`)
    expect(body.items).toHaveLength(2)
  })

  test('whose clocks run backwards are placed by their times; no time is negative', async () => {
    await record([
      { who: 'a', at: START, name: 'Order Delivered', touchpoint: 'branch', order: 'O1' },
      { who: 'a', at: START + MINUTE, name: 'Order Completed', touchpoint: 'checkout', order: 'O1' },
      { who: 'a', at: START - MINUTE, kind: 'page', touchpoint: 'cart' },
      { who: 'b', at: START + MINUTE, name: 'Order Completed', touchpoint: 'checkout', order: 'O2' },
      { who: 'b', at: START, kind: 'page', touchpoint: 'product_page' },
      { who: 'b', at: START - DAY, kind: 'page', touchpoint: 'product_page', arrival: 'search_ad' },
    ])
    const map = await ask()
    const seconds = map.stages.flatMap(({ next }) => (next ? [next.medianSeconds] : []))
    expect(Math.min(...seconds)).toBeGreaterThanOrEqual(0)
    const stage = (key: string) => map.stages.find((one) => one.key === key)
    expect(stage('search')?.next).toEqual({ share: 1, medianSeconds: 0 })
    expect(stage('site')?.next).toEqual({ share: 1, medianSeconds: DAY / 1000 + 60 })
    expect(stage('receipt')).toMatchObject({ persons: 1, contacts: 1 })
    expect(map.meta).toMatchObject({ persons: 2, events: 6, contacts: 7 })
  })
})

test('a new time zone of the shop moves its days at once', async () => {
  const instants = `?from=${encodeURIComponent('2026-08-31T21:00:00Z')}&to=${encodeURIComponent('2026-09-30T21:00:00Z')}`
  expect((await ask(instants)).meta).toMatchObject({ timeZone: 'Europe/Kyiv', fromDay: '2026-09-01' })
  expect((await call('', { timeZone: 'America/New_York' }, 'PATCH')).status).toBe(200)
  const { body } = await call<JourneyMap>(`/journey-map${instants}`)
  expect(body.meta).toMatchObject({
    timeZone: 'America/New_York',
    fromDay: '2026-08-31',
    toDay: '2026-09-30',
  })
})
