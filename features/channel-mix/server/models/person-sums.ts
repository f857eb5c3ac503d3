import type { PersonSums } from '../../../../kernel/stats/estimate-mean.ts'

/**
 * Persons whose observations lie in the same cells, folded: of each cell the count `n` of observations and the sum `y`
 * of their values, and the products of every two cells within a person, added up over the persons. That is all that a
 * mean, a share and a standardised mean need for an error clustered by person, whatever the number of persons.
 */
export interface CellSums<Cell> {
  cells: Cell[]
  persons: number
  n: number[]
  y: number[]
  /** Products as a square, row after row: n·n, n·y (row n, column y), y·y. */
  nn: number[]
  ny: number[]
  yy: number[]
}

/** n and y of each cell over all persons, the cells named by `keyOf`; undefined leaves a cell out. */
export function addCells<Cell>(
  rows: readonly CellSums<Cell>[],
  keyOf: (cell: Cell) => string | undefined,
): Map<string, { n: number; y: number }> {
  const sums = new Map<string, { n: number; y: number }>()
  for (const { cells, n, y } of rows)
    for (const [index, cell] of cells.entries()) {
      const key = keyOf(cell)
      if (key === undefined) continue
      const sum = sums.get(key) ?? { n: 0, y: 0 }
      sums.set(key, { n: sum.n + (n[index] as number), y: sum.y + (y[index] as number) })
    }
  return sums
}

/** Persons with at least one observation in the cells kept. */
export function countPersons<Cell>(
  rows: readonly CellSums<Cell>[],
  keep: (cell: Cell) => boolean = () => true,
): number {
  return rows.reduce((sum, { cells, persons }) => sum + (cells.some(keep) ? persons : 0), 0)
}

/** What one observation, and one unit of its value, in a cell adds to the estimate's error of the person. */
export interface Influence {
  perN: number
  perY: number
}

/** Σ over persons of (Σ over their cells of perN·n + perY·y)². */
function addSquares<Cell>(rows: readonly CellSums<Cell>[], influence: (cell: Cell) => Influence): number {
  let sum = 0
  for (const { cells, nn, ny, yy } of rows) {
    const own = cells.map(influence)
    for (const [i, a] of own.entries())
      for (const [j, b] of own.entries()) {
        const at = i * own.length + j
        sum +=
          a.perN * b.perN * (nn[at] as number) +
          2 * a.perN * b.perY * (ny[at] as number) +
          a.perY * b.perY * (yy[at] as number)
      }
  }
  return Math.max(0, sum)
}

/** An estimate with its variance; persons are the clusters. */
export interface Clustered {
  persons: number
  mean: number
  variance: number
}

/**
 * The mean of all observations. Variance: Σ of squared sums of residuals by person ÷ n², with the correction G/(G−1)
 * for G persons (Liang and Zeger, Biometrika 73, 1986; Cameron and Miller, J. Human Resources 50, 2015, section II).
 */
export function averageClustered<Cell>(rows: readonly CellSums<Cell>[]): Clustered | undefined {
  const total = addCells(rows, () => '').get('')
  if (!total || total.n === 0) return undefined
  const persons = countPersons(rows)
  const mean = total.y / total.n
  const influence = { perN: -mean / total.n, perY: 1 / total.n }
  return { persons, mean, variance: correct(persons) * addSquares(rows, () => influence) }
}

/** A cell's part of all observations (`n`) or of all their value (`y`): a ratio estimator (Cochran 1977, section 6.3), clustered by person. */
export function shareClustered<Cell>(
  rows: readonly CellSums<Cell>[],
  isPart: (cell: Cell) => boolean,
  of: 'n' | 'y',
): Clustered | undefined {
  const parts = addCells(rows, (cell) => (isPart(cell) ? 'part' : 'rest'))
  const part = parts.get('part')?.[of] ?? 0
  const whole = part + (parts.get('rest')?.[of] ?? 0)
  if (!(whole > 0)) return undefined
  const mean = part / whole
  const persons = countPersons(rows)
  const variance = addSquares(rows, (cell) => {
    const weight = ((isPart(cell) ? 1 : 0) - mean) / whole
    return of === 'n' ? { perN: weight, perY: 0 } : { perN: 0, perY: weight }
  })
  return { persons, mean, variance: correct(persons) * variance }
}

/**
 * Direct standardisation (Fleiss, Levin and Paik, Statistical Methods for Rates and Proportions, 2003, chapter 19): the
 * means of the strata with the weights given, which add up to 1. The error is that of the saturated regression of the
 * values on the strata, clustered by person with the usual correction G/(G−1)·(N−1)/(N−K); weights count as known.
 * undefined where a stratum with a weight has no observation.
 */
export function standardiseClustered<Cell>(
  rows: readonly CellSums<Cell>[],
  keyOf: (cell: Cell) => string | undefined,
  weights: ReadonlyMap<string, number>,
): Clustered | undefined {
  const keyed = (cell: Cell) => {
    const key = keyOf(cell)
    return key !== undefined && weights.has(key) ? key : undefined
  }
  const strata = addCells(rows, keyed)
  const influences = new Map<string, Influence>()
  let [mean, observations] = [0, 0]
  for (const [key, weight] of weights) {
    const stratum = strata.get(key)
    if (!stratum || stratum.n === 0) return undefined
    const average = stratum.y / stratum.n
    mean += weight * average
    observations += stratum.n
    influences.set(key, { perN: (-weight * average) / stratum.n, perY: weight / stratum.n })
  }
  const none = { perN: 0, perY: 0 }
  const persons = countPersons(rows, (cell) => keyed(cell) !== undefined)
  const squares = addSquares(rows, (cell) => influences.get(keyed(cell) ?? '') ?? none)
  const degrees = (observations - 1) / Math.max(1, observations - weights.size)
  return { persons, mean, variance: correct(persons) * degrees * squares }
}

const correct = (persons: number) => (persons > 1 ? persons / (persons - 1) : 1)

/** The sums of as many independent persons whose mean has this variance, for `estimateMean` and `compareMeans`. */
export function toPersonSums({ persons: n, mean, variance }: Clustered, scale = 1): PersonSums {
  const sum = mean * scale * n
  return { n, sum, squares: Math.max(0, n - 1) * variance * scale * scale * n + (sum * sum) / Math.max(1, n) }
}
