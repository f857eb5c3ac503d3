import { type Factor, factorise, invert, type SquareMatrix, sandwich, solve } from './cholesky.ts'
import { pickProducts, type Sums } from './group-sums.ts'
import type { Column } from './make-columns.ts'
import type { SparseRows } from './sparse-rows.ts'

/** A column of which less than this is its own follows from those before it. */
const OWN_SHARE = 1e-9

/** The columns that can be told apart, in order. */
export interface Kept {
  columns: number[]
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

/** What is only controlled for is dropped where fewer units than this tell it from those before it. */
const LEAST_OWN_UNITS = 5

/** Drops each column that follows from those before it, and of what is no driver also what nearly does. */
export function keepColumns(sums: Sums, all: readonly Column[]): Kept {
  const columns = Array.from({ length: sums.size }, (_, at) => at)
  const dropped: Kept['dropped'] = []
  for (;;) {
    const products = pickProducts(sums, columns)
    const factor = factorise(products, columns.length, OWN_SHARE)
    const at = 'dependent' in factor ? factor.dependent : findNearlyDependent(factor, columns, all)
    if (at === undefined) return { columns, dropped, factor: factor as Factor }
    dropped.push({ column: columns[at] as number, madeOf: findParts(products, columns, at) })
    columns.splice(at, 1)
  }
}

function findNearlyDependent(
  { size, lower }: Factor,
  columns: readonly number[],
  all: readonly Column[],
): number | undefined {
  const at = columns.findIndex((column, place) => {
    const { role } = all[column] as Column
    const own = (lower[place * size + place] as number) ** 2
    return (role === 'known' || role === 'control') && own < LEAST_OWN_UNITS
  })
  return at < 0 ? undefined : at
}

/** The same rows with places among the kept columns, without what was dropped. */
export function keepPlaces(rows: SparseRows, { columns }: Pick<Kept, 'columns'>): SparseRows {
  if (columns.length === rows.size) return rows
  const placeOf = new Int32Array(rows.size).fill(-1)
  columns.forEach((column, place) => {
    placeOf[column] = place
  })
  const starts = new Int32Array(rows.n + 1)
  const places = new Uint16Array(rows.places.length)
  const values = new Float64Array(rows.values.length)
  let next = 0
  for (let row = 0; row < rows.n; row++) {
    const to = rows.starts[row + 1] as number
    for (let at = rows.starts[row] as number; at < to; at++) {
      const place = placeOf[rows.places[at] as number] as number
      if (place < 0) continue
      places[next] = place
      values[next++] = rows.values[at] as number
    }
    starts[row + 1] = next
  }
  return { ...rows, size: columns.length, starts, places, values }
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

/** A row that is fitted exactly tells nothing of errors. */
const LEAST_LEFT = 1e-3

/** The variance that a column's coefficient has where fewer than a thousand units tell it, in units of the residuals'. */
const RARE = 1e-3

/**
 * Least squares, with errors that may differ and go together within persons (Liang and Zeger 1986), raised person by person for
 * leverage instead of all alike. Undefined where there are too few persons.
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
  const residuals = findResiduals(rows, theta)
  raiseByLeverage(residuals, rows, bread, size)
  const covariance = sandwich(bread, addUpScores(rows, size, residuals), size)
  return { rank, size, theta, bread, covariance }
}

/**
 * Whoever bends the fit towards themselves leaves less of themselves over, the more the fewer share their columns: what is left of a
 * row is divided by √(1 − h), h = xᵀ (XᵀX)⁻¹ x (HC2; MacKinnon and White 1985). Rows of a person pull together, so that h is at
 * least that of their sum s, sᵀ (XᵀX)⁻¹ s by their number (Bell and McCaffrey 2002 for a person whose rows are left over alike).
 * Single rows of common columns alone hardly bend it and are passed over.
 */
export function raiseByLeverage(
  residuals: Float64Array,
  rows: SparseRows,
  bread: SquareMatrix,
  size: number,
): void {
  const { starts, places, person } = rows
  const isRare = Uint8Array.from({ length: size }, (_, at) =>
    Number((bread[at * size + at] as number) > RARE),
  )
  const hasRare = (row: number) => {
    const end = starts[row + 1] as number
    for (let at = starts[row] as number; at < end && (places[at] as number) < size; at++)
      if (isRare[places[at] as number] === 1) return true
    return false
  }
  const lever = makeLever(rows, bread, size)
  for (let row = 0; row < residuals.length; ) {
    let end = row + 1
    while (end < residuals.length && person[end] === person[row]) end++
    const together = end - row > 1 ? lever(row, end) : 0
    for (; row < end; row++) {
      const leverage = together > 0 || hasRare(row) ? Math.max(together, lever(row, row + 1)) : 0
      residuals[row] = (residuals[row] as number) / Math.sqrt(Math.max(1 - leverage, LEAST_LEFT))
    }
  }
}

/** The leverage of the sum of some rows, by their number. */
function makeLever({ starts, places, values }: SparseRows, bread: SquareMatrix, size: number) {
  const sums = new Float64Array(size)
  const touched = new Uint16Array(size)
  return (from: number, to: number): number => {
    let count = 0
    for (let at = starts[from] as number; at < (starts[to] as number); at++) {
      const place = places[at] as number
      const value = values[at] as number
      if (place >= size || value === 0) continue
      if (sums[place] === 0) touched[count++] = place
      sums[place] = (sums[place] as number) + value
    }
    let leverage = 0
    for (let i = 0; i < count; i++) {
      const place = touched[i] as number
      let sum = ((bread[place * size + place] as number) * (sums[place] as number)) / 2
      for (let j = 0; j < i; j++)
        sum +=
          (bread[place * size + (touched[j] as number)] as number) * (sums[touched[j] as number] as number)
      leverage += 2 * sum * (sums[place] as number)
    }
    for (let i = 0; i < count; i++) sums[touched[i] as number] = 0
    return leverage / (to - from)
  }
}

/** Z θ of a row, of the first columns that θ has. */
export function predictRow(rows: SparseRows, theta: Float64Array, row: number): number {
  const { starts, places, values } = rows
  const size = theta.length
  const to = starts[row + 1] as number
  let sum = 0
  for (let at = starts[row] as number; at < to; at++) {
    const place = places[at] as number
    if (place >= size) break
    sum += (theta[place] as number) * (values[at] as number)
  }
  return sum
}

export function findResiduals(rows: SparseRows, theta: Float64Array): Float64Array {
  const residuals = new Float64Array(rows.n)
  for (let row = 0; row < rows.n; row++)
    residuals[row] = (rows.outcome[row] as number) - predictRow(rows, theta, row)
  return residuals
}

/** Σ over persons of s sᵀ, s being the sum of a person's rows times what is left of them. */
export function addUpScores(rows: SparseRows, size: number, residuals: Float64Array): SquareMatrix {
  const meat = new Float64Array(size * size)
  const sum = new Float64Array(size)
  const weights = new Float64Array(residuals.length)
  const { person } = rows
  for (let row = 0; row < residuals.length; ) {
    let end = row + 1
    while (end < residuals.length && person[end] === person[row]) end++
    if (end === row + 1) weights[row] = (residuals[row] as number) ** 2
    else addPerson(meat, sum, rows, size, row, end, residuals)
    row = end
  }
  addWeighedRows(meat, rows, size, weights)
  return mirror(meat, size)
}

/** Adds w x xᵀ of each row to the lower triangle; rows that weigh nothing are passed over. */
export function addWeighedRows(
  matrix: SquareMatrix,
  { n, starts, places, values }: SparseRows,
  size: number,
  weights: Float64Array,
): void {
  for (let row = 0; row < n; row++) {
    const weight = weights[row] as number
    if (weight === 0) continue
    const from = starts[row] as number
    const to = starts[row + 1] as number
    for (let i = from; i < to; i++) {
      const place = places[i] as number
      if (place >= size) break
      const value = weight * (values[i] as number)
      const line = place * size
      for (let j = from; j <= i; j++) {
        const at = line + (places[j] as number)
        matrix[at] = (matrix[at] as number) + value * (values[j] as number)
      }
    }
  }
}

function addPerson(
  meat: SquareMatrix,
  sum: Float64Array,
  { starts, places, values }: SparseRows,
  size: number,
  from: number,
  to: number,
  residuals: Float64Array,
): void {
  const touched = new Set<number>()
  for (let row = from; row < to; row++) {
    const end = starts[row + 1] as number
    for (let at = starts[row] as number; at < end; at++) {
      const place = places[at] as number
      if (place >= size) break
      touched.add(place)
      sum[place] = (sum[place] as number) + (residuals[row] as number) * (values[at] as number)
    }
  }
  const order = [...touched].sort((a, b) => a - b)
  for (const [i, a] of order.entries()) {
    const value = sum[a] as number
    for (let j = 0; j <= i; j++) {
      const b = order[j] as number
      meat[a * size + b] = (meat[a * size + b] as number) + value * (sum[b] as number)
    }
  }
  for (const place of order) sum[place] = 0
}

export function mirror(matrix: SquareMatrix, size: number): SquareMatrix {
  for (let i = 0; i < size; i++)
    for (let j = 0; j < i; j++) matrix[j * size + i] = matrix[i * size + j] as number
  return matrix
}
