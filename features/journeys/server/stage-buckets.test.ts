import { expect, test } from 'vitest'
import { formatDay, localDay, parseDay, startOfDay } from '../../../kernel/time.ts'
import { type BucketLength, cutPeriod } from './stage-buckets.ts'

const KYIV = 'Europe/Kyiv'
const start = (day: string) => startOfDay(parseDay(day) ?? 0, KYIV)

function cut(from: string, to: string, by?: BucketLength) {
  const { parts, by: found } = cutPeriod({ from: start(from), to: start(to) }, KYIV, by)
  const days = parts.map((part) =>
    [part.from, part.to - 1].map((ms) => formatDay(localDay(ms, KYIV))).join('…'),
  )
  return { by: found, days, parts }
}

test.each([
  ['2026-09-01', '2026-09-02', 'day', 1],
  ['2026-09-01', '2026-10-02', 'day', 31],
  ['2026-09-01', '2026-10-03', 'week', 5],
  ['2026-08-26', '2026-11-24', 'week', 14],
  ['2026-01-01', '2026-12-31', 'month', 12],
  ['2019-01-01', '2026-12-31', 'month', 96],
])('from %s to %s it is by %s, %i parts', (from, to, by, n) => {
  const found = cut(from, to)
  expect(found.by).toBe(by)
  expect(found.days).toHaveLength(n)
})

test('weeks begin on Monday, and both ends are cut to the period', () => {
  expect(cut('2026-09-02', '2026-09-24', 'week').days).toEqual([
    '2026-09-02…2026-09-06',
    '2026-09-07…2026-09-13',
    '2026-09-14…2026-09-20',
    '2026-09-21…2026-09-23',
  ])
})

test('months are those of the calendar, over the end of a year too', () => {
  expect(cut('2025-12-15', '2026-03-01', 'month').days).toEqual([
    '2025-12-15…2025-12-31',
    '2026-01-01…2026-01-31',
    '2026-02-01…2026-02-28',
  ])
})

test('parts follow each other without a gap, on the day the clock is moved too', () => {
  const { parts } = cut('2026-10-20', '2026-10-30')
  for (const [index, part] of parts.entries()) expect(part.from).toBe(parts[index - 1]?.to ?? part.from)
  expect(parts[5]).toEqual({ from: start('2026-10-25'), to: start('2026-10-26') })
  expect((parts[5]?.to ?? 0) - (parts[5]?.from ?? 0)).toBe(25 * 3_600_000)
})

test('years by day are refused', () => {
  expect(() => cut('2024-01-01', '2026-01-01', 'day')).toThrow('more than 400 parts')
})
