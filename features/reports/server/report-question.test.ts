import { describe, expect, test } from 'vitest'
import { startOfDay } from '../../../kernel/time.ts'
import type { ReportQuestion } from '../contract.ts'
import { findSampleBound } from './report-ground.ts'
import { readReportQuestion } from './report-question.ts'

const shop = { timeZone: 'Europe/Kyiv' }
const NOW = Date.UTC(2026, 10, 23, 12)
const read = (asked: ReportQuestion) => readReportQuestion(asked, shop, NOW)
const day = (text: string) => startOfDay(Date.parse(`${text}T00:00:00Z`) / 86_400_000, shop.timeZone)

describe('the question that all reports share', () => {
  test('asks of the last 90 days, today included, of everybody', () => {
    expect(read({})).toEqual({ period: { from: day('2026-08-26'), to: day('2026-11-24') } })
  })

  test('takes days of the shop and instants', () => {
    expect(read({ from: '2026-03-01', to: '2026-03-02T10:00:00Z' }).period).toEqual({
      from: day('2026-03-01'),
      to: Date.UTC(2026, 2, 2, 10),
    })
  })

  test('compares with as many days before, though the clock is moved in between', () => {
    const { compare } = read({ from: '2026-03-29', to: '2026-03-31', segment: 4, compare: 'previous' })
    expect(compare).toEqual({ period: { from: day('2026-03-27'), to: day('2026-03-29') }, segment: 4 })
    const hours = read({ from: '2026-03-01T00:00:00Z', to: '2026-03-01T06:00:00Z', compare: 'previous' })
    expect(hours.compare?.period.from).toBe(Date.UTC(2026, 1, 28, 18))
  })

  test('compares one segment with another in the same period', () => {
    const { period, compare } = read({ segment: 4, compare: 'segment:7' })
    expect(compare).toEqual({ period, segment: 7 })
  })

  test('forgets a sample that is everybody', () => {
    expect(read({ sample: 1 })).not.toHaveProperty('sample')
    expect(read({ sample: 0.1 }).sample).toBe(0.1)
  })

  test.each<[ReportQuestion]>([
    [{ from: '2026-02-30' }],
    [{ from: 'yesterday' }],
    [{ from: '2026-03-02', to: '2026-03-02' }],
    [{ from: '2026-03-02', to: '2026-03-01' }],
    [{ from: '2001-01-01', to: '2026-01-01' }],
    [{ sample: 0 }],
    [{ sample: 0.000001 }],
    [{ sample: Number.NaN }],
    [{ compare: 'last year' }],
    [{ compare: 'segment:' }],
    [{ compare: 'segment:0' }],
    [{ segment: 7, compare: 'segment:7' }],
  ])('refuses %j with what to do', (asked) => {
    expect(() => read(asked)).toThrow(expect.objectContaining({ code: 'bad_request' }))
  })
})

test('the bound of a sample is that share of all hashes', () => {
  expect(findSampleBound(0.5)).toBe((2n ** 63n).toString())
  expect(BigInt(findSampleBound(0.1)) * 10n).toBeLessThanOrEqual(2n ** 64n)
  expect(BigInt(findSampleBound(0.0001))).toBeGreaterThan(0n)
})
