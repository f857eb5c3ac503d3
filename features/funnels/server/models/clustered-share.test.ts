import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { createPrng, type Prng } from '../../../../kernel/prng.ts'
import { findWilsonInterval } from '../../../../kernel/stats/wilson.ts'
import { clusteredVariance, estimateClusteredShare, type VisitSums } from './clustered-share.ts'

interface Reference {
  visits: { counts: [number, number][]; share: number; error: number; gee_error: number }[]
  wilson: [n: number, of: number, low: number, high: number][]
}
const reference: Reference = JSON.parse(
  readFileSync(new URL('../../../../test/reference/visit-shares.json', import.meta.url), 'utf8'),
)

/** Each person's visits that came to the step, of so many. */
function sumUp(counts: readonly (readonly [number, number])[]): VisitSums {
  const add = (of: (n: number, all: number) => number) =>
    counts.reduce((sum, [n, all]) => sum + of(n, all), 0)
  return {
    persons: counts.length,
    n: add((n) => n),
    of: add((_, all) => all),
    nn: add((n) => n * n),
    nof: add((n, all) => n * all),
    ofof: add((_, all) => all * all),
  }
}

test.each(reference.visits)(
  'the error of a share of visits is that of cluster-robust regression ($share)',
  (one) => {
    const sums = sumUp(one.counts)
    const error = Math.sqrt(clusteredVariance(sums))
    expect(sums.n / sums.of).toBeCloseTo(one.share, 12)
    expect(error).toBeCloseTo(one.error, 10)
    // Generalised estimating equations leave out m ⁄ (m − 1).
    expect(error * Math.sqrt((sums.persons - 1) / sums.persons)).toBeCloseTo(one.gee_error, 8)
  },
)

test.each(reference.wilson)(
  '%i of %i persons has the score interval that statsmodels gives',
  (n, of, low, high) => {
    const interval = findWilsonInterval(n, of)
    expect(interval?.low).toBeCloseTo(low, 10)
    expect(interval?.high).toBeCloseTo(high, 10)
  },
)

test('visits of persons who go on or leave as a whole count as few', () => {
  const counts = Array.from({ length: 20 }, (_, one) => [one % 2 === 0 ? 10 : 0, 10] as const)
  const clustered = estimateClusteredShare(sumUp(counts))
  const persons = findWilsonInterval(10, 20)
  expect(clustered?.effective).toBeLessThan(21)
  expect(clustered?.low).toBeLessThan(persons?.low ?? 0)
})

test('all, none and one person alone are no certainty', () => {
  const none = estimateClusteredShare(sumUp(Array.from({ length: 9 }, () => [0, 4] as const)))
  expect(none).toMatchObject({ share: 0, low: 0, effective: 9 })
  expect(none?.high).toBeGreaterThan(0.25)
  expect(estimateClusteredShare(sumUp([[3, 3]]))).toMatchObject({ share: 1, low: 0, high: 1 })
  expect(estimateClusteredShare(sumUp([]))).toBeUndefined()
})

/** A chance of their own for each person, all around `mean`. */
const drawCounts = (prng: Prng, persons: number, mean: number) =>
  Array.from({ length: persons }, () => {
    const own = prng.below(2) === 0 ? mean * 0.4 : mean * 1.6
    const visits = 1 + prng.below(8)
    let n = 0
    for (let visit = 0; visit < visits; visit++) if (prng.below(1_000_000) < own * 1_000_000) n++
    return [n, visits] as const
  })

test.each([
  [0.3, 40],
  [0.08, 60],
])('about 95 of 100 intervals hold a true share of %d (%i persons)', (mean, persons) => {
  const prng = createPrng(`coverage ${mean}`)
  let held = 0
  for (let round = 0; round < 1500; round++) {
    const { low, high } = estimateClusteredShare(sumUp(drawCounts(prng, persons, mean))) ?? {
      low: 1,
      high: 0,
    }
    if (low <= mean && mean <= high) held++
  }
  expect(held / 1500).toBeGreaterThan(0.93)
  expect(held / 1500).toBeLessThan(0.985)
})
