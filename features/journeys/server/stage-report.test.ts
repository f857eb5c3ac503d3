import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestApp, type TestApp } from '../../../test/test-app.ts'
import type { JourneyMap, StageAnswer, StageWords } from '../contract.ts'
import { type ContactSketch, identityOf, sketchContacts } from './testing/record-contacts.ts'

const MINUTE = 60_000
const DAY = 86_400_000
const START = Date.UTC(2026, 8, 5, 9)
const NOW = Date.UTC(2026, 9, 1, 12)
const PERIOD = 'from=2026-09-01&to=2026-10-01'
let shopApp: TestApp

beforeAll(async () => {
  shopApp = await openTestApp({ now: () => NOW })
  await shopApp.deps.writer.write(makeShop(), [])
})
afterAll(() => shopApp.close())

/**
 * Of 260 persons the n-th asked in a chat on the day n mod 13, was answered after n · 4 seconds and said from 1 down
 * to −1. 40 of them ordered, and while the parcel was on its way asked again and waited an hour.
 */
function makeShop() {
  const contacts = Array.from({ length: 260 }, (_, n) => makePerson(n)).flat()
  const rows = sketchContacts(shopApp.shop, contacts)
  const comments = new Map([
    ['said-3', { comment: 'Швидко відповіли, дякую! 👍', kind: 'csat', score: 5 }],
    [
      'said-200',
      {
        comment: '<script>alert(1)</script>\u202e\u0007ждал\n\n\n\n\nдолго ',
        kind: 'stars',
        score: 2,
        scale_max: 10,
      },
    ],
    ['said-210', { comment: '   ' }],
    ['said-220', { comment: 'no score' }],
    ['asked-5', { comment: 'Де моя посилка?', kind: 'csat', score: 1, scale_max: 5 }],
  ])
  return rows.map((row) => {
    const said = comments.get(row.message_id)
    return said ? { ...row, properties: JSON.stringify(said) } : row
  })
}

function makePerson(n: number): ContactSketch[] {
  const who = `p${n}`
  const at = START + (n % 13) * DAY + n * MINUTE
  const chat = { who, touchpoint: 'chat' }
  const answered = { ...chat, name: 'Standard Measured', measure: 'first_answer_seconds' }
  const asked: ContactSketch[] = [
    { ...chat, at, name: 'Contact Started' },
    { ...answered, at, measured: n * 4 },
    {
      ...chat,
      at: at + MINUTE,
      name: 'Feedback Given',
      valence: 1 - Math.floor(n / 52) / 2,
      id: `said-${n}`,
    },
  ]
  if (n >= 40) return asked
  const order = { who, order: `O${n}` }
  return [
    ...asked,
    { ...order, at: at + DAY, name: 'Order Completed', touchpoint: 'checkout' },
    { ...answered, at: at + 2 * DAY, measured: 3600 },
    { ...chat, at: at + 2 * DAY, name: 'Feedback Given', valence: -1, id: `asked-${n}` },
  ]
}

async function ask<T>(path: string, query = ''): Promise<T> {
  const url = `/api/shops/${shopApp.shop}/journey-map${path}?${PERIOD}${query}`
  return (await shopApp.as('viewer')({ url })).json()
}
const askStage = (stage: string, query?: string) => ask<StageAnswer>(`/stage/${stage}`, query)
const askWords = (stage: string, query?: string) => ask<StageWords>(`/stage/${stage}/words`, query)

