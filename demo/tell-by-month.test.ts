import { expect, it } from 'vitest'
import type { DemoMessage } from './messages/message-book.ts'
import { createWriter } from './messages/write-life.ts'
import { readDemoOptions } from './options.ts'
import { clock } from './simulate/arrivals.ts'
import { createLives } from './simulate/draw-life.ts'
import { tellByMonth } from './tell-by-month.ts'

const NOW = Date.UTC(2026, 10, 22, 12)
const options = readDemoOptions({ persons: '1500', end: '2026-11-22' }, NOW)

function tellAll(given = options): DemoMessage[] {
  return [...tellByMonth(given, 1_000)].flatMap(({ messages }) => messages)
}

const all = tellAll()

it('the same seed tells the same history, another seed another one', () => {
  expect(JSON.stringify(tellAll())).toBe(JSON.stringify(all))
  const other = tellAll({ ...options, seed: 2 })
  expect(other.map(({ timestamp }) => timestamp)).not.toEqual(all.map(({ timestamp }) => timestamp))
})

it('every message has an id of its own, and no two shops share one', () => {
  const ids = new Set(all.map(({ messageId }) => messageId))
  expect(ids.size).toBe(all.length)
  const others = tellAll({ ...options, truths: { ...options.truths, answer30: 0 } })
  expect(others.some(({ messageId }) => ids.has(messageId))).toBe(false)
})

it('nothing happens outside the days of the history', () => {
  const times = all.map(({ timestamp }) => Date.parse(timestamp)).sort((a, b) => a - b)
  // A look into the store may come on the day before the first visit.
  expect(times[0]).toBeGreaterThanOrEqual(clock(options.end - options.days - 2, 0))
  expect(times.at(-1)).toBeLessThan(clock(options.end, 0))
})

it('month by month everything is told that is told person by person', () => {
  const draw = createLives(options)
  const tell = createWriter(options)
  const ids = Array.from({ length: options.persons }, (_, index) => tell(draw(index))).flat()
  expect(all.map(({ messageId }) => messageId).sort()).toEqual(
    ids.map(({ message }) => message.messageId).sort(),
  )
})

it('those who came lately are told first, so that the map of the last weeks is whole early', () => {
  const portions = [...tellByMonth(options, 500)].filter(({ messages }) => messages.length > 0)
  const whenFirst = portions.findIndex(({ messages }) => (messages[0]?.timestamp ?? '') < '2026-01')
  const before = portions.slice(0, whenFirst).flatMap(({ messages }) => messages)
  expect(before.every(({ timestamp }) => timestamp > '2026-07')).toBe(true)
  const ofLastWeeks = ({ timestamp }: DemoMessage) => timestamp >= '2026-10-23'
  expect(before.filter(ofLastWeeks).length).toBeGreaterThan(0.85 * all.filter(ofLastWeeks).length)
  const counts = portions.map(({ persons }) => persons)
  expect(counts).toEqual(counts.toSorted((a, b) => a - b))
  expect(counts.at(-1)).toBe(options.persons)
})

it('portions hold what one partition of the store takes, and no more than asked for', () => {
  for (const { messages } of tellByMonth(options, 300)) {
    expect(messages.length).toBeLessThanOrEqual(300)
    expect(new Set(messages.map(({ timestamp }) => timestamp.slice(0, 7))).size).toBeLessThanOrEqual(2)
  }
})

/** All that a real shop's site, till, telephone and mailer could send; what the simulator alone knows is not among it. */
const FIELDS = new Set(
  `product_id name category price currency quantity query results template lcp inp cls place contact_id channel by operator
   topic quoted_price solved kind score scale_max touchpoint order_id case_id step value checkout_minutes total_unchanged
   promised_on total products payment_method delivery_method region reason first_try insert carrier tracking_number
   status_told shown_days first_reply_hours in_slot wait_minutes parcel_whole decision_days list campaign comment`.split(
    /\s+/,
  ),
)

it('no field tells what a real shop could not know', () => {
  const fields = new Set(all.flatMap(({ properties }) => Object.keys(properties ?? {})))
  expect([...fields].filter((field) => !FIELDS.has(field))).toEqual([])
  const traits = new Set(all.flatMap((message) => Object.keys(message.traits ?? {})))
  expect([...traits].sort()).toEqual(['age_group', 'city', 'name', 'phone'])
})

it('a person’s age is known only where it was asked', () => {
  const known = all.filter(({ type }) => type === 'identify')
  const asked = known.filter(({ traits }) => traits?.age_group !== undefined)
  expect(asked.length).toBeGreaterThan(50)
  expect(asked.length / known.length).toBeLessThan(0.3)
})
