import { expect, it } from 'vitest'
import { readDemoOptions } from '../options.ts'
import { drawAdCosts } from './draw-ad-costs.ts'

const NOON = Date.UTC(2026, 10, 22, 12)
const options = readDemoOptions({ persons: '3000', days: '200', end: '2026-11-22' }, NOON)
const costs = drawAdCosts(options)

it('the same seed makes the same costs, another makes others', () => {
  expect(drawAdCosts(options)).toEqual(costs)
  expect(drawAdCosts({ ...options, seed: options.seed + 1 })).not.toEqual(costs)
})

it('a day of a campaign stands once, within the days of the shop, with a sum to pay', () => {
  const keys = costs.map(({ day, source, medium, campaign }) => [day, source, medium, campaign].join(' '))
  expect(new Set(keys).size).toBe(costs.length)
  const days = costs.map(({ day }) => day).sort()
  expect([days[0], days.at(-1)]).toEqual(['2026-05-06', '2026-11-21'])
  expect(costs.every(({ amount }) => Number.isSafeInteger(amount) && amount > 0)).toBe(true)
  expect(costs.every(({ clicks, impressions }) => (clicks ?? 0) <= (impressions ?? 0))).toBe(true)
})

it('ads for the young cost nothing before the young come', () => {
  const first = costs.find(({ source }) => source === 'tiktok')?.day
  expect(first).toBe('2026-10-11')
})

it('what is paid by month stands on the first of it', () => {
  const bloggers = costs.filter(({ medium }) => medium === 'blogger').map(({ day }) => day)
  expect(bloggers).toEqual([
    '2026-06-01',
    '2026-07-01',
    '2026-08-01',
    '2026-09-01',
    '2026-10-01',
    '2026-11-01',
  ])
})
