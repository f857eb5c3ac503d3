import { expect, test } from 'vitest'
import type { StratumCell } from '../mix-query.ts'
import { chooseAdjustment, type GroupRows } from './adjust.ts'
import type { CellSums } from './person-sums.ts'

/** So many persons with one order each in a stratum. */
const persons = (count: number, cell: StratumCell): CellSums<StratumCell> => ({
  ...{ cells: [cell], persons: count, n: [count], y: [0], nn: [count], ny: [0], yy: [0] },
})
const group = (...rows: CellSums<StratumCell>[]): GroupRows => ({ all: rows, heard: rows })
const FINE: StratumCell = [0, 0, 'tea']
const BAD: StratumCell = [1, 0, 'tea']
const RARE: StratumCell = [1, 1, 'tea']
const nobody = group()

test('with one group of which enough is known there is nothing to compare with', () => {
  const only = {
    none: group(persons(90, FINE)),
    classic: group(persons(29, FINE)),
    modern: nobody,
    both: nobody,
  }
  expect(chooseAdjustment(only)).toBeUndefined()
})

test('strata are as fine as nearly all orders allow, and a stratum that one group lacks is named', () => {
  const found = chooseAdjustment({
    none: group(persons(60, FINE), persons(40, BAD), persons(4, RARE)),
    classic: group(persons(30, FINE), persons(70, BAD), persons(4, RARE)),
    modern: nobody,
    both: nobody,
  })
  expect(found).toMatchObject({ by: ['problem', 'returning', 'category'], groups: ['none', 'classic'] })
  expect(found?.covered).toBeCloseTo(200 / 208, 10)
  expect([...(found?.weights.values() ?? [])]).toEqual([0.45, 0.55])
  expect(found?.left).toEqual([{ cell: RARE, orders: 8, missing: ['none', 'classic'] }])
})

test('when too many orders would be left out, strata are coarser', () => {
  const found = chooseAdjustment({
    none: group(persons(50, FINE), persons(50, BAD)),
    modern: group(persons(50, FINE), persons(50, RARE)),
    classic: nobody,
    both: nobody,
  })
  expect(found).toMatchObject({ by: ['problem'], covered: 1, left: [] })
})

test('groups without any stratum in common aren’t adjusted', () => {
  const apart = {
    none: group(persons(50, FINE)),
    both: group(persons(50, BAD)),
    classic: nobody,
    modern: nobody,
  }
  expect(chooseAdjustment(apart)).toBeUndefined()
})
