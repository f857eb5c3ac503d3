import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { type Family, fitWeighted, keepIndependent, type WeightedRows } from './fit-weighted.ts'
import { contrast, findMargins } from './margins.ts'

const folder = new URL('../../../../test/reference/', import.meta.url)
const figures = JSON.parse(readFileSync(new URL('exposure.json', folder), 'utf8')) as Record<Family, Figures>

interface Figures {
  coefficients: number[]
  errors: number[]
  margins: number[]
  marginErrors: number[]
  gain: [number, number]
}

/** The committed table with the columns that the script of the reference figures makes of it. */
function readTable(outcome: 'outcome' | 'mark'): WeightedRows {
  const [head = '', ...lines] = readFileSync(new URL('exposure.csv', folder), 'utf8').trim().split('\n')
  const names = head.split(',')
  const cells = lines.map((line) => line.split(',').map(Number))
  const column = (name: string) => Float64Array.from(cells, (row) => row[names.indexOf(name)] as number)
  const contacts = column('contacts')
  const of = Int32Array.from(column('person'), (person) => person - 1)
  return {
    n: cells.length,
    outcome: column(outcome),
    weights: column('weight'),
    clusters: { of, count: Math.max(...of) + 1 },
    columns: [
      new Float64Array(cells.length).fill(1),
      column('other').map(Math.log1p),
      column('keen'),
      contacts.map((n) => Number(n === 1)),
      contacts.map((n) => Number(n >= 2)),
    ],
  }
}

test.each([
  ['binomial', 'outcome'],
  ['gaussian', 'mark'],
] as const)(
  'estimates, errors by person and average predictions of the %s model are those of R',
  (family, outcome) => {
    const rows = readTable(outcome)
    const known = figures[family]
    const fit = fitWeighted(rows, family)
    if (!fit) throw new Error('The model must settle.')
    const k = rows.columns.length
    for (let at = 0; at < k; at++) {
      expect(fit.theta[at]).toBeCloseTo(known.coefficients[at] as number, 9)
      expect(Math.sqrt(fit.covariance[at * k + at] as number)).toBeCloseTo(known.errors[at] as number, 9)
    }
    const margins = findMargins(
      rows,
      family,
      fit,
      [
        [0, 0],
        [1, 0],
        [0, 1],
      ].map(([one, more]) => [
        { column: 3, value: one as number },
        { column: 4, value: more as number },
      ]),
    )
    known.margins.forEach((value, at) => {
      const level = contrast(
        margins,
        known.margins.map((_, place) => Number(place === at)),
      )
      expect(level.value).toBeCloseTo(value, 9)
      expect((level.high - level.low) / 2 / 1.959963984540054).toBeCloseTo(
        known.marginErrors[at] as number,
        8,
      )
    })
    const gain = contrast(margins, [-1, 0, 1])
    expect(gain.value).toBeCloseTo(known.gain[0], 9)
    expect((gain.high - gain.low) / 2 / 1.959963984540054).toBeCloseTo(known.gain[1], 8)
  },
)

test('a row that stands for three is fitted as three rows are', () => {
  const rows = readTable('outcome')
  const places = Array.from({ length: rows.n }, (_, at) => (at % 2 ? [at, at, at] : [at])).flat()
  const take = (column: Float64Array) => Float64Array.from(places, (at) => column[at] as number)
  const whole = {
    n: places.length,
    outcome: take(rows.outcome),
    weights: new Float64Array(places.length).fill(1),
    columns: rows.columns.map(take),
    clusters: {
      count: rows.clusters.count,
      of: Int32Array.from(places, (at) => rows.clusters.of[at] as number),
    },
  }
  const drawn = { ...rows, weights: rows.outcome.map((_, at) => (at % 2 ? 3 : 1)) }
  const [a, b] = [fitWeighted(drawn, 'binomial'), fitWeighted(whole, 'binomial')]
  a?.theta.forEach((value, at) => {
    expect(value).toBeCloseTo(b?.theta[at] as number, 9)
  })
  expect(a?.theta).toHaveLength(5)
})

test('an outcome told without exception has no estimate, and a column made of others is left out', () => {
  const rows = readTable('outcome')
  const told = { ...rows, columns: [...rows.columns.slice(0, 3), rows.outcome] }
  expect(fitWeighted(told, 'binomial')).toBeUndefined()
  expect(fitWeighted({ ...rows, outcome: rows.outcome.map(() => 0) }, 'binomial')).toBeUndefined()
  const twice = [...rows.columns, rows.columns[2]?.map((value) => 2 * value + 1) as Float64Array]
  expect(keepIndependent(twice, rows.weights)).toEqual([0, 1, 2, 3, 4])
})
