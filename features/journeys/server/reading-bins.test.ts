import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Standard } from '../../touchpoints/contract.ts'
import { badnessEdges, listEdges, signOf, toBins } from './reading-bins.ts'

const standard = (own: Partial<Standard>): Standard => ({
  measure: 'first_answer_seconds',
  direction: 'at_most',
  good: 120,
  bad: 600,
  unit: 's',
  basis: 'each',
  source: 'S',
  ...own,
})

/** As the statement counts them: how many edges lie below the reading. */
function bin(one: Standard, readings: readonly number[]) {
  const edges = badnessEdges(one)
  const counts = new Map<number, number>()
  for (const reading of readings) {
    const index = edges.filter((edge) => reading * signOf(one) > edge).length
    counts.set(index, (counts.get(index) ?? 0) + 1)
  }
  return toBins(one, counts)
}

test('the thresholds are edges, and no sliver lies beside them', () => {
  expect(listEdges(standard({}))).toEqual(
    [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14400, 28800, 43200].concat(
      [1, 2, 3, 5, 7, 14, 30, 60].map((days) => days * 86_400),
    ),
  )
  expect(listEdges(standard({ good: 110, bad: 620 }))).not.toContain(120)
})

test('a reading on a threshold is still good, or still not bad', () => {
  expect(
    bin(standard({}), [60, 120, 121, 600, 601]).map(({ from, to, n, outcome }) => [from, to, n, outcome]),
  ).toEqual([
    [30, 60, 1, 'kept'],
    [60, 120, 1, 'kept'],
    [120, 300, 1, 'between'],
    [300, 600, 1, 'between'],
    [600, 1200, 1, 'missed'],
  ])
})

test('where more is better the bins rise all the same', () => {
  const results = standard({ measure: 'results', direction: 'at_least', good: 3, bad: 1, unit: 'count' })
  const bins = bin(results, [0, 1, 2, 3, 40])
  expect(bins.map(({ from, outcome }) => [from, outcome])).toEqual([
    [0, 'missed'],
    [1, 'between'],
    [2, 'between'],
    [3, 'kept'],
    [4, 'kept'],
    [5, 'kept'],
    [6, 'kept'],
  ])
})

test('yes and no are two bins', () => {
  const whole = standard({ measure: 'parcel_whole', direction: 'at_least', good: 1, bad: 1, unit: 'yes_no' })
  expect(bin(whole, [1, 1, 0])).toEqual([
    { from: null, to: 1, n: 1, outcome: 'missed' },
    { from: 1, to: null, n: 2, outcome: 'kept' },
  ])
  const asked = standard({ measure: 'asked_where', direction: 'at_most', good: 0, bad: 0, unit: 'yes_no' })
  expect(bin(asked, [1, 0, 0]).map(({ n, outcome }) => [n, outcome])).toEqual([
    [2, 'kept'],
    [1, 'missed'],
  ])
})

test('days late stand on their own, early ones too', () => {
  const late = standard({ measure: 'days_late', good: 0, bad: 1, unit: 'days' })
  expect(bin(late, [-2, 0, 1, 2]).map(({ to, outcome }) => [to, outcome])).toEqual([
    [-2, 'kept'],
    [-1, 'kept'],
    [0, 'kept'],
    [1, 'between'],
    [2, 'missed'],
  ])
})

test('nothing measured is no bins', () => expect(bin(standard({}), [])).toEqual([]))

test('every reading lies in one bin, which judges it as the standard does', () => {
  const units = fc.constantFrom<Standard['unit']>(
    'ms',
    's',
    'min',
    'h',
    'days',
    'share',
    'count',
    'clicks',
    'yes_no',
  )
  const ends = fc.tuple(
    fc.double({ min: -50, max: 5000, noNaN: true }),
    fc.double({ min: 0, max: 5000, noNaN: true }),
  )
  fc.assert(
    fc.property(
      units,
      ends,
      fc.boolean(),
      fc.double({ min: -100, max: 1e7, noNaN: true }),
      (unit, [low, more], isMost, reading) => {
        const [good, bad] = isMost ? [low, low + more] : [low + more, low]
        const one = standard({ unit, good, bad, direction: isMost ? 'at_most' : 'at_least' })
        const sign = signOf(one)
        const outcome =
          sign * reading <= sign * good ? 'kept' : sign * reading <= sign * bad ? 'between' : 'missed'
        expect(bin(one, [reading])).toMatchObject([{ n: 1, outcome }])
      },
    ),
  )
})
