import { expect, it } from 'vitest'
import { createPrng } from '../../kernel/prng.ts'
import { compareMeans, leastSquares } from './least-squares.ts'

it('gives the published line of Anscombe’s first data set', () => {
  // F. J. Anscombe, "Graphs in Statistical Analysis", The American Statistician 27 (1973): y = 3.00 + 0.500 x.
  const x = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5]
  const y = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68]
  const { x: slope, n } = leastSquares(y, { x })
  expect(n).toBe(11)
  expect(slope?.estimate).toBeCloseTo(0.5001, 4)
})

it('with one group is the difference of means, with the unequal variances of both', () => {
  const { float } = createPrng(5)
  const group = Array.from({ length: 200 }, (_, at) => (at % 4 === 0 ? 1 : 0))
  const outcome = group.map((is) => float() * (is ? 9 : 2) + is)
  const of = (is: number) => outcome.filter((_, at) => group[at] === is)
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const spread = (values: number[]) =>
    mean(values.map((value) => (value - mean(values)) ** 2)) / values.length
  const { estimate, error } = compareMeans(outcome, group)
  expect(estimate).toBeCloseTo(mean(of(1)) - mean(of(0)), 10)
  expect(error).toBeCloseTo(Math.sqrt(((spread(of(1)) + spread(of(0))) * 200) / 198), 10)
})

it('tells what is due to each of two related causes', () => {
  const { float } = createPrng(9)
  const a = Array.from({ length: 3_000 }, () => (float() < 0.5 ? 1 : 0))
  const b = a.map((is) => (float() < (is ? 0.8 : 0.2) ? 1 : 0))
  const y = a.map((is, at) => 2 * is - 3 * (b[at] as number) + float())
  const found = leastSquares(y, { a, b })
  expect(found.a?.estimate).toBeCloseTo(2, 1)
  expect(found.b?.estimate).toBeCloseTo(-3, 1)
})

it('leaves out what doesn’t vary and refuses twins', () => {
  const a = [0, 1, 0, 1, 1]
  const y = [1, 2, 1, 3, 2]
  expect(leastSquares(y, { a, same: [1, 1, 1, 1, 1] }).same).toBeUndefined()
  expect(() => leastSquares(y, { a, twin: a })).toThrow(/collinear/)
})
