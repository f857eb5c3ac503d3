import { type Factor, factorise, invert, type SquareMatrix, sandwich, solve } from './cholesky.ts'
import { pickProducts, type Sums } from './group-sums.ts'
import type { Column } from './make-columns.ts'
import type { SparseRows } from './sparse-rows.ts'

/** A column of which less than this is its own follows from those before it. */
const OWN_SHARE = 1e-9

/** The columns that can be told apart, in order; `place` is their place among all, −1 where dropped. */
export interface Kept {
  columns: number[]
  places: Int32Array
  /** Of each dropped column, those before it of which it is made. */
  dropped: { column: number; madeOf: number[] }[]
  factor: Factor
}

/** The model of a stage: the first so many of the columns that were kept. */
export interface StageFit {
  rank: number
  size: number
  theta: Float64Array
  bread: SquareMatrix
  /** Of theta; errors go together within persons. */
  covariance: SquareMatrix
}

/** Drops each column that follows from those before it. */
export function keepColumns(sums: Sums): Kept {
  const columns = Array.from({ length: sums.size }, (_, at) => at)
  const dropped: Kept['dropped'] = []
  for (;;) {
    const products = pickProducts(sums, columns)
    const factor = factorise(products, columns.length, OWN_SHARE)
    if (!('dependent' in factor)) {
      const places = new Int32Array(sums.size).fill(-1)
      columns.forEach((column, place) => {
        places[column] = place
      })
      return { columns, places, dropped, factor }
    }
    const at = factor.dependent
    dropped.push({ column: columns[at] as number, madeOf: findParts(products, columns, at) })
    columns.splice(at, 1)
  }
}

function findParts(products: SquareMatrix, columns: readonly number[], at: number): number[] {
  const size = columns.length
  const before = new Float64Array(at * at)
  for (let i = 0; i < at; i++) before.set(products.subarray(i * size, i * size + at), i * at)
  const factor = factorise(before, at, OWN_SHARE)
  if ('dependent' in factor) return []
  const parts = solve(factor, products.subarray(at * size, at * size + at))
  return columns.slice(0, at).filter((_, place) => Math.abs(parts[place] as number) > 1e-4)
}

/** Coefficients of the model of the first `size` kept columns: its factor is the upper corner of the widest one's. */
export function solveStage(
  { factor }: Pick<Kept, 'factor'>,
  right: Float64Array,
  size: number,
): Float64Array {
  return solve(cornerOf(factor, size), right)
}

function cornerOf({ size: whole, lower }: Factor, size: number): Factor {
  const corner = new Float64Array(size * size)
  for (let i = 0; i < size; i++) corner.set(lower.subarray(i * whole, i * whole + size), i * size)
  return { size, lower: corner }
}

export function sizeOfStage(kept: Kept, columns: readonly Column[], rank: number): number {
  return kept.columns.filter((column) => (columns[column] as Column).rank <= rank).length
}

/**
 * Least squares, with errors that may differ and go together within persons (Liang and Zeger 1986, with
 * G / (G − 1) · (n − 1) / (n − k), as statsmodels and R's `sandwich` have it). Undefined where there are too few persons.
 */
export function fitStage(
  rows: SparseRows,
  kept: Kept,
  right: Float64Array,
  rank: number,
  size: number,
  clusters: number,
): StageFit | undefined {
  if (clusters <= size) return undefined
  const corner = cornerOf(kept.factor, size)
  const theta = solve(corner, right)
  const bread = invert(corner)
  const meat = addUpScores(rows, kept, size, findResiduals(rows, kept, theta))
  const correction = (clusters / (clusters - 1)) * ((rows.n - 1) / (rows.n - size))
  const covariance = sandwich(bread, meat, size).map((value) => value * correction)
  return { rank, size, theta, bread, covariance }
}

/** Z θ of a row. */
export function predictRow(rows: SparseRows, { places }: Kept, theta: Float64Array, row: number): number {
  let sum = 0
  const to = rows.starts[row + 1] as number
  for (let at = rows.starts[row] as number; at < to; at++) {
    const place = places[rows.places[at] as number] as number
    if (place >= 0 && place < theta.length) sum += (theta[place] as number) * (rows.values[at] as number)
  }
  return sum
}

export function findResiduals(rows: SparseRows, kept: Kept, theta: Float64Array): Float64Array {
  const residuals = new Float64Array(rows.n)
  for (let row = 0; row < rows.n; row++)
    residuals[row] = (rows.outcome[row] as number) - predictRow(rows, kept, theta, row)
  return residuals
}

/** Σ over persons of s sᵀ, s being the sum of a person's rows times what is left of them. */
export function addUpScores(
  rows: SparseRows,
  { places }: Kept,
  size: number,
  residuals: Float64Array,
): SquareMatrix {
  const meat = new Float64Array(size * size)
  const score = new Float64Array(size)
  const touched = new Int32Array(size)
  const isTouched = new Uint8Array(size)
  let count = 0
  for (let row = 0; row < residuals.length; row++) {
    const left = residuals[row] as number
    const to = rows.starts[row + 1] as number
    for (let at = rows.starts[row] as number; at < to; at++) {
      const place = places[rows.places[at] as number] as number
      if (place < 0 || place >= size) continue
      if (isTouched[place] === 0) {
        isTouched[place] = 1
        touched[count++] = place
      }
      score[place] = (score[place] as number) + left * (rows.values[at] as number)
    }
    if (row + 1 < residuals.length && rows.person[row + 1] === rows.person[row]) continue
    addSquare(meat, size, score, touched, count)
    for (let at = 0; at < count; at++) {
      const place = touched[at] as number
      score[place] = 0
      isTouched[place] = 0
    }
    count = 0
  }
  return mirror(meat, size)
}

function addSquare(
  meat: SquareMatrix,
  size: number,
  score: Float64Array,
  touched: Int32Array,
  count: number,
): void {
  for (let i = 0; i < count; i++) {
    const a = touched[i] as number
    const value = score[a] as number
    for (let j = 0; j <= i; j++) {
      const b = touched[j] as number
      const at = a >= b ? a * size + b : b * size + a
      meat[at] = (meat[at] as number) + value * (score[b] as number)
    }
  }
}

export function mirror(matrix: SquareMatrix, size: number): SquareMatrix {
  for (let i = 0; i < size; i++)
    for (let j = 0; j < i; j++) matrix[j * size + i] = matrix[i * size + j] as number
  return matrix
}
