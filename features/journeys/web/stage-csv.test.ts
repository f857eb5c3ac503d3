import { expect, test } from 'vitest'
import type { TrendPoint } from '../contract.ts'
import { toTrendCsv } from './stage-csv.ts'

const point = (own: Partial<TrendPoint>): TrendPoint => ({
  fromDay: '2026-09-07',
  toDay: '2026-09-13',
  persons: 240,
  contacts: 300,
  said: null,
  kept: null,
  heard: 0,
  measured: 0,
  ...own,
})

test('numbers from a hundred persons on, a range from thirty on, nothing below', () => {
  const lines = toTrendCsv([
    point({
      said: { n: 120, mean: 37.123456, low: 30, high: 44 },
      kept: { n: 40, mean: 0.5, low: 0.35, high: 0.65 },
    }),
    point({ fromDay: '2026-09-14', toDay: '2026-09-20', said: { n: 29, mean: -100, low: -100, high: -90 } }),
  ]).split('\r\n')
  expect(lines).toEqual([
    '\ufefffrom,to,persons,contacts,said_n,said_mean,said_low,said_high,kept_n,kept_mean,kept_low,kept_high',
    '2026-09-07,2026-09-13,240,300,120,37.1235,30,44,40,,0.35,0.65',
    '2026-09-14,2026-09-20,240,300,,,,,,,,',
    '',
  ])
})
