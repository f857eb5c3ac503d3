import { expect, test } from 'vitest'
import { createPrng } from '../../../../kernel/prng.ts'
import type { Design } from './design.ts'
import { findImportance } from './plan-importance.ts'

/** Only the first of the predictors matters. */
function inventDesign(n: number, terms: number, share: number): Design {
  const prng = createPrng('importance')
  const columns = Array.from({ length: terms }, () => Float64Array.from({ length: n }, () => prng.float()))
  const names = columns.map((_, at) => `x${at}`)
  const outcome = Float64Array.from(columns[0] ?? [], (x) =>
    prng.float() < share * (x > 0.5 ? 2 : 0.2) ? 1 : 0,
  )
  return { n, outcome, columns, names, terms: names.map((name, at) => ({ name, columns: [at] })) }
}

test('of a rare outcome a part of the rows has enough to tell what matters', () => {
  const { importance, remarks } = findImportance(inventDesign(20_000, 12, 0.004), 'binomial', createPrng(1))
  expect(importance[0]?.name).toBe('x0')
  expect(importance[0]?.share).toBeGreaterThan(0.5)
  expect(importance.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9)
  expect(remarks.join()).toContain('rows drawn by chance')
})

test('of very many columns least squares tells what matters, where curves would take minutes', () => {
  const design = inventDesign(400, 240, 0.3)
  const terms = Array.from({ length: 6 }, (_, at) => ({
    name: `g${at}`,
    columns: Array.from({ length: 40 }, (_, level) => at * 40 + level),
  }))
  const { importance, remarks } = findImportance({ ...design, terms }, 'gaussian', createPrng(1))
  expect(importance.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9)
  expect(remarks).toEqual([])
  const many = findImportance({ ...design, terms }, 'binomial', createPrng(1))
  expect(many.remarks.join()).toContain('least squares on 0 and 1')
})
