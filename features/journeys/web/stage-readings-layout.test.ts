import { expect, test } from 'vitest'
import type { ReadingBin } from '../contract.ts'
import { listTicks, outcomesOf } from './stage-readings-layout.ts'

const bin = (from: number | null, to: number | null, n: number, outcome: ReadingBin['outcome']) => ({
  from,
  to,
  n,
  outcome,
})
const bins = [
  bin(null, 60, 10, 'kept'),
  bin(60, 120, 30, 'kept'),
  bin(120, 300, 20, 'between'),
  bin(300, 600, 20, 'between'),
  bin(600, null, 20, 'missed'),
]

test('outcomes are shares of all readings', () => {
  expect(outcomesOf({ bins, readings: 100 }).map(({ outcome, share }) => [outcome, share])).toEqual([
    ['kept', 0.4],
    ['between', 0.4],
    ['missed', 0.2],
  ])
  expect(outcomesOf({ bins: [], readings: 0 }).every(({ share }) => share === 0)).toBe(true)
})

test('thresholds are named first, other edges where there is room', () => {
  const standard = { good: 120, bad: 600 } as Parameters<typeof listTicks>[1]
  expect(listTicks(bins, standard)).toEqual([
    { value: 60, at: 0.2, tone: 'quiet' },
    { value: 120, at: 0.4, tone: 'won' },
    { value: 300, at: 0.6, tone: 'quiet' },
    { value: 600, at: 0.8, tone: 'lost' },
  ])
  const many = Array.from({ length: 20 }, (_, index) => bin(index * 60, index * 60 + 60, 1, 'kept' as const))
  const ticks = listTicks(many, standard)
  expect(ticks.filter(({ tone }) => tone !== 'quiet').map(({ value }) => value)).toEqual([120, 600])
  for (const [index, { at }] of ticks.slice(1).entries())
    expect(at - (ticks[index]?.at ?? 0)).toBeGreaterThanOrEqual(0.17)
})
