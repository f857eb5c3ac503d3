import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestApp, type TestApp } from '../../../test/test-app.ts'
import type { JourneyMap, MapPersons } from '../contract.ts'
import { type ContactSketch, identityOf, sketchContacts } from './testing/record-contacts.ts'

const MINUTE = 60_000
const DAY = 86_400_000
const START = Date.UTC(2026, 8, 5, 9)
let now = Date.UTC(2026, 9, 1, 12)
let shopApp: TestApp

beforeAll(async () => {
  shopApp = await openTestApp({ now: () => now })
  await record(makeShop())
})
afterAll(() => shopApp.close())

/**
 * 260 persons who asked in a chat: the n-th was answered after n · 4 seconds and says so, from 1 down to −1. 40 of
 * them ordered, every second parcel came two days late; 25 of these said how it was.
 */
function makeShop(): ContactSketch[] {
  const contacts: ContactSketch[] = []
  for (let n = 0; n < 260; n++) {
    const who = `p${n}`
    const at = START + n * MINUTE
    contacts.push({ who, at, name: 'Contact Started', touchpoint: 'chat' })
    contacts.push({
      who,
      at,
      name: 'Standard Measured',
      touchpoint: 'chat',
      measure: 'first_answer_seconds',
      measured: n * 4,
    })
    contacts.push({
      who,
      at: at + MINUTE,
      name: 'Feedback Given',
      touchpoint: 'chat',
      valence: 1 - Math.floor(n / 52) / 2,
    })
    if (n >= 40) continue
    const order = `O${n}`
    contacts.push({ who, at: at + DAY, name: 'Order Completed', touchpoint: 'checkout', order })
    contacts.push({ who, at: at + 3 * DAY, name: 'Contact Started', touchpoint: 'chat' })
    contacts.push({
      who,
      at: at + 4 * DAY,
      name: 'Standard Measured',
      touchpoint: 'carrier',
      measure: 'days_late',
      measured: n % 2 === 0 ? 2 : 0,
    })
    contacts.push({ who, at: at + 4 * DAY, name: 'Order Delivered', touchpoint: 'branch', order })
    if (n < 25)
      contacts.push({
        who,
        at: at + 5 * DAY,
        name: 'Feedback Given',
        touchpoint: 'survey',
        valence: n % 2 === 0 ? -1 : 1,
      })
  }
  return contacts
}

async function record(contacts: readonly ContactSketch[]): Promise<void> {
  await shopApp.deps.writer.write(sketchContacts(shopApp.shop, contacts), [])
  // An answer that is older than this is made anew.
  now += 10 * MINUTE
}

async function ask<T = JourneyMap>(query = '', path = ''): Promise<T> {
  const url = `/api/shops/${shopApp.shop}/journey-map${path}?from=2026-09-01&to=2026-10-01${query}`
  return (await shopApp.as('viewer')({ url })).json()
}

async function askPlace(key: string, query = '') {
  const map = await ask(query)
  return map.stages.flatMap(({ touchpoints }) => touchpoints).find((one) => one.key === key)
}

describe('what customers said and what the shop kept', () => {
  test('are means over persons with their intervals', async () => {
    const chat = await askPlace('chat')
    expect(chat?.said).toMatchObject({ n: 260, mean: 0 })
    expect(chat?.said?.low).toBeCloseTo(-8.6, 0)
    expect(chat?.said?.high).toBeCloseTo(8.6, 0)
    // Good up to 120 s: persons 0…30; bad beyond 600 s: persons 151…259; in between 120.
    expect(chat?.kept).toMatchObject({ n: 260, mean: (31 + 120 / 2) / 260 })
    expect(chat?.heard).toEqual({ persons: 260, share: 1 })
    expect(chat?.measured).toBe(260)
  })

  test('are not shown below thirty persons', async () => {
    expect(await askPlace('survey')).toMatchObject({ said: null, heard: { persons: 25, share: 1 } })
  })

  test('what the standard lets expect follows from those who spoke', async () => {
    const chat = await askPlace('chat')
    expect(chat?.expected?.n).toBe(260)
    expect(chat?.expected?.mean).toBeCloseTo(0, 0)
    expect(chat?.expected?.low).toBeLessThan(-5)
    expect(await askPlace('carrier')).toMatchObject({ expected: null })
  })

  test('promises are counted', async () => {
    const delivery = (await ask()).stages.find(({ key }) => key === 'delivery')
    expect(delivery?.promises).toEqual({ kept: 20, broken: 20 })
    expect(delivery?.kept).toMatchObject({ n: 40, mean: 0.5 })
  })

  test('a chat while the order is on its way is delivery', async () => {
    const delivery = (await ask()).stages.find(({ key }) => key === 'delivery')
    expect(delivery?.touchpoints.find(({ key }) => key === 'chat')).toMatchObject({
      persons: 40,
      contacts: 40,
    })
  })
})

