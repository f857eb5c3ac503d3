import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type PersonValue, toPairs } from '../testing/to-pairs.ts'
import { cellOf, type Measured, readCells } from './cells.ts'
import { estimateContrast, type Term } from './difference-in-differences.ts'

interface Figures {
  difference: number
  low: number
  high: number
  p: number
}
interface Case {
  kind: 'share' | 'mark'
  rows: [number, number, number][]
  compared: Figures
  plain: Figures
}
const { cases } = JSON.parse(
  readFileSync(new URL('../../../../test/reference/did.json', import.meta.url), 'utf8'),
) as { cases: Case[] }

const plain: Term[] = [
  { cell: cellOf('place', 'after'), sign: 1 },
  { cell: cellOf('place', 'before'), sign: -1 },
]
const compared: Term[] = [
  ...plain,
  { cell: cellOf('near', 'after'), sign: -1 },
  { cell: cellOf('near', 'before'), sign: 1 },
]
const valuesOf = (rows: Case['rows'], measured: Measured): PersonValue[] =>
  rows.map(([person, cell, value]) => ({ person, cell, value, measured }))

test.each(cases)('case %# is what statsmodels says with errors clustered by person', ({ rows, ...told }) => {
  const cells = readCells(toPairs(valuesOf(rows, 'orders')))
  for (const [terms, figures] of [
    [compared, told.compared],
    [plain, told.plain],
  ] as const) {
    const found = estimateContrast(cells, 'orders', terms)
    for (const name of ['difference', 'low', 'high', 'p'] as const)
      expect(found?.[name]).toBeCloseTo(figures[name], 8)
  }
})

/** The same from the persons themselves: each one's part in the difference, squared and added up. */
function estimateSlowly(values: readonly PersonValue[], terms: readonly Term[]) {
  const rows = values.filter(({ cell }) => terms.some((term) => term.cell === cell))
  const ofCell = (cell: number) => rows.filter((one) => one.cell === cell)
  const mean = (cell: number) => ofCell(cell).reduce((sum, one) => sum + one.value, 0) / ofCell(cell).length
  const persons = [...new Set(rows.map(({ person }) => person))]
  const parts = persons.map((person) =>
    rows
      .filter((one) => one.person === person)
      .reduce((sum, { cell, value }) => {
        const sign = terms.find((term) => term.cell === cell)?.sign ?? 0
        return sum + (sign * (value - mean(cell))) / ofCell(cell).length
      }, 0),
  )
  const factor = (persons.length / (persons.length - 1)) * ((rows.length - 1) / (rows.length - terms.length))
  return {
    difference: terms.reduce((sum, { cell, sign }) => sum + sign * mean(cell), 0),
    error: Math.sqrt(factor * parts.reduce((sum, part) => sum + part * part, 0)),
  }
}

const persons = fc.array(
  fc.record({
    cells: fc.uniqueArray(fc.constantFrom(0, 1, 4, 5, 8), { minLength: 1, maxLength: 5 }),
    values: fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 5, maxLength: 5 }),
  }),
  { minLength: 12, maxLength: 40 },
)

test('sums of pairs say of any persons what a walk from person to person does', () => {
  fc.assert(
    fc.property(persons, (drawn) => {
      const values = drawn.flatMap(({ cells, values: own }, person) =>
        cells.map((cell, at) => ({ person, cell, measured: 'said' as const, value: own[at] as number })),
      )
      const cells = readCells(toPairs(values))
      for (const terms of [plain, compared]) {
        const found = estimateContrast(cells, 'said', terms)
        const enough = terms.every(({ cell }) => values.filter((one) => one.cell === cell).length >= 2)
        expect(found !== undefined).toBe(enough)
        if (!found) continue
        const slow = estimateSlowly(values, terms)
        expect(found.difference).toBeCloseTo(slow.difference, 6)
        // Intervals are Student's and symmetric.
        expect((found.high + found.low) / 2).toBeCloseTo(slow.difference, 6)
        if (slow.error > 1e-3) expect((found.high - found.low) / 2 / slow.error).toBeGreaterThan(1.95)
      }
    }),
    { numRuns: 60 },
  )
})

test('a cell in which all agree is no proof that all would', () => {
  const values = Array.from({ length: 200 }, (_, person) => ({
    ...{ person, measured: 'kept' as const, cell: person % 2 },
    value: 1,
  }))
  const found = estimateContrast(readCells(toPairs(values)), 'kept', plain, { low: 0, high: 1 })
  expect(found?.difference).toBe(0)
  expect(found?.p).toBe(1)
  // Wilson's limit of a hundred alike is 3.7 points away.
  expect(found?.high).toBeGreaterThan(0.03)
  expect(found?.high).toBeLessThan(0.06)
})

test('one person in a cell tells nothing', () => {
  const values = [
    { person: 1, measured: 'kept' as const, cell: 0, value: 1 },
    { person: 2, measured: 'kept' as const, cell: 1, value: 0 },
    { person: 3, measured: 'kept' as const, cell: 1, value: 0 },
  ]
  expect(estimateContrast(readCells(toPairs(values)), 'kept', plain)).toBeUndefined()
})
