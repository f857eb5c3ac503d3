import { expect, test } from 'vitest'
import { createPrng } from '../../../../kernel/prng.ts'
import { findAnswering } from './find-answering.ts'
import { findGoodwill } from './find-goodwill.ts'
import { planTrial } from './plan-trial.ts'
import { addAlong, shareExplained } from './share-explained.ts'

const trial = {
  kind: 'holdout',
  effect: -0.1,
  residualVariance: 0.25,
  perWeek: 100,
  followUpDays: 14,
} as const

test('a trial needs as many persons as the formula says, and waits for the last of them', () => {
  // 2 · 0.25 · (1.96 + 0.84)² / 0.1² = 392.4 in each group.
  expect(planTrial(trial)).toEqual({ kind: 'holdout', persons: 786, weeks: 10 })
  expect(planTrial({ ...trial, effect: -0.01 })).toMatchObject({ persons: 78_490, weeks: null })
  expect(planTrial({ ...trial, effect: 0 })).toBeNull()
  expect(planTrial({ ...trial, perWeek: 0 })).toBeNull()
})

const repeat = <T>(count: number, value: T) => Array.from({ length: count }, () => value)
const asked = (kind: number, marks: readonly number[], silent: number) =>
  [...marks, ...repeat(silent, Number.NaN)].map((mark) => [kind, mark] as const)

test('NPS weighs each kind of history by how many were asked, not by how many answered', () => {
  const all = [...asked(0, repeat(160, 9), 640), ...asked(1, repeat(100, 2), 100)]
  const found = findAnswering({
    kinds: Int32Array.from(all, ([kind]) => kind),
    marks: Float64Array.from(all, ([, mark]) => mark),
  })
  expect(found).toMatchObject({ asked: 1000, answered: 260 })
  expect(found?.raw.value).toBeCloseTo((100 * (160 - 100)) / 260, 9)
  expect(found?.weighted.value).toBeCloseTo(60, 9)
  expect(found?.difference.value).toBeCloseTo((100 * 60) / 260 - 60, 9)
  expect(found?.difference.high).toBeLessThan(0)
})

test('a kind in which hardly anybody answered goes with others; too few answers in all are told nothing of', () => {
  const all = [
    ...asked(0, [...repeat(80, 10), ...repeat(40, 7)], 100),
    ...asked(1, [0], 30),
    ...asked(2, [], 20),
  ]
  const table = {
    kinds: Int32Array.from(all, ([kind]) => kind),
    marks: Float64Array.from(all, ([, mark]) => mark),
  }
  const found = findAnswering(table)
  expect(found?.weighted.value).toBeCloseTo((100 * (80 - 1)) / 121, 9)
  const few = { kinds: table.kinds.slice(0, 90), marks: table.marks.slice(0, 90) }
  expect(findAnswering(few)).toBeUndefined()
})

test('goodwill compares what a failure does to the content with what it does to the others', () => {
  const { float } = createPrng('goodwill')
  const n = 1_200
  const flags = (share: number) => Float64Array.from({ length: n }, () => (float() < share ? 1 : 0))
  const [failure, content] = [flags(0.3), flags(0.5)]
  const outcome = Float64Array.from(failure, (failed, row) => {
    const isContent = content[row] as number
    return 8 + isContent - failed * (3 - 1.5 * isContent) + (float() - 0.5) * 2
  })
  const units = {
    outcome,
    cluster: Int32Array.from(outcome.keys()),
    persons: n,
    failure,
    content,
    controls: [],
  }
  const meanOf = (failed: number, isContent: number) => {
    const own = [...outcome].filter((_, row) => failure[row] === failed && content[row] === isContent)
    return own.reduce((sum, value) => sum + value, 0) / own.length
  }
  const found = findGoodwill(units)
  expect(found?.content.value).toBeCloseTo(meanOf(1, 1) - meanOf(0, 1), 9)
  expect(found?.others.value).toBeCloseTo(meanOf(1, 0) - meanOf(0, 0), 9)
  expect(found?.difference.value).toBeCloseTo((found?.content.value ?? 0) - (found?.others.value ?? 0), 9)
  expect(found?.difference.low).toBeGreaterThan(0)
  expect(found?.persons).toBe(n)
  expect(
    findGoodwill({ ...units, content: content.map((one, row) => (row < 100 ? one : Number.NaN)) }),
  ).toBeUndefined()
  // Of shares each group needs some that ended otherwise, or its error would be nothing by accident.
  const share = failure.map((failed, row) => (failed === 1 && content[row] === 0 ? 0 : row % 3 === 0 ? 1 : 0))
  expect(findGoodwill({ ...units, outcome: share })).toBeUndefined()
  expect(
    findGoodwill({ ...units, outcome: share.map((one, row) => (row % 5 === 0 ? 1 : one)) }),
  ).toBeDefined()
})

test('importance of many drivers by drawn orders comes near what all subsets give', () => {
  const { float } = createPrng('shares')
  const size = 12
  const rows = Array.from({ length: 200 }, () => {
    const common = float()
    return Array.from({ length: size }, () => float() + common)
  })
  const outcomes = rows.map((row) => row.reduce((sum, value, at) => sum + value * (at % 3), 0) + 4 * float())
  const product = (a: (at: number) => number, b: (at: number) => number) =>
    rows.reduce((sum, _, at) => sum + a(at) * b(at), 0)
  const column = (j: number) => (at: number) => (rows[at]?.[j] ?? 0) - 1
  const left = {
    size: size + 1,
    // A thirteenth that explains nothing makes them too many for all subsets.
    products: Float64Array.from({ length: (size + 1) ** 2 }, (_, at) => {
      const [i, j] = [Math.floor(at / (size + 1)), at % (size + 1)]
      if (i === size || j === size) return i === j ? 1 : 0
      return product(column(i), column(j))
    }),
    withOutcome: Float64Array.from({ length: size + 1 }, (_, j) =>
      j === size ? 0 : product(column(j), (at) => outcomes[at] as number),
    ),
  }
  const few = Array.from({ length: size }, (_, at) => [at])
  const exact = shareExplained(left, few, createPrng(1))
  const drawn = shareExplained(left, [...few, [size]], createPrng(1))
  exact.forEach((share, at) => {
    expect(Math.abs((drawn[at] as number) - share)).toBeLessThan(0.01)
  })
  expect(drawn[size]).toBeCloseTo(0, 9)
  expect(addAlong(left, few, [3])[3]).toBeGreaterThan(0)
})
