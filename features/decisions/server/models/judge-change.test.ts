import { describe, expect, it } from 'vitest'
import { parseDay } from '../../../../kernel/time.ts'
import { toPairs } from '../testing/to-pairs.ts'
import { cellOf, type Group, type Measured, readCells, type Window } from './cells.ts'
import { type ChangePlan, findGained, judgeChange } from './judge-change.ts'
import { measureChange } from './measure-change.ts'
import { planWindows } from './plan-windows.ts'

const DAY = parseDay('2026-03-02') as number
const windows = planWindows(DAY, DAY + 200, undefined)
const plan: ChangePlan = { expected: undefined, weeks: { facts: 8, orders: 8 }, isOver: false }

/** Persons of a cell, of whom a share has the value 1 and the others 0, each person in one cell. */
function crowd(measured: Measured, sizes: [Group, Window, number, number][]) {
  return sizes.flatMap(([group, window, n, share], at) =>
    Array.from({ length: n }, (_, place) => ({
      person: `${measured} ${at} ${place}`,
      measured,
      cell: cellOf(group, window),
      value: place < Math.round(n * share) ? 1 : 0,
    })),
  )
}

function measureAll(values: ReturnType<typeof crowd>, hasSegment = true) {
  const cells = readCells(toPairs(values))
  const found = (['said', 'kept', 'orders'] as const).map((measure) =>
    measureChange(cells, { measure, windows: windows.facts, hasSegment, dayOf: String }),
  )
  return { cells, found }
}

/** Before and after at the place, and in the group beside it; both halves of the time before are alike. */
const sides = (measured: Measured, n: number, [a, b, c, d]: [number, number, number, number]) => [
  ...change(measured, n, [a, b, c, d]),
  ...change(measured, n, [a, a, c, c], ['early', 'late']),
]

const change = (
  measured: Measured,
  n: number,
  [a, b, c, d]: [number, number, number, number],
  [before, after]: [Window, Window] = ['before', 'after'],
) =>
  crowd(measured, [
    ['place', before, n, a],
    ['place', after, n, b],
    ['near', before, n, c],
    ['near', after, n, d],
  ])

