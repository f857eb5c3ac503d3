import { expect, test } from 'vitest'
import { createPrng } from '../../../../kernel/prng.ts'
import { drawBinomial } from '../testing/simulate-figures.ts'
import type { Series } from './figures.ts'
import { dateChange, findChange } from './find-change.ts'

/** A share of so many persons in each week; `rate` says how large. */
function invent(seed: string, weeks: number, persons: number, rate: (week: number) => number): Series {
  const prng = createPrng(seed)
  const n = new Float64Array(weeks).fill(persons)
  const sum = Float64Array.from({ length: weeks }, (_, week) => drawBinomial(prng, persons, rate(week)))
  return { metric: 'kept', place: 'chat', audience: '', kind: 'share', n, sum, squares: sum.slice() }
}

test('a share that falls is found, with its size and its first week', () => {
  const series = invent('falls', 78, 300, (week) => (week < 74 ? 0.8 : 0.55))
  const found = findChange(series, 77)
  expect(found?.p).toBeLessThan(1e-6)
  const dated = found && dateChange(found)
  expect(dated).toMatchObject({ from: 74, last: 77 })
  expect(dated?.before).toBeCloseTo(0.8, 1)
  expect(dated?.after).toBeCloseTo(0.55, 1)
  expect(dated?.low).toBeLessThan(-0.25)
  expect(dated?.high).toBeGreaterThan(-0.25)
})

test('one odd week is less than a change', () => {
  const weeks = (bad: number) => invent('odd', 78, 300, (week) => (week >= 78 - bad ? 0.55 : 0.8))
  const one = findChange(weeks(1), 77)?.p ?? 0
  expect(one).toBeGreaterThan(findChange(weeks(2), 77)?.p ?? 1)
})

test('where weeks scatter widely anyway, the same fall proves less', () => {
  const prng = createPrng('moods')
  const moods = Array.from({ length: 78 }, () => 0.8 + 0.3 * (prng.float() - 0.5))
  const calm = findChange(
    invent('calm', 78, 300, (week) => (week < 74 ? 0.8 : 0.6)),
    77,
  )
  const wild = findChange(
    invent('wild', 78, 300, (week) => (week < 74 ? (moods[week] as number) : 0.6)),
    77,
  )
  expect(wild?.size).toBeLessThan((calm?.size ?? 0) / 2)
})

test('what the same weeks a year before showed too is the season', () => {
  const isNovember = (week: number) => week >= 74 || (week >= 22 && week < 26)
  const season = invent('season', 78, 300, (week) => (isNovember(week) ? 0.6 : 0.8))
  const change = invent('season', 78, 300, (week) => (week >= 74 ? 0.6 : 0.8))
  expect(findChange(season, 77)?.p).toBeGreaterThan(0.01)
  expect(findChange(change, 77)?.p).toBeLessThan(1e-6)
})

test('too short a past, too few persons and nobody at all are not looked at', () => {
  expect(
    findChange(
      invent('short', 12, 300, () => 0.5),
      11,
    ),
  ).toBeUndefined()
  expect(
    findChange(
      invent('few', 78, 3, () => 0.5),
      77,
    ),
  ).toBeUndefined()
  expect(
    findChange(
      invent('none', 78, 0, () => 0.5),
      77,
    ),
  ).toBeUndefined()
})

test('nobody before and everybody now has a finite size', () => {
  const found = findChange(
    invent('anew', 78, 100, (week) => (week < 75 ? 0 : 1)),
    77,
  )
  expect(Number.isFinite(found?.size)).toBe(true)
  expect(found?.p).toBeGreaterThanOrEqual(0)
  expect(found?.p).toBeLessThan(1e-9)
})

test('slower by half is found in the logarithms of times', () => {
  const n = new Float64Array(40).fill(80)
  const level = (week: number) => (week < 36 ? 1 : 1.4) + 0.02 * Math.sin(week * 7)
  const sum = n.map((count, week) => count * level(week))
  const squares = n.map((count, week) => count * (level(week) ** 2 + 0.25))
  const series: Series = { metric: 'speed', place: 'chat', audience: '', kind: 'log', n, sum, squares }
  const found = findChange(series, 39)
  expect(found?.p).toBeLessThan(1e-6)
  expect(found && dateChange(found)).toMatchObject({ from: 36 })
})
