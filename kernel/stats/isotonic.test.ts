import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fitIsotonic, readCurve } from './isotonic.ts'

/** By the definition: the least of the largest averages (Robertson, Wright and Dykstra 1988, theorem 1.4.4). */
function fitByDefinition(ys: readonly number[], weights: readonly number[]): number[] {
  const average = (from: number, to: number) => {
    let [sum, mass] = [0, 0]
    for (let at = from; at <= to; at++) {
      sum += (ys[at] as number) * (weights[at] as number)
      mass += weights[at] as number
    }
    return sum / mass
  }
  return ys.map((_, at) => {
    let best = Number.NEGATIVE_INFINITY
    for (let from = 0; from <= at; from++) {
      let least = Number.POSITIVE_INFINITY
      for (let to = at; to < ys.length; to++) least = Math.min(least, average(from, to))
      best = Math.max(best, least)
    }
    return best
  })
}

it('fits the example of R’s isoreg', () => {
  expect(fitIsotonic([1, 0, 4, 3, 3, 5, 4, 2, 0])).toEqual([0.5, 0.5, 3, 3, 3, 3, 3, 3, 3])
})

it('is what the definition says, for any values and weights', () => {
  const points = fc.array(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: 1, max: 5 })), {
    minLength: 1,
    maxLength: 9,
  })
  fc.assert(
    fc.property(points, (given) => {
      const ys = given.map(([y]) => y)
      const weights = given.map(([, weight]) => weight)
      const fitted = fitIsotonic(ys, weights)
      for (const [at, expected] of fitByDefinition(ys, weights).entries())
        expect(fitted[at]).toBeCloseTo(expected, 9)
    }),
  )
})

it('leaves alone what never falls, and takes nothing for nothing', () => {
  expect(fitIsotonic([1, 2, 2, 7])).toEqual([1, 2, 2, 7])
  expect(fitIsotonic([])).toEqual([])
})

it('is fast on a hundred thousand values that all fall', () => {
  const falling = Array.from({ length: 100_000 }, (_, at) => -at)
  expect(new Set(fitIsotonic(falling)).size).toBe(1)
})

it('a curve is read between its places by the straight line, and beyond its ends at the end', () => {
  const read = (x: number) => readCurve([0, 10, 20], [0, 1, 1], x)
  expect([-5, 0, 5, 10, 15, 99].map(read)).toEqual([0, 0, 0.5, 1, 1, 1])
  expect(readCurve([3], [0.4], 100)).toBe(0.4)
})
