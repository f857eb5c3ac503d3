import { expect, test } from 'vitest'
import { type IntendedPath, ORDERED, RECEIVED } from './align-path.ts'
import { createJourneyCounter, type PathRow } from './count-journeys.ts'

/** Look and ask (a stage), order, receive (another); asking may be left out. */
const PATH: IntendedPath = {
  classes: [[], [], [1], [2], [3], [4]],
  required: [false, true, false, true, true],
  stages: [0, 0, 0, 1, 2],
}
const [LOOK, ASK, ORDER, RECEIVE] = [2, 3, 4, 5] as const

function row(path: number[], journeys: number, rest: Partial<PathRow> = {}): PathRow {
  const none = { withBeside: 0, contacts: 0, beside: 0, againOf: 0, again: 0, saidOf: 0, low: 0 }
  return { path, over: 1, journeys, known: 0, persons: journeys, squares: journeys, ...none, ...rest }
}

const ROWS = [
  row([LOOK, ASK, ORDERED, ORDER, RECEIVED, RECEIVE], 10, { saidOf: 8, low: 1, againOf: 6, again: 3 }),
  row([LOOK, ORDERED, RECEIVE], 4, { saidOf: 4, low: 2 }),
  row([LOOK, ORDER, LOOK], 5, { known: 5 }),
  row([LOOK], 7, { withBeside: 3, contacts: 20, beside: 6 }),
  row([LOOK], 2, { over: 0 }),
  row([], 6, { beside: 9 }),
]

function count(outcome: 'ordered' | 'received' | 'again' | 'low') {
  const counter = createJourneyCounter(PATH, outcome)
  counter.add(ROWS)
  return counter.finish()
}

test('journeys are counted by what became of them, and those off the path apart', () => {
  const counts = count('ordered')
  expect(counts).toMatchObject({
    ...{
      journeys: 28,
      offPath: 6,
      persons: 34,
      squares: 34,
      known: 5,
      withBeside: 3,
      contacts: 20,
      beside: 6,
    },
    classes: { followed: 10, skipped: 4, back: 0, deadEnd: 12, open: 2 },
  })
  expect(counts.steps).toEqual([
    { reached: 28, late: 0, passable: 28, skipped: 0, back: 0, deadEnd: 12 },
    { reached: 10, late: 0, passable: 0, skipped: 0, back: 0, deadEnd: 0 },
    { reached: 15, late: 0, passable: 19, skipped: 4, back: 5, deadEnd: 0 },
    { reached: 14, late: 0, passable: 14, skipped: 0, back: 0, deadEnd: 0 },
  ])
  expect(counts.stages[0]).toEqual({ reached: 28, late: 0, passable: 28, skipped: 0, back: 0, deadEnd: 12 })
  expect(counts.moves).toEqual([
    { from: 0, to: 1, n: 28 },
    { from: 1, to: 2, n: 10 },
    { from: 1, to: 3, n: 5 },
    { from: 1, to: 4, n: 4 },
    { from: 2, to: 3, n: 10 },
    { from: 3, to: 1, n: 5 },
    { from: 3, to: 4, n: 10 },
  ])
})

test('an outcome is counted only where it was still ahead when the step was decided', () => {
  const find = (outcome: 'ordered' | 'received' | 'again' | 'low', step: number, by: 'skipped' | 'back') => {
    const found = count(outcome).contrasts.find((one) => one.step === step && one.by === by)
    return [found?.conforming, found?.deviating]
  }
  // All had ordered before they came past the order's step.
  expect(find('ordered', 3, 'skipped')).toEqual([
    { n: 0, of: 0 },
    { n: 0, of: 0 },
  ])
  expect(find('received', 1, 'skipped')).toEqual([
    { n: 10, of: 14 },
    { n: 0, of: 0 },
  ])
  // The five went back from the order's step and came no further: they are on neither side.
  expect(find('ordered', 3, 'back')).toEqual([
    { n: 0, of: 0 },
    { n: 0, of: 0 },
  ])
  expect(find('ordered', 1, 'skipped')).toEqual([
    { n: 10, of: 15 },
    { n: 0, of: 0 },
  ])
  expect(find('low', 3, 'skipped')).toEqual([
    { n: 1, of: 8 },
    { n: 2, of: 4 },
  ])
  expect(find('again', 3, 'skipped')).toEqual([
    { n: 3, of: 6 },
    { n: 0, of: 0 },
  ])
})
