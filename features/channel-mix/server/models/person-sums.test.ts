import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { estimateMean } from '../../../../kernel/stats/estimate-mean.ts'
import {
  averageClustered,
  type CellSums,
  type Clustered,
  shareClustered,
  standardiseClustered,
  toPersonSums,
} from './person-sums.ts'

interface Observed {
  person: number
  cell: string
  value: number
}

/** Folds observations person by person, as the store does, but one row for each person. */
function fold(observed: readonly Observed[]): CellSums<string>[] {
  const persons = [...new Set(observed.map(({ person }) => person))]
  return persons.map((person) => {
    const own = observed.filter((one) => one.person === person)
    const cells = [...new Set(own.map(({ cell }) => cell))].sort()
    const of = (cell: string) => own.filter((one) => one.cell === cell)
    const n = cells.map((cell) => of(cell).length)
    const y = cells.map((cell) => of(cell).reduce((sum, { value }) => sum + value, 0))
    const square = (a: number[], b: number[]) => a.flatMap((one) => b.map((other) => one * other))
    return { cells, persons: 1, n, y, nn: square(n, n), ny: square(n, y), yy: square(y, y) }
  })
}

interface Reference {
  orders: { person: number; stratum: string; said: number; unit: number; amount: number }[]
  weights: Record<string, number>
  average: Estimated
  standardised: Estimated
  shareOfOrders: Estimated
  shareOfMoney: Estimated
}
type Estimated = { mean: number; error: number; low: number; high: number }

const file = new URL('../../../../test/reference/channel-mix.json', import.meta.url)
const reference = JSON.parse(readFileSync(file, 'utf8')) as Reference

/** The estimate, its error and Student's interval, as another program has them. */
function expectSame(found: Clustered | undefined, { mean, error, low, high }: Estimated): void {
  expect(found?.mean).toBeCloseTo(mean, 10)
  expect(Math.sqrt(found?.variance ?? 0)).toBeCloseTo(error, 10)
  const interval = found && estimateMean(toPersonSums(found))
  expect(interval?.low).toBeCloseTo(low, 8)
  expect(interval?.high).toBeCloseTo(high, 8)
}

test('mean, standardised mean and shares have the errors that R gives, clustered by person', () => {
  const { orders, weights } = reference
  const said = fold(orders.map(({ person, stratum, said: value }) => ({ person, cell: stratum, value })))
  expectSame(averageClustered(said), reference.average)
  const weighted = new Map(Object.entries(weights))
  expectSame(
    standardiseClustered(said, (cell) => cell, weighted),
    reference.standardised,
  )
  const money = fold(orders.map(({ person, unit, amount: value }) => ({ person, cell: String(unit), value })))
  expectSame(
    shareClustered(money, (cell) => cell === '1', 'n'),
    reference.shareOfOrders,
  )
  expectSame(
    shareClustered(money, (cell) => cell === '1', 'y'),
    reference.shareOfMoney,
  )
})

const observations = fc.array(
  fc.record({
    person: fc.integer({ min: 0, max: 9 }),
    cell: fc.constantFrom('a', 'b', 'c'),
    value: fc.integer({ min: -4, max: 4 }).map((whole) => whole / 4),
  }),
  { minLength: 1, maxLength: 60 },
)

test('shares add up to one, and rows of one kind folded together give the same', () => {
  fc.assert(
    fc.property(observations, (observed) => {
      const rows = fold(observed.map((one) => ({ ...one, value: Math.abs(one.value) + 1 })))
      for (const of of ['n', 'y'] as const) {
        const shares = ['a', 'b', 'c'].map(
          (key) => shareClustered(rows, (cell) => cell === key, of)?.mean ?? 0,
        )
        expect(shares.reduce((a, b) => a + b)).toBeCloseTo(1, 10)
      }
      expect(shareClustered(foldAlike(rows), (cell) => cell === 'a', 'y')?.variance).toBeCloseTo(
        shareClustered(rows, (cell) => cell === 'a', 'y')?.variance as number,
        10,
      )
    }),
  )
})

/** Persons with the same cells as one row: what the store hands out. */
function foldAlike(rows: readonly CellSums<string>[]): CellSums<string>[] {
  const alike = new Map<string, CellSums<string>>()
  const add = (a: number[], b: number[]) => a.map((one, index) => one + (b[index] as number))
  for (const row of rows) {
    const key = row.cells.join()
    const known = alike.get(key)
    const { cells, persons, n, y, nn, ny, yy } = row
    alike.set(
      key,
      known
        ? {
            ...{ cells, persons: persons + known.persons, n: add(n, known.n), y: add(y, known.y) },
            ...{ nn: add(nn, known.nn), ny: add(ny, known.ny), yy: add(yy, known.yy) },
          }
        : row,
    )
  }
  return [...alike.values()]
}

test('standardised to its own strata a group is as it is', () => {
  fc.assert(
    fc.property(observations, (observed) => {
      const rows = fold(observed)
      const keys = [...new Set(observed.map(({ cell }) => cell))]
      const own = new Map(
        keys.map((key) => [key, observed.filter(({ cell }) => cell === key).length / observed.length]),
      )
      expect(standardiseClustered(rows, (cell) => cell, own)?.mean).toBeCloseTo(
        averageClustered(rows)?.mean as number,
        10,
      )
    }),
  )
})

test('a stratum of which nothing is known is never guessed', () => {
  const rows = fold([{ person: 1, cell: 'a', value: 1 }])
  expect(
    standardiseClustered(
      rows,
      (cell) => cell,
      new Map([
        ['a', 0.5],
        ['b', 0.5],
      ]),
    ),
  ).toBeUndefined()
  expect(averageClustered([])).toBeUndefined()
  expect(
    shareClustered(
      rows.map((row) => ({ ...row, y: [0] })),
      () => true,
      'y',
    ),
  ).toBeUndefined()
})
