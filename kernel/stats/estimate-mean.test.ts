import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createPrng, type Prng } from '../prng.ts'
import { binomialQuantile } from './distributions.ts'
import { compareMeans, estimateMean, type PersonSums } from './estimate-mean.ts'
import { findWilsonInterval } from './wilson.ts'

const sumsOf = (values: readonly number[]): PersonSums => ({
  n: values.length,
  sum: values.reduce((sum, value) => sum + value, 0),
  squares: values.reduce((sum, value) => sum + value * value, 0),
})
const SHARE = { low: 0, high: 1 }
const VALENCE = { low: -1, high: 1 }
const a = [12.1, 14.3, 9.8, 15.2, 11.1, 13.3]
const b = [9.2, 10.1, 8.8, 11.5, 10.4, 9.9, 7.7]

describe('a mean over persons', () => {
  it('without bounds has the interval of Student, as SciPy computes it', () => {
    const found = estimateMean(sumsOf(a))
    expect(found?.mean).toBeCloseTo(12.633333, 6)
    expect(found?.low).toBeCloseTo(10.509770646597, 8)
    expect(found?.high).toBeCloseTo(14.75689602007, 8)
  })

  it('of yes and no is nearly the score interval of the proportion', () => {
    const found = estimateMean(sumsOf([...new Array(870).fill(1), ...new Array(130).fill(0)]), SHARE)
    const wilson = findWilsonInterval(870, 1_000)
    expect(found?.low).toBeCloseTo(wilson?.low ?? 0, 3)
    expect(found?.high).toBeCloseTo(wilson?.high ?? 0, 3)
  })

  it('of people who all say the best still leaves room below, and none above', () => {
    const found = estimateMean(sumsOf(new Array(40).fill(1)), VALENCE)
    expect(found).toMatchObject({ mean: 1, high: 1 })
    expect(found?.low).toBeGreaterThan(0.7)
    expect(found?.low).toBeLessThan(0.9)
  })

  it('says nothing without persons, and everything possible with one', () => {
    expect(estimateMean(sumsOf([]), SHARE)).toBeUndefined()
    expect(estimateMean(sumsOf([0.4]), SHARE)).toEqual({ n: 1, mean: 0.4, low: 0, high: 1 })
    expect(estimateMean(sumsOf([3]))?.low).toBe(Number.NEGATIVE_INFINITY)
  })

  it('stays inside its bounds and holds its mean, whatever the values', () => {
    const values = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 1, maxLength: 60 })
    fc.assert(
      fc.property(values, (given) => {
        const { mean, low, high } = estimateMean(sumsOf(given), VALENCE) ?? { mean: 9, low: 9, high: 9 }
        expect(low).toBeGreaterThanOrEqual(-1)
        expect(high).toBeLessThanOrEqual(1)
        expect(low).toBeLessThanOrEqual(mean + 1e-9)
        expect(high).toBeGreaterThanOrEqual(mean - 1e-9)
      }),
    )
  })

  it('turned upside down is the same interval upside down', () => {
    const values = fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 2, maxLength: 50 })
    fc.assert(
      fc.property(values, (given) => {
        const up = estimateMean(sumsOf(given.map((x) => x / 4)), VALENCE)
        const down = estimateMean(sumsOf(given.map((x) => -x / 4)), VALENCE)
        expect(down?.low).toBeCloseTo(-(up?.high ?? 9), 9)
      }),
    )
  })
})

/** Draws one person's mean of one to three contacts. */
const pick = (prng: Prng, values: readonly number[], chances: readonly number[]) => {
  let left = prng.float()
  for (const [index, chance] of chances.entries()) {
    left -= chance
    if (left < 0) return values[index] as number
  }
  return values.at(-1) as number
}
const expectationOf = (values: readonly number[], chances: readonly number[]) =>
  values.reduce((sum, value, index) => sum + value * (chances[index] as number), 0)

interface Crowd {
  name: string
  values: readonly number[]
  chances: readonly number[]
}
const pleased: Crowd = {
  name: 'pleased',
  values: [-1, -0.5, 0, 0.5, 1],
  chances: [0.04, 0.04, 0.07, 0.25, 0.6],
}
const torn: Crowd = { name: 'torn', values: [-1, 0, 1], chances: [0.45, 0.1, 0.45] }
const even: Crowd = { name: 'even', values: [-1, -0.5, 0, 0.5, 1], chances: [0.2, 0.2, 0.2, 0.2, 0.2] }
const spoilt: Crowd = { name: 'hard to please', values: [-1, -0.5, 0.5], chances: [0.85, 0.1, 0.05] }

