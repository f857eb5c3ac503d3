import { expect, test } from 'vitest'
import type { ChannelMix } from '../contract.ts'
import { findNews, hasNoCare } from './find-news.ts'

type Group = ChannelMix['groups'][number]

/** A group whose means have an interval of four points to each side. */
function group(key: Group['key'], raw: number | null, adjusted: number | null, n = 200): Group {
  const estimate = (mean: number | null) =>
    mean === null ? null : { n, mean, low: mean - 4, high: mean + 4 }
  const said = { persons: n, orders: n, heardShare: 0.5, raw: estimate(raw), adjusted: estimate(adjusted) }
  const none = { share: null, revenueShare: null, boughtOut: null }
  return { key, orders: n, persons: n, value: 0, problems: 0, ...none, said, recommendation: said }
}

test.each([
  [[group('none', 60, 55), group('classic', 30, 48)], 'shrinks'],
  [[group('none', 60, 56), group('classic', 30, 31)], 'stays'],
  [[group('none', 60, 45), group('classic', 30, 44)], 'gone'],
  [[group('none', 60, 40), group('classic', 30, 50)], 'turns'],
  [[group('none', 60, 40), group('classic', 30, null)], 'unknown'],
] as const)(
  'the most and the least content are told, and what adjusting does: case %#',
  (groups, verdict) => {
    const news = findNews(groups)
    expect([news?.best.key, news?.worst.key, news?.raw, news?.verdict]).toEqual([
      'none',
      'classic',
      { by: 30, isSure: true },
      verdict,
    ])
  },
)

test('of few, and of one group alone, nothing is said', () => {
  expect(findNews([group('none', 60, 50), group('classic', 30, 50, 99)])).toBeUndefined()
  expect(findNews([])).toBeUndefined()
})

test('a shop in which nobody asked is told from one without orders', () => {
  const none = group('none', null, null)
  expect(hasNoCare({ orders: 200, groups: [none, { ...none, key: 'both', orders: 0 }] })).toBe(true)
  expect(hasNoCare({ orders: 200, groups: [none, { ...none, key: 'both' }] })).toBe(false)
  expect(hasNoCare({ orders: 0, groups: [] })).toBe(false)
})
