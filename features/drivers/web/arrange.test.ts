import { describe, expect, test } from 'vitest'
import type { Answering, Driver, Estimate, Level } from '../contract.ts'
import { arrangeLedger, findBound, findWorst, groupOf, judgeAnswering, toneOf } from './arrange.ts'
import { findCorner, findShifts, placePoints } from './place-points.ts'

const around = (value: number, half: number): Estimate => ({ value, low: value - half, high: value + half })

/** A driver as the server answers it; each test says what is special about its own. */
function makeDriver(part: Partial<Driver>): Driver {
  return {
    ...{ key: 'chat.first_answer_seconds', kind: 'standard', event: null, name: null, stage: 'contact' },
    ...{ touchpoint: 'chat', measure: 'first_answer_seconds', unit: 's', persons: 4_000, exposed: 1_900 },
    ...{ effect: around(-0.05, 0.02), p: 0.001, q: 0.004, verdict: 'harms', naive: around(-0.15, 0.02) },
    ...{ isConfounded: true, isChosen: false, curve: null, levels: [], importance: 0.2, kept: 0.6 },
    ...{ money: null, attainable: 1, trial: null, leftOut: null, twin: null },
    ...part,
  } as Driver
}

const level = (name: Level['level'], effect: Estimate | null, from: number | null = null): Level => ({
  ...{ level: name, from, to: null, persons: 500, effect, naive: null },
})

describe('the ledger', () => {
  test('a sure loss is to be mended, unless customers choose it themselves', () => {
    expect(groupOf(makeDriver({}))).toBe('mend')
    expect(groupOf(makeDriver({ isChosen: true }))).toBe('linked')
    expect(groupOf(makeDriver({ verdict: 'helps' }))).toBe('helps')
  })

  test('what only a plain comparison shows is a trap, and has no colour', () => {
    const trap = makeDriver({ verdict: 'none', effect: around(0, 0.02) })
    expect(groupOf(trap)).toBe('traps')
    expect(toneOf(trap)).toBe('quiet')
    expect(groupOf({ ...trap, isConfounded: false })).toBe('quiet')
  })

  test('what has no number stands apart, the others keep the order of the answer', () => {
    const drivers = [
      makeDriver({ key: 'a' }),
      makeDriver({ key: 'b', leftOut: 'twin', effect: null }),
      makeDriver({ key: 'c', verdict: 'helps' }),
      makeDriver({ key: 'd' }),
    ]
    const { groups, leftOut } = arrangeLedger(drivers)
    expect(groups.map(({ group, drivers: all }) => [group, all.map(({ key }) => key)])).toEqual([
      ['mend', ['a', 'd']],
      ['helps', ['c']],
    ])
    expect(leftOut.map(({ key }) => key)).toEqual(['b'])
  })
})

describe('where a harm sits', () => {
  const badly = level('badly', around(-0.08, 0.02), 1_800)

  test('in the worst band, when the one before does nothing', () => {
    const driver = makeDriver({ levels: [level('missed', around(-0.005, 0.02), 600), badly] })
    expect(findWorst(driver)?.from).toBe(1_800)
  })

  test('nowhere in particular, when it grows step by step, or the worst band is unsure', () => {
    const steps = [level('missed', around(-0.05, 0.02), 600), badly]
    expect(findWorst(makeDriver({ levels: steps }))).toBeUndefined()
    const unsure = [level('missed', null, 600), level('badly', around(-0.08, 0.1), 1_800)]
    expect(findWorst(makeDriver({ levels: unsure }))).toBeUndefined()
    expect(findWorst(makeDriver({ levels: [badly], verdict: 'unsure' }))).toBeUndefined()
  })
})

test('a standard is called by the bound beyond which it is missed', () => {
  const between = { ...level('between', around(0, 0.02), 120), to: 600 }
  expect(findBound(makeDriver({ levels: [between, level('missed', null, 601)] }))).toBe(601)
  expect(findBound(makeDriver({ levels: [between] }))).toBe(600)
  expect(findBound(makeDriver({ levels: [level('badly', null, 1_800)] }))).toBe(1_800)
  expect(findBound(makeDriver({}))).toBeNull()
})

test('importance and performance: the lines are the means, and each corner has its meaning', () => {
  const drivers = [
    makeDriver({ key: 'low', importance: 0.1, kept: 0.9 }),
    makeDriver({ key: 'top', importance: 0.5, kept: 0.5 }),
    makeDriver({ key: 'event', importance: 0.4, kept: null }),
    makeDriver({ key: 'trifle', importance: 0.004, kept: 0.2 }),
  ]
  const { points, others, importance, kept, least } = placePoints(drivers)
  expect(points.map(({ driver, place }) => [driver.key, place])).toEqual([
    ['top', 1],
    ['low', 2],
  ])
  expect(others).toBe(1)
  expect(importance).toBeCloseTo(0.3)
  expect(kept).toBeCloseTo(0.7)
  expect(least).toBeCloseTo(0.4)
  expect(points.map((point) => findCorner(point, { importance, kept }))).toEqual(['mend', 'leave'])
})

test('an NPS below what everybody would give is told as one that should be higher', () => {
  const answering = (low: number, high: number) =>
    ({ difference: { value: (low + high) / 2, low, high } }) as Answering
  expect(judgeAnswering(answering(-15, -10))).toBe('better')
  expect(judgeAnswering(answering(10, 15))).toBe('worse')
  expect(judgeAnswering(answering(-5, 1))).toBe('alike')
})

test('marks that would cover each other step aside, away from the one before; the others keep their place', () => {
  const marks = [
    { x: 0.5, y: 0.5 },
    { x: 0.52, y: 0.51 },
    { x: 0.48, y: 0.49 },
    { x: 0.9, y: 0.5 },
  ]
  expect(findShifts(marks)).toEqual([0, 1, -2, 0])
})