describe('segments', () => {
  test.each([
    ['ordered', 40],
    ['not_ordered', 220],
    ['bought_out', 40],
    ['refused', 0],
    ['late_parcel', 20],
    ['on_time_parcel', 20],
    ['new', 260],
    ['returning', 0],
    ['phone_visitors', 0],
    ['first_channel:site', 260],
    ['last_channel:phone', 0],
  ])('%s are %i persons', async (segment, persons) => {
    const { meta } = await ask(`&segment=${segment}`)
    expect(meta).toMatchObject({ persons, segment })
  })

  test('another segment beside the first', async () => {
    const { compared, meta } = await ask('&segment=late_parcel&compare=segment:on_time_parcel')
    expect([meta.persons, compared?.meta.persons]).toEqual([20, 20])
  })

  test('an unknown one is answered with the list', async () => {
    const answer = await ask<{ error: { details: { segments: string[] } } }>('&segment=first_channel:moon')
    expect(answer.error.details.segments).toContain('late_parcel')
  })
})

describe('the persons behind a figure', () => {
  const list = (query: string) => ask<MapPersons>(query, '/persons')

  test('come page by page, the last contact first', async () => {
    const seen: string[] = []
    let cursor = ''
    for (let page = 0; page < 4; page++) {
      const { items, nextCursor } = await list(`&stage=contact&touchpoint=chat&limit=100${cursor}`)
      seen.push(...items.map(({ id }) => id))
      if (nextCursor === null) break
      cursor = `&cursor=${nextCursor}`
    }
    expect(new Set(seen).size).toBe(260)
    expect(seen[0]).toBe(identityOf(shopApp.shop, 'p259'))
  })

  test.each([
    ['heard', 'contact', 200],
    ['missed', 'delivery', 20],
    ['kept', 'delivery', 20],
    ['left', 'contact', 200],
    ['left', 'receipt', 15],
  ])('%s at %s', async (kind, stage, n) => {
    const { items } = await list(`&stage=${stage}&kind=${kind}&limit=200`)
    expect(items).toHaveLength(n)
  })

  test('a stage that there isn’t is not found', async () => {
    expect(await list('&stage=moon')).toMatchObject({ error: { code: 'not_found' } })
  })
})

test('joining two visitors takes one person away, and parting them brings the person back', async () => {
  const { clickhouse } = shopApp.deps
  const { shop } = shopApp
  const link = { shop, identity: identityOf(shop, 'p1'), person: identityOf(shop, 'p0') }
  await clickhouse.insert('identity_links', [{ ...link, version: 1, deleted: 0 }])
  now += 10 * MINUTE
  expect((await ask()).meta).toMatchObject({ persons: 259, linkVersion: 1 })
  await clickhouse.insert('identity_links', [{ ...link, version: 2, deleted: 1 }])
  now += 10 * MINUTE
  expect((await ask()).meta).toMatchObject({ persons: 260, linkVersion: 2 })
})

test('new events are seen at the latest ten seconds later, and equal questions run once', async () => {
  const answers = await Promise.all([ask(), ask(), ask()])
  expect(new Set(answers.map(({ meta }) => meta.computedAt)).size).toBe(1)
  await shopApp.deps.writer.write(
    sketchContacts(shopApp.shop, [{ who: 'newcomer', at: START, touchpoint: 'chat' }]),
    [],
  )
  now += 5_000
  expect((await ask()).meta).toMatchObject({ persons: 260, computedAt: answers[0]?.meta.computedAt })
  now += 10 * MINUTE
  expect((await ask()).meta.persons).toBe(261)
})