function drawPersons(prng: Prng, n: number, { values, chances }: Crowd): number[] {
  return Array.from({ length: n }, () => {
    const contacts = 1 + prng.below(3)
    let sum = 0
    for (let at = 0; at < contacts; at++) sum += pick(prng, values, chances)
    return sum / contacts
  })
}

const RUNS = 2_000
/** Fewer hits than this would come from a true level of 95 % once in a thousand times. */
const FEWEST = binomialQuantile(0.001, RUNS, 0.95)

describe('the interval holds its level', () => {
  const crowds = [pleased, torn, even, spoilt]
  const cases = crowds.flatMap((crowd) => [30, 100, 300].map((n) => [crowd.name, n, crowd] as const))

  it.each(cases)('for a crowd that is %s, of %d persons', (_, n, crowd) => {
    const prng = createPrng(`coverage ${crowd.name} ${n}`)
    const truth = expectationOf(crowd.values, crowd.chances)
    let hits = 0
    for (let run = 0; run < RUNS; run++) {
      const found = estimateMean(sumsOf(drawPersons(prng, n, crowd)), VALENCE)
      if (found && found.low <= truth && truth <= found.high) hits++
    }
    expect(hits).toBeGreaterThanOrEqual(FEWEST)
    expect(hits / RUNS).toBeLessThan(0.985)
  })

  it('of a difference that isn’t there: chance finds one in twenty times at most', () => {
    const prng = createPrng('difference')
    let found = 0
    for (let run = 0; run < RUNS; run++) {
      const of = (n: number) => sumsOf(drawPersons(prng, n, pleased))
      const p = compareMeans(of(60), of(140), VALENCE)?.p ?? 0
      if (p < 0.05) found++
    }
    expect(found).toBeLessThanOrEqual(RUNS - FEWEST)
    expect(found / RUNS).toBeGreaterThan(0.015)
  })
})

describe('a difference of two groups', () => {
  it('without bounds is Welch’s, as SciPy computes it', () => {
    const found = compareMeans(sumsOf(a), sumsOf(b))
    expect(found?.low).toBeCloseTo(0.7917746906725, 8)
    expect(found?.high).toBeCloseTo(5.1606062617084, 8)
    expect(found?.p).toBeCloseTo(0.013788671491657, 8)
  })

  it('of two proportions is nearly the interval that Newcombe published (1998, table II, 56/70 against 48/80)', () => {
    const yes = (k: number, n: number) => ({ n, sum: k, squares: k })
    const found = compareMeans(yes(56, 70), yes(48, 80), SHARE)
    expect(found?.difference).toBeCloseTo(0.2, 9)
    expect(Math.abs((found?.low ?? 0) - 0.0524)).toBeLessThan(0.005)
    expect(Math.abs((found?.high ?? 0) - 0.3339)).toBeLessThan(0.005)
  })

  it('has an interval without zero exactly when the chance is under one in twenty', () => {
    const counts = fc.record({
      n: fc.integer({ min: 2, max: 80 }),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    })
    const toSums = ({ n, share }: { n: number; share: number }) => {
      const k = Math.round(share * n)
      return { n, sum: k, squares: k }
    }
    fc.assert(
      fc.property(counts, counts, (one, other) => {
        const found = compareMeans(toSums(one), toSums(other), SHARE)
        if (!found) throw new Error('two groups of two have a difference')
        if (Math.abs(found.p - 0.05) < 1e-6) return
        expect(found.low > 0 || found.high < 0).toBe(found.p < 0.05)
      }),
    )
  })

  it('of two groups that all say the same is zero, by chance alone', () => {
    expect(compareMeans(sumsOf(new Array(30).fill(1)), sumsOf(new Array(30).fill(1)), SHARE)).toMatchObject({
      difference: 0,
      p: 1,
    })
    expect(compareMeans(sumsOf([1]), sumsOf([0, 1]), SHARE)).toBeUndefined()
  })
})
