import { expect, test } from 'vitest'
import { createPrng } from '../../../../kernel/prng.ts'
import type { Design } from './design.ts'
import { fitLogistic } from './logistic.ts'

const OPTIONS = { errors: 'classical', firth: false, mayHaveFewEvents: false } as const

/** The same table so many times over. */
function makeDesign(times: number): Design {
  const { float } = createPrng('many rows')
  const n = 20_000
  const x = Float64Array.from({ length: n }, () => float() * 3)
  const y = x.map((value) => (float() < 1 / (1 + Math.exp(2 - value)) ? 1 : 0))
  const repeat = (column: Float64Array) =>
    Float64Array.from({ length: n * times }, (_, at) => column[at % n] as number)
  return {
    n: n * times,
    outcome: repeat(y),
    columns: [repeat(x)],
    names: ['x'],
    terms: [{ name: 'x', columns: [0] }],
  }
}

test('where a part of very many rows tells where to begin, all of them decide', () => {
  const [once, often] = [fitLogistic(makeDesign(1), OPTIONS), fitLogistic(makeDesign(11), OPTIONS)]
  once.coefficients.forEach((one, at) => {
    const other = often.coefficients[at] as typeof one
    expect(other.estimate).toBeCloseTo(one.estimate, 9)
    expect((other.high - other.estimate) * Math.sqrt(11)).toBeCloseTo(one.high - one.estimate, 7)
  })
  expect(often.r2).toBeCloseTo(once.r2, 9)
})
