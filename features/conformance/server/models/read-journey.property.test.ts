import fc from 'fast-check'
import { expect, test } from 'vitest'
import { alignSlowly, judgeSlowly } from '../testing/slow-journey.ts'
import { alignPath, type IntendedPath, ORDERED, RECEIVED } from './align-path.ts'
import { findSide, readJourney } from './read-journey.ts'

const FATES = ['ahead', 'made', 'late', 'passed']

/** Paths of one to five steps, some of which may be left out, and contacts that may make one to three of them. */
const cases = fc.integer({ min: 1, max: 5 }).chain((count) =>
  fc.record({
    required: fc.array(fc.boolean(), { minLength: count, maxLength: count }),
    choices: fc.array(fc.uniqueArray(fc.integer({ min: 1, max: count }), { minLength: 1, maxLength: 3 }), {
      minLength: 1,
      maxLength: 4,
    }),
    walk: fc.array(fc.nat(3), { maxLength: 7 }),
    isOver: fc.boolean(),
  }),
)

function makePath(required: readonly boolean[], choices: readonly number[][]): IntendedPath {
  return {
    classes: choices.map((steps) => steps.toSorted((a, b) => a - b)),
    required: [false, ...required],
    stages: [0, ...required.map((_, at) => at)],
  }
}

test('a journey stands where trying every choice of steps would put it, and is judged as by hand', () => {
  fc.assert(
    fc.property(cases, ({ required, choices, walk, isOver }) => {
      const path = makePath(required, choices)
      const contacts = walk.map((one) => one % choices.length)
      const stands = alignPath(contacts, path)
      expect(stands).toEqual(alignSlowly(contacts, path))
      const journey = readJourney(contacts, path, isOver)
      const slow = judgeSlowly(stands, path, isOver)
      expect({
        class: journey.class,
        fates: journey.fates.slice(1).map((fate) => FATES[fate]),
        back: journey.backAt.slice(1).map((place) => place >= 0),
        deadEnd: journey.deadEnd,
        moves: [...journey.moves].map((move) => `${move >> 6}>${move & 63}`).sort(),
      }).toEqual(slow)
    }),
    { numRuns: 400 },
  )
})

/** Five steps: look, product, cart, order, receive; the product may be left out, contacts are their own steps. */
const SHOP = makePath([true, false, true, true, true], [[1], [1], [2], [3], [4], [5]])
const read = (...tokens: number[]) => readJourney(tokens, SHOP, true)

test.each([
  ['followed', [1, 2, 3, 4, 5]],
  ['followed', [1, 3, 4, 5]],
  ['followed', [1, 1, 3, 3, 4, 5, 5]],
  ['skipped', [1, 4, 5]],
  ['skipped', [5]],
  ['back', [1, 3, 2, 3, 4, 5]],
  ['back', [1, 4, 3, 4, 5]],
  ['deadEnd', [1, 3]],
  ['', []],
])('a journey is %s that goes %j', (expected, tokens) => {
  expect(read(...tokens).class).toBe(expected)
})

test('a journey that isn’t over yet is on its way, not at a dead end', () => {
  expect(readJourney([1, 3], SHOP, false)).toMatchObject({ class: 'open', deadEnd: 0 })
  expect(read(1, 3)).toMatchObject({ deadEnd: 3 })
})

test('whoever begins again behind the end isn’t going back', () => {
  const path = makePath([true, true, false], [[1], [2], [3]])
  const again = readJourney([0, 1, 0, 1, 2, 0], path, true)
  expect(again.class).toBe('followed')
  expect([...again.moves]).toEqual([0 * 64 + 1, 1 * 64 + 2, 2 * 64 + 3])
  // A later step made too early is no end: what follows is a return.
  expect(readJourney([0, 2, 1], path, true)).toMatchObject({ class: 'back', backAt: [-1, -1, -1, 2] })
})

test('who is compared at a step, and when they came past it', () => {
  const skipping = read(1, ORDERED, 4, RECEIVED, 5)
  expect(findSide(skipping, SHOP, 3, 'skipped')).toEqual({ isDeviating: true, at: 2 })
  expect(skipping).toMatchObject({ orderedAt: 1, receivedAt: 3, againAt: Number.POSITIVE_INFINITY })
  expect(read(1, ORDERED, 4, ORDERED).againAt).toBe(3)
  expect(findSide(read(1, 3, 4), SHOP, 3, 'skipped')).toEqual({ isDeviating: false, at: 2 })
  // Nobody has skipped a step who ended at it, and a step that may be left out can't be skipped.
  expect(findSide(read(1, 3), SHOP, 3, 'skipped')).toBeUndefined()
  expect(findSide(read(1, 3, 4), SHOP, 2, 'skipped')).toBeUndefined()
  expect(findSide(read(1, 3, 2, 3, 4), SHOP, 3, 'back')).toEqual({ isDeviating: true, at: 4 })
  expect(findSide(read(1, 3, 4), SHOP, 3, 'back')).toEqual({ isDeviating: false, at: 2 })
  // A return that leads nowhere further, and one after having come past the step.
  expect(findSide(read(1, 3, 2), SHOP, 3, 'back')).toBeUndefined()
  expect(findSide(read(1, 3, 4, 3, 2), SHOP, 3, 'back')).toEqual({ isDeviating: false, at: 2 })
})

test('sixty steps and five thousand contacts that go round and round are read', () => {
  const steps = Array.from({ length: 60 }, (_, at) => at + 1)
  const path = makePath(
    steps.map(() => true),
    [steps.slice(0, 3), ...steps.map((step) => [step])],
  )
  const contacts = Array.from({ length: 5_000 }, (_, at) => at % 57)
  const journey = readJourney(contacts, path, true)
  expect(journey).toMatchObject({ class: 'deadEnd', deadEnd: 40 })
  expect(journey.moves.size).toBeLessThanOrEqual(64)
})
