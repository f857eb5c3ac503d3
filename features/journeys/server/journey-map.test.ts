import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestApp, type TestApp } from '../../../test/test-app.ts'
import type { JourneyMap } from '../contract.ts'
import { type ContactSketch, sketchContacts } from './testing/record-contacts.ts'

const HOUR = 3_600_000
const START = Date.UTC(2026, 8, 1, 9)
const NOW = Date.UTC(2026, 9, 1, 12)
let shopApp: TestApp

beforeAll(async () => {
  shopApp = await openTestApp({ now: () => NOW })
})
afterAll(() => shopApp.close())

async function record(contacts: readonly ContactSketch[], shop = shopApp.shop): Promise<void> {
  await shopApp.deps.writer.write(sketchContacts(shop, contacts), [])
}

async function ask(query = ''): Promise<{ status: number; map: JourneyMap }> {
  const answer = await shopApp.as('viewer')({ url: `/api/shops/${shopApp.shop}/journey-map${query}` })
  return { status: answer.statusCode, map: answer.json() }
}

describe('an empty shop', () => {
  test('has all stages, nobody in them, and nothing to say', async () => {
    const { status, map } = await ask()
    expect(status).toBe(200)
    expect(map.stages.map(({ key }) => key)).toHaveLength(10)
    expect(map.stages[0]).toMatchObject({ persons: 0, said: null, kept: null, next: null, after: [] })
    expect(map.meta).toMatchObject({
      persons: 0,
      contacts: 0,
      events: 0,
      unidentifiedShare: 0,
      segment: 'all',
    })
    expect(map.sentences).toEqual({ better: null, worse: null, next: null })
    expect(map.compared).toBeNull()
  })
})

describe('a path', () => {
  test('is counted by persons and contacts, with the way a visit came as a contact of its own', async () => {
    await record([
      { who: 'a', at: START, kind: 'page', arrival: 'search_ad', touchpoint: 'landing_page' },
      { who: 'a', at: START + HOUR, kind: 'page', touchpoint: 'product_page' },
      { who: 'b', at: START, kind: 'page', touchpoint: 'product_page' },
      { who: 'b', at: START + HOUR, kind: 'page', touchpoint: 'product_page' },
      { who: 'b', at: START + 3 * HOUR, name: 'Order Completed', touchpoint: 'checkout', order: 'O1' },
    ])
    const { map } = await ask('?from=2026-09-01&to=2026-10-01')
    const stage = (key: string) => map.stages.find((one) => one.key === key)
    expect(stage('search')).toMatchObject({
      persons: 1,
      contacts: 1,
      next: { share: 1, medianSeconds: 0 },
    })
    expect(stage('site')).toMatchObject({
      persons: 2,
      contacts: 3,
      next: { share: 0.5, medianSeconds: 3 * 3600 },
    })
    expect(stage('site')?.after).toEqual([
      { stage: null, persons: 1, share: 0.5 },
      { stage: 'order', persons: 1, share: 0.5 },
    ])
    expect(stage('site')?.touchpoints.find(({ key }) => key === 'product_page')).toMatchObject({
      persons: 2,
      contacts: 3,
      reach: 1,
      said: null,
    })
    expect(map.meta).toMatchObject({ persons: 2, contacts: 6, events: 5, unidentifiedShare: 1 })
  })
})

test('a question that makes no sense is refused in words', async () => {
  for (const query of [
    '?from=yesterday',
    '?from=2026-02-01&to=2026-01-01',
    '?segment=nobody',
    '?compare=all',
    '?from=1990-01-01',
  ]) {
    const { status, map } = await ask(query)
    expect(status, query).toBe(400)
    expect(map).toMatchObject({ error: { code: 'validation_failed' } })
  }
})
