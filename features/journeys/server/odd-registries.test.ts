import { describe, expect, test } from 'vitest'
import type { Touchpoint } from '../../touchpoints/contract.ts'
import { reclassifierOf } from '../../touchpoints/server/reclassifier.ts'
import type { JourneyMap, MapPersons } from '../contract.ts'
import {
  app,
  ask,
  call,
  emptyStages,
  MINUTE,
  openOddShops,
  PERIOD,
  placeOf,
  publish,
  quiet,
  record,
  START,
  send,
  stages,
  touchpoints,
} from './testing/odd-shop.ts'

openOddShops()

const extra: Touchpoint = {
  key: 'own_page',
  stage: 'site',
  stageWhileOrdered: null,
  stageAfterReceipt: null,
  channel: 'site',
  name: { en: 'Own page' },
  claims: 'moment',
  rule: null,
  standards: [],
  isOn: true,
}
const visits = () =>
  ['/', '/product/kettle', '/cart'].map((path, n) => ({
    type: 'page',
    anonymousId: `v${n}`,
    timestamp: new Date(START + n * MINUTE).toISOString(),
    context: { page: { path, url: `https://shop.example${path}` } },
  }))
const claimed = (map: JourneyMap) =>
  Object.fromEntries(
    map.stages.flatMap(({ touchpoints: places }) =>
      places.filter(({ persons }) => persons > 0).map(({ key, persons }) => [key, persons]),
    ),
  )

describe('rules', () => {
  test('that claim everything or nothing: the map says so and nothing is lost', async () => {
    await send(visits())
    const before = claimed(await ask())
    expect(before).toEqual({ landing_page: 1, product_page: 1, cart: 1 })
    await publish({ stages, touchpoints: [{ ...extra, rule: { all: [] } }, ...touchpoints] })
    expect(claimed(await ask())).toEqual({ own_page: 3 })
    await publish({ stages, touchpoints: [{ ...extra, rule: { any: [] } }, ...touchpoints] })
    expect(claimed(await ask())).toEqual(before)
    await publish({ stages, touchpoints: touchpoints.map((one) => ({ ...one, isOn: false })) })
    const { meta, ...rest } = await ask()
    expect(meta).toMatchObject({ persons: 3, events: 3, contacts: 0 })
    expect(rest).toEqual({ ...quiet, stages: emptyStages().map((one) => ({ ...one, touchpoints: [] })) })
  })

  test('two that fight: the upper one has all, the lower nothing, and turned round the other way', async () => {
    await send(visits())
    const rule = { field: 'path', op: 'starts_with', value: '/' }
    const [one, other] = [
      { ...extra, rule },
      { ...extra, key: 'rival', rule },
    ]
    await publish({ stages, touchpoints: [one, other, ...touchpoints] })
    expect(claimed(await ask())).toEqual({ own_page: 3 })
    await publish({ stages, touchpoints: [other, one, ...touchpoints] })
    expect(claimed(await ask())).toEqual({ rival: 3 })
  })

  test('60 stages and 1,000 touchpoints: each person stands at their own', { timeout: 120_000 }, async () => {
    const many = Array.from({ length: 1_000 }, (_, n) => ({
      ...extra,
      key: `touchpoint_${n}`,
      stage: `stage_${n % 60}`,
    }))
    const own = Array.from({ length: 60 }, (_, n) => ({ key: `stage_${n}`, name: { en: `Stage ${n}` } }))
    await publish({ stages: own, touchpoints: many })
    await send(
      many.map(({ key }, n) => ({
        type: 'track',
        event: 'Seen',
        anonymousId: `v${n % 500}`,
        timestamp: new Date(START + n * 1000).toISOString(),
        properties: { touchpoint: key },
      })),
    )
    const map = await ask()
    expect(map.stages.map(({ key }) => key)).toEqual(own.map(({ key }) => key))
    expect(claimed(map)).toEqual(Object.fromEntries(many.map(({ key }) => [key, 1])))
    expect(map.meta).toMatchObject({ persons: 500, contacts: 1_000, events: 1_000 })
    for (const stage of map.stages) {
      const here = many.filter((one) => one.stage === stage.key).length
      expect([stage.key, stage.persons, stage.contacts]).toEqual([stage.key, here, here])
    }
    // v0 was at touchpoint 0 (stage 0) and 500 seconds later at touchpoint 500 (stage 20).
    expect(map.stages[0]?.after).toContainEqual({ stage: 'stage_20', persons: 9, share: 9 / 17 })
    const { body } = await call<MapPersons>(
      `/journey-map/persons${PERIOD}&stage=stage_39&touchpoint=touchpoint_999`,
    )
    expect(body.items).toHaveLength(1)
  })
})

describe('a change of thresholds', () => {
  test('moves what is kept at once, before the history is classified anew', async () => {
    const answers = Array.from({ length: 60 }, (_, n) => ({
      who: `p${n}`,
      at: START + n * MINUTE,
      name: 'Standard Measured',
      touchpoint: 'chat',
      measure: 'first_answer_seconds',
      measured: n * 10,
    }))
    await record(answers)
    // Good up to 120 s: persons 0…12; bad beyond 600 s: nobody.
    const usual = placeOf(await ask(), 'contact', 'chat')
    expect(usual?.kept).toMatchObject({ n: 60, mean: (13 + 47 / 2) / 60 })
    // What a standard measured is a contact even if nobody told of it.
    expect(usual).toMatchObject({ persons: 60, contacts: 60 })
    const strict = touchpoints.map((one) =>
      one.key === 'chat'
        ? { ...one, standards: one.standards.map((standard) => ({ ...standard, good: 50, bad: 290 })) }
        : one,
    )
    const { status } = await call('/touchpoints/publish', { baseVersion: 1, stages, touchpoints: strict })
    expect(status).toBe(200)
    // Good up to 50 s: persons 0…5; bad beyond 290 s: persons 30…59.
    const { body } = await call<JourneyMap>(`/journey-map${PERIOD}`)
    expect(placeOf(body, 'contact', 'chat')?.kept).toMatchObject({ n: 60, mean: (6 + 24 / 2) / 60 })
    await reclassifierOf(app.deps).idle()
  })
})
