import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { USUAL_HOURS, type WorkingHours } from '../contract.ts'
import { type ContactSpan, joinContacts } from './contact-span.ts'
import { joinOrders, type OrderSpan } from './order-span.ts'
import { isSamePrice } from './prices.ts'
import { readPrice } from './read-properties.ts'
import { countWorkingTime } from './working-time.ts'

const time = fc.integer({ min: 0, max: 6 })
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined })
const dropMissing = <T extends object>(given: T): T =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as T

const contacts: fc.Arbitrary<ContactSpan> = fc
  .record({
    start: optional(
      fc.record({
        at: time,
        receivedAt: time,
        channel: fc.constantFrom('chat', 'phone'),
        identity: fc.constantFrom('a', 'b'),
        identityKind: fc.constant('user'),
        order: fc.constant(''),
        isOutgoing: fc.boolean(),
      }),
    ),
    answeredAt: optional(time),
    endedAt: optional(time),
    isMissed: optional(fc.constant(true)),
    solved: optional(fc.record({ at: time, is: fc.boolean() })),
    isGivenUp: optional(fc.constant(true)),
  })
  .map((given) => dropMissing(given) as ContactSpan)

const orders: fc.Arbitrary<OrderSpan> = fc
  .record({
    placed: optional(
      fc.record({ at: time, identity: fc.constantFrom('a', 'b'), identityKind: fc.constant('user') }),
    ),
    confirmedAt: optional(time),
    calledAt: optional(time),
  })
  .map((given) => dropMissing(given) as OrderSpan)

describe('what is known of a contact or an order', () => {
  it('is the same in whatever order its parts came and however often', () => {
    fc.assert(
      fc.property(contacts, contacts, contacts, (a, b, c) => {
        expect(joinContacts(a, b)).toEqual(joinContacts(b, a))
        expect(joinContacts(joinContacts(a, b), c)).toEqual(joinContacts(a, joinContacts(b, c)))
        expect(joinContacts(a, a)).toEqual(a)
      }),
    )
    fc.assert(
      fc.property(orders, orders, orders, (a, b, c) => {
        expect(joinOrders(a, b)).toEqual(joinOrders(b, a))
        expect(joinOrders(joinOrders(a, b), c)).toEqual(joinOrders(a, joinOrders(b, c)))
        expect(joinOrders(a, a)).toEqual(a)
      }),
    )
  })
})

const MINUTE_MS = 60_000
const zone = 'Europe/Kyiv'

/** Minute by minute, by the calendar of the platform. */
function countByMinutes(from: number, to: number, hours: WorkingHours): number {
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  })
  const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
  let count = 0
  for (let at = from; at < to; at += MINUTE_MS) {
    const parts = Object.fromEntries(clock.formatToParts(at).map(({ type, value }) => [type, value]))
    const minute = Number(parts.hour) * 60 + Number(parts.minute)
    const isDay = hours.days.includes(days.indexOf(parts.weekday as string) + 1)
    if (isDay && minute >= hours.opens && minute < hours.closes) count++
  }
  return count * MINUTE_MS
}

describe('working time', () => {
  it('is what a clock counts minute by minute, also where the hour changes', () => {
    const start = Date.UTC(2026, 2, 26)
    const minutes = fc.integer({ min: 0, max: 5 * 24 * 60 })
    fc.assert(
      fc.property(minutes, minutes, (a, b) => {
        const [from, to] = [start + Math.min(a, b) * MINUTE_MS, start + Math.max(a, b) * MINUTE_MS]
        expect(countWorkingTime(from, to, USUAL_HOURS, zone)).toBe(countByMinutes(from, to, USUAL_HOURS))
      }),
      { numRuns: 25 },
    )
  })

  it('skips the weekend, and is nothing backwards', () => {
    const friday = Date.parse('2026-03-06T15:00:00Z')
    const monday = Date.parse('2026-03-09T08:00:00Z')
    expect(countWorkingTime(friday, monday, USUAL_HOURS, zone)).toBe(2 * 60 * MINUTE_MS)
    expect(countWorkingTime(monday, friday, USUAL_HOURS, zone)).toBe(0)
  })

  it('of a clock that is wrong by centuries is counted for a year', () => {
    const days = countWorkingTime(0, Date.UTC(2250, 0), USUAL_HOURS, zone) / (9 * 60 * MINUTE_MS)
    expect(days).toBeGreaterThan(250)
    expect(days).toBeLessThan(270)
  })
})

describe('prices', () => {
  it('are the same within half a percent', () => {
    expect(isSamePrice(2_200, 2_210)).toBe(true)
    expect(isSamePrice(2_200, 2_212)).toBe(false)
    expect(isSamePrice(0.99, 0.99)).toBe(true)
  })

  it('are read as shops write them, and nothing else is one', () => {
    expect(['2 199,90', '2200', 15.5, '1 000'].map(readPrice)).toEqual([2_199.9, 2_200, 15.5, 1_000])
    expect(['', 'cheap', 0, -5, null, {}, '1e9', '1,2,3', Number.NaN].map(readPrice)).toEqual(
      new Array(9).fill(undefined),
    )
  })
})
