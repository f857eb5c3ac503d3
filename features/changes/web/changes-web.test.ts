import { expect, test } from 'vitest'
import type { Registry } from '../../touchpoints/contract.ts'
import type { TrendPoint } from '../contract.ts'
import { audienceSegment, isSameDefinition } from './audience-segment.ts'
import { type ChangesSearch, keepKnown, readChangesSearch } from './changes-search.ts'
import { chooseHeadline } from './choose-headline.ts'
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

test('a segment is the audience’s, however the store and the editor wrote it', () => {
  const own = { about: 'device', is: 'phone' } as const
  expect(isSameDefinition({ is: 'phone', about: 'device' }, own)).toBe(true)
  expect(isSameDefinition({ all: [own] }, own)).toBe(true)
  expect(isSameDefinition({ not: own }, own)).toBe(false)
  expect(isSameDefinition({ all: [own, { about: 'known', is: true }] }, own)).toBe(false)
  expect(isSameDefinition({ ...own, is: 'computer' }, own)).toBe(false)
})

test('a link to what the shop hasn’t any more asks for the whole path, or for everybody', () => {
  const standard = { measure: 'lcp', direction: 'at_most', good: 1, bad: 2, unit: 's', basis: 'mean' }
  const touchpoint = (key: string, measures: string[], more: object = {}) => ({
    ...{ key, stage: 'choice', isOn: true, ...more },
    standards: measures.map((measure) => ({ ...standard, measure })),
  })
  const touchpoints = [
    touchpoint('page', ['lcp', 'cls']),
    touchpoint('chat', ['wait']),
    touchpoint('off', [], { isOn: false }),
    touchpoint('lost', [], { stage: 'gone' }),
  ]
  const registry = { stages: [{ key: 'choice' }], touchpoints } as unknown as Registry
  const ask = (place?: string, audience?: string) =>
    keepKnown({ place, audience, sample: 0.1 } as ChangesSearch, registry, [{ key: 'device:phone' }])
  expect(ask('page.lcp', 'device:phone')).toEqual({
    place: 'page.lcp',
    audience: 'device:phone',
    sample: 0.1,
  })
  expect(ask('chat')).toEqual({ place: 'chat', sample: 0.1 })
  // Its measures aren't told apart any more, or this one is gone.
  expect(ask('chat.wait').place).toBe('chat')
  expect(ask('page.tbt').place).toBe('page')
  for (const gone of ['teleport', 'teleport.wait', 'off', 'lost', undefined])
    expect(ask(gone, 'device:watch')).toEqual({ sample: 0.1 })
})

test('the newest week is a number from 100 persons on, below that a range, and long ago it is nothing', () => {
  const told = (n: number): TrendPoint => ({ day: '2026-01-05', n, value: 0.5, low: 0.4, high: 0.6 })
  const few: TrendPoint = { day: '2026-01-12', n: 29, value: null, low: null, high: null }
  const range = { low: 0.4, high: 0.6 }
  expect(chooseHeadline([few, told(100)])).toMatchObject({ number: 0.5, range, isLast: true })
  expect(chooseHeadline([told(500), told(99)])).toMatchObject({ number: undefined, range, isLast: true })
  expect(chooseHeadline([told(100), few, few, few, few])).toMatchObject({ number: 0.5, isLast: false })
  expect(chooseHeadline([told(100), few, few, few, few, few])).toBeUndefined()
  expect(chooseHeadline([])).toBeUndefined()
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