describe('a verdict', () => {
  it('says better where the place gained more than those it is compared with, and only then as an effect', () => {
    const { found } = measureAll(sides('kept', 300, [0.5, 0.7, 0.5, 0.5]))
    expect(judgeChange(found, plan)).toMatchObject({ word: 'better', isCausal: true, reason: null })
  })

  it('speaks of no effect where nobody was there to see whether both went alike before', () => {
    const { found } = measureAll(change('kept', 300, [0.5, 0.7, 0.5, 0.5]))
    expect(found[1]).toMatchObject({ isApartBefore: false, isAlikeBefore: false })
    expect(judgeChange(found, plan)).toMatchObject({ word: 'better', isCausal: false })
  })

  it('sees no difference where everybody gained alike', () => {
    const { found } = measureAll(sides('kept', 300, [0.5, 0.7, 0.5, 0.7]))
    expect(judgeChange(found, plan)).toMatchObject({ word: 'no_difference', isCausal: false })
  })

  it('never speaks of an effect without a comparison group', () => {
    const { found } = measureAll(
      crowd('kept', [
        ['place', 'before', 300, 0.5],
        ['place', 'after', 300, 0.7],
      ]),
    )
    expect(judgeChange(found, plan)).toMatchObject({ word: 'better', isCausal: false })
    expect(found[1]).toMatchObject({ comparison: 'none' })
    const trend = measureAll(sides('kept', 300, [0.5, 0.7, 0.5, 0.5]), false)
    expect(trend.found[1]).toMatchObject({ comparison: 'stage' })
    expect(judgeChange(trend.found, plan)).toMatchObject({ word: 'better', isCausal: false })
  })

  it('is given by the measure that was expected to move, with what was expected beside it', () => {
    const values = [
      ...sides('kept', 300, [0.5, 0.7, 0.5, 0.5]),
      ...sides('orders', 300, [0.4, 0.4, 0.4, 0.4]),
    ]
    const { found } = measureAll(values)
    const judge = (expected: ChangePlan['expected']) => judgeChange(found, { ...plan, expected })
    const up = { measure: 'kept', direction: 'up' } as const
    expect(judge({ ...up, size: 15 })).toMatchObject({ word: 'better', expected: { came: 'as_expected' } })
    expect(judge({ ...up, size: 60 })).toMatchObject({ word: 'better', expected: { came: 'less' } })
    expect(judge({ ...up, direction: 'down', size: null })).toMatchObject({ expected: { came: 'opposite' } })
    expect(judge({ measure: 'orders', direction: 'up', size: 2 })).toMatchObject({
      word: 'no_difference',
      expected: { came: 'not_seen' },
    })
    expect(judge({ measure: 'said', direction: 'up', size: null })).toMatchObject({
      word: 'few_data',
      reason: 'few_persons',
      expected: { came: 'unknown' },
    })
  })

  it('calls one of three differences no change where chance alone often gives such a one', () => {
    // Alone p is 0.04; of three looked at together it is 0.12.
    const values = [
      ...sides('kept', 200, [0.5, 0.645, 0.5, 0.5]),
      ...sides('orders', 200, [0.4, 0.4, 0.4, 0.4]),
      ...sides('said', 200, [0.4, 0.4, 0.4, 0.4]),
    ]
    const { found } = measureAll(values)
    expect(found[1]?.change?.p).toBeLessThan(0.05)
    expect(judgeChange(found, plan).word).toBe('no_difference')
  })

  it('speaks of few data below thirty persons, and is too early before two whole weeks', () => {
    const few = measureAll(sides('kept', 29, [0, 1, 0, 0])).found
    expect(judgeChange(few, plan)).toMatchObject({ word: 'few_data', reason: 'few_persons' })
    const many = measureAll(sides('kept', 300, [0.5, 0.7, 0.5, 0.5])).found
    const early = { ...plan, weeks: { facts: 1, orders: 0 } }
    expect(judgeChange(many, early)).toMatchObject({ word: 'early', reason: 'too_soon' })
    expect(judgeChange(many, { ...early, isOver: true })).toMatchObject({ word: 'few_data', reason: 'short' })
  })

  it('notices that the two went apart before the change', () => {
    const values = [
      ...change('kept', 300, [0.5, 0.7, 0.5, 0.5]),
      ...crowd('kept', [
        ['place', 'early', 150, 0.3],
        ['place', 'late', 150, 0.7],
        ['near', 'early', 150, 0.5],
        ['near', 'late', 150, 0.5],
      ]),
    ]
    const { found } = measureAll(values)
    expect(found[1]?.isApartBefore).toBe(true)
    expect(judgeChange(found, plan).isCausal).toBe(false)
  })

  it('tells money only with a comparison and a hundred persons everywhere', () => {
    const money = (n: number) => [
      ...sides('orders', n, [0.2, 0.4, 0.2, 0.2]),
      ...sides('money', n, [0.2, 0.4, 0.2, 0.2]).map((one) => ({ ...one, value: one.value * 50_000 })),
    ]
    const many = measureAll(money(200))
    const told = findGained(many.cells, judgeChange(many.found, plan).measures)
    // A fifth of 200 persons more, 500 hryvnias each.
    expect(told).toMatchObject({ persons: 200, mean: 2_000_000 })
    expect(told?.low).toBeLessThan(2_000_000)
    const few = measureAll(money(99))
    expect(findGained(few.cells, judgeChange(few.found, plan).measures)).toBeUndefined()
  })
})

describe('the windows', () => {
  it('are whole weeks, without the week of the change, and orders stay clear of it by their two weeks', () => {
    const { first, facts, orders } = planWindows(DAY, DAY + 90, undefined)
    expect(first).toBe(DAY - 70)
    expect(facts).toEqual({
      ...{ before: { from: 2, to: 10 }, early: { from: 2, to: 6 }, late: { from: 6, to: 10 } },
      after: { from: 11, to: 19 },
    })
    expect(orders.before).toEqual({ from: 0, to: 8 })
    expect(orders.after).toEqual({ from: 11, to: 19 })
  })

  it('grow week by week, and end where the change was undone', () => {
    const weeks = (today: number, end?: number) => {
      const { facts, orders } = planWindows(DAY, DAY + today, end === undefined ? undefined : DAY + end)
      return [facts.after.to - 11, orders.after.to - 11]
    }
    expect(weeks(-5)).toEqual([0, 0])
    expect(weeks(13)).toEqual([0, 0])
    expect(weeks(14)).toEqual([1, 0])
    expect(weeks(28)).toEqual([3, 1])
    expect(weeks(300)).toEqual([8, 8])
    expect(weeks(300, 28)).toEqual([3, 1])
  })
})