describe('the trend of a stage', () => {
  test.each(['', '&segment=ordered'])('as one part is the map of the period (%s)', async (segment) => {
    const map = await ask<JourneyMap>('', segment)
    for (const stage of map.stages) {
      const answer = await askStage(stage.key, `&by=month${segment}`)
      expect(answer.stage).toEqual(stage)
      const { persons, contacts, said, kept, heard, measured } = stage
      expect(answer.trend).toEqual([
        {
          fromDay: '2026-09-01',
          toDay: '2026-09-30',
          persons,
          contacts,
          said,
          kept,
          heard: heard.persons,
          measured,
        },
      ])
    }
  })

  test('is by day for a month, with the days on which nobody came', async () => {
    const { by, trend } = await askStage('contact')
    expect([by, trend.length]).toEqual(['day', 30])
    expect(trend.map(({ persons }) => persons)).toEqual([
      0,
      0,
      0,
      0,
      ...Array(13).fill(20),
      ...Array(13).fill(0),
    ])
    expect(trend[5]).toMatchObject({ fromDay: '2026-09-06', toDay: '2026-09-06', heard: 20, measured: 20 })
  })

  test('says nothing below thirty persons and gives a range from there on', async () => {
    const { trend } = await askStage('contact')
    expect(trend.every(({ said, kept }) => said === null && kept === null)).toBe(true)
    const weeks = (await askStage('contact', '&by=week')).trend
    expect(weeks.map(({ said }) => said?.n ?? null)).toEqual([40, 140, 80, null, null])
    for (const { said } of weeks) if (said) expect(said.low).toBeLessThan(said.mean)
  })

  test('of a shop without events has its parts and nobody in them', async () => {
    const url = `/api/shops/${shopApp.shop}/journey-map/stage/contact?from=2025-01-01&to=2025-03-01`
    const answer: StageAnswer = (await shopApp.as('viewer')({ url })).json()
    expect(answer.trend).toHaveLength(9)
    expect(answer.trend.every(({ persons, said }) => persons === 0 && said === null)).toBe(true)
    expect(answer.readings).toEqual([])
  })
})

describe('what was measured', () => {
  test('lies between the thresholds as the standard judges it', async () => {
    const { readings } = await askStage('contact')
    expect(readings).toHaveLength(1)
    const [chat] = readings
    expect(chat).toMatchObject({
      touchpoint: 'chat',
      standard: { measure: 'first_answer_seconds', good: 120, bad: 600 },
      readings: 260,
      persons: 260,
    })
    expect(chat?.quartiles?.half).toBeCloseTo(518, -1)
    const count = (outcome: string) =>
      chat?.bins.filter((bin) => bin.outcome === outcome).reduce((sum, { n }) => sum + n, 0)
    expect([count('kept'), count('between'), count('missed')]).toEqual([31, 120, 109])
  })

  test('while an order is on its way belongs to delivery', async () => {
    const { readings } = await askStage('delivery')
    expect(readings).toMatchObject([{ touchpoint: 'chat', readings: 40, persons: 40 }])
    expect(readings[0]?.bins).toMatchObject([{ from: 1800, to: 3600, n: 40, outcome: 'missed' }])
  })

  test('has no picture below thirty persons', async () => {
    const few: StageAnswer = (
      await shopApp.as('viewer')({
        url: `/api/shops/${shopApp.shop}/journey-map/stage/contact?from=2026-09-05&to=2026-09-06`,
      })
    ).json()
    expect(few.readings).toMatchObject([{ persons: 20, quartiles: null, bins: [] }])
  })
})

describe('words', () => {
  test('come the latest first, as plain text, with whom they are of', async () => {
    const { items, nextCursor } = await askWords('contact')
    expect(nextCursor).toBeNull()
    expect(items.map(({ text, score, said }) => ({ text, score, said }))).toEqual([
      { text: 'no score', score: null, said: -100 },
      { text: '<script>alert(1)</script>ждал\n\nдолго', score: { value: 2, of: 10 }, said: -50 },
      { text: 'Швидко відповіли, дякую! 👍', score: { value: 5, of: 5 }, said: 100 },
    ])
    expect(items[2]).toMatchObject({
      touchpoint: 'chat',
      person: { id: identityOf(shopApp.shop, 'p3'), name: null },
    })
  })

  test('of a chat about a parcel on its way belong to delivery', async () => {
    expect((await askWords('delivery')).items.map(({ text }) => text)).toEqual(['Де моя посилка?'])
    expect((await askWords('delivery', '&touchpoint=carrier')).items).toEqual([])
  })

  test('come page by page', async () => {
    const first = await askWords('contact', '&limit=2')
    const second = await askWords('contact', `&limit=2&cursor=${first.nextCursor}`)
    expect([first, second].map(({ items }) => items.length)).toEqual([2, 1])
    expect(second.nextCursor).toBeNull()
  })
})

test.each([
  ['/stage/moon', '', 'not_found'],
  ['/stage/moon/words', '', 'not_found'],
  ['/stage/contact/words', '&touchpoint=moon', 'not_found'],
  ['/stage/contact/words', '&cursor=moon', 'bad_request'],
  ['/stage/contact', '&by=year', 'validation_failed'],
  ['/stage/contact', '&segment=moon', 'validation_failed'],
])('%s%s is refused: %s', async (path, query, code) => {
  expect(await ask(path, query)).toMatchObject({ error: { code } })
})
