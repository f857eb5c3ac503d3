import { expect, test } from 'vitest'
import { placeOfTime, ticksOfTimes } from './time-scale.ts'

const edge = (bin: number) => (bin === 0 ? 0 : 2 ** ((bin - 1) / 4))
const bins = Array.from({ length: 88 }, (_, bin) => ({ from: edge(bin), to: edge(bin + 1), n: 1 }))

test('every bin is as wide as the others, the one below a second too', () => {
  for (const [index, { from }] of bins.entries()) expect(placeOfTime(bins, from)).toBeCloseTo(index / 88, 10)
  expect(placeOfTime(bins, 1e12)).toBe(1)
  expect(placeOfTime([], 5)).toBe(0)
})

test('times along the axis don’t run into each other', () => {
  const places = ticksOfTimes(bins).map((seconds) => placeOfTime(bins, seconds))
  expect(places.length).toBeGreaterThan(4)
  for (const [index, place] of places.entries())
    if (index > 0) expect(place - (places[index - 1] as number)).toBeGreaterThan(0.1)
  expect(ticksOfTimes([])).toEqual([])
})
