import { expect, test } from 'vitest'
import type { TrendPoint } from '../contract.ts'
import { audienceSegment } from './audience-segment.ts'
import { readChangesSearch } from './changes-search.ts'
import { toneOf } from './tone-of.ts'
import { drawTrend } from './trend-scale.ts'

test('an address keeps what makes sense and loses what doesn’t', () => {
  const search = { place: 'phone_call.price_same', audience: 'region:Одеська', sample: 0.1 }
  expect(readChangesSearch({ ...search, days: 30 })).toEqual(search)
  expect(readChangesSearch({ place: '<b>', audience: 'everybody', sample: 7 })).toEqual({})
})

test('an audience becomes a segment of the same persons', () => {
  expect(audienceSegment('device:phone')).toEqual({ about: 'device', is: 'phone' })
  expect(audienceSegment('origin:social_page/tik/tok')).toEqual({
    all: [
      { about: 'touch', which: 'first', by: 'touchpoint', values: ['social_page'] },
      { about: 'touch', which: 'first', by: 'source', values: ['tik/tok'] },
    ],
  })
  expect(audienceSegment('city:Новоград: Волинський')).toEqual({
    about: 'trait',
    where: { field: 'traits.city', op: 'equals', value: 'Новоград: Волинський' },
  })
  expect(audienceSegment('visit:new')).toBeUndefined()
  expect(audienceSegment('')).toBeUndefined()
})

test('slower is worse, more kept is better, who comes is neither', () => {
  expect(toneOf({ metric: 'speed', before: 1, after: 2 })).toBe('lost')
  expect(toneOf({ metric: 'kept', before: 0.5, after: 0.9 })).toBe('won')
  expect(toneOf({ metric: 'share', before: 0, after: 0.3 })).toBe('even')
})

test('weeks without a value leave a gap in the line, and none at all leave no picture', () => {
  const point = (value: number | null): TrendPoint => ({
    day: '2026-01-05',
    n: 50,
    value,
    low: value,
    high: value,
  })
  const shape = drawTrend([point(0.2), point(0.4), point(null), point(0.6)])
  expect(shape).toMatchObject({ line: 'M0.0 66.67L333.3 33.33', dots: 'M1000.0 0.00L1000.0 0.00' })
  expect(shape).toMatchObject({ low: 0, high: 0.6 })
  expect(drawTrend([point(null)])).toBeUndefined()
})
