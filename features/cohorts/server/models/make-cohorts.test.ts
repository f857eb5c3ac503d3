import { expect, test } from 'vitest'
import { formatDay, parseDay } from '../../../../kernel/time.ts'
import type { DayRow } from '../cohorts-query.ts'
import { type CohortsFrame, listCohortDays, makeCohorts, makeGroups } from './make-cohorts.ts'

const day = (text: string) => parseDay(text) as number
const frame: CohortsFrame = {
  size: 'week',
  days: { from: day('2025-12-24'), to: day('2026-01-12') },
  followed: { count: 3, days: 7 },
  observed: day('2026-01-19'),
}
const row = (first: string, n: number, within: number[], by: number[], value = ''): DayRow => ({
  first: day(first),
  value,
  n,
  known: 0,
  within,
  by,
})

test('weeks begin on Monday whatever the year, and are cut at the ends of the period', () => {
  const weeks = listCohortDays(frame.days, 'week').map(({ from, to }) => [formatDay(from), formatDay(to)])
  expect(weeks).toEqual([
    ['2025-12-24', '2025-12-29'],
    ['2025-12-29', '2026-01-05'],
    ['2026-01-05', '2026-01-12'],
  ])
  const months = listCohortDays({ from: day('2023-12-31'), to: day('2024-03-01') }, 'month')
  expect(months.map(({ from, to }) => to - from)).toEqual([1, 31, 29])
})

test('a cell is there once everybody of the cohort had the whole stretch, and is never zero before', () => {
  const rows = [
    row('2025-12-24', 100, [30, 20, 10], [30, 40, 45]),
    row('2026-01-11', 50, [25, 0, 0], [25, 25, 25]),
  ]
  const { cohorts, mean, n } = makeCohorts(rows, frame)
  expect(n).toBe(150)
  // Who came on 11 January had a week by the end of the 18th, and the 19th isn't over.
  expect(cohorts.map(({ cells }) => cells.map((cell) => cell?.within.n ?? null))).toEqual([
    [30, 20, 10],
    [null, null, null],
    [25, null, null],
  ])
  expect(cohorts[0]?.cells[1]).toMatchObject({ of: 100, by: { n: 40, share: 0.4 } })
  // Wilson's interval of 40 of 100, as R's prop.test(40, 100, correct = FALSE) prints it.
  expect(cohorts[0]?.cells[1]?.by.low).toBeCloseTo(0.3094013, 6)
  expect(cohorts[0]?.cells[1]?.by.high).toBeCloseTo(0.4979974, 6)
  // The mean of a stretch is of those cohorts alone for whom it is over.
  expect(mean.map((cell) => cell && [cell.within.n, cell.of])).toEqual([
    [55, 150],
    [20, 100],
    [10, 100],
  ])
})

test('nobody in the period is an answer too: no cell, and no share of nothing', () => {
  const { cohorts, mean, n } = makeCohorts([], frame)
  expect(n).toBe(0)
  expect(cohorts).toHaveLength(3)
  expect(mean).toEqual([null, null, null])
})

test('groups come by their size, and those past the eighth are one', () => {
  const rows = Array.from({ length: 10 }, (_, at) =>
    row('2025-12-24', at + 1, [at, 0, 0], [at, at, at], `way ${at}`),
  )
  const groups = makeGroups(rows, frame)
  expect(groups.map(({ value, n }) => [value, n])).toEqual([
    ...[10, 9, 8, 7, 6, 5, 4, 3].map((n) => [`way ${n - 1}`, n]),
    [null, 3],
  ])
  expect(groups.at(-1)?.mean[0]).toMatchObject({ of: 3, within: { n: 1 } })
})
