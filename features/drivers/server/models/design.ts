import type { SquareMatrix } from './cholesky.ts'

/** A predictor: one column, or one for each level of a category but the first. */
export interface Term {
  name: string
  /** Places in `Design.columns`. */
  columns: number[]
}

/** What a model is fitted to: rows without gaps. */
export interface Design {
  n: number
  outcome: Float64Array
  columns: Float64Array[]
  /** Of the coefficients, in the order of the columns. */
  names: string[]
  terms: Term[]
  /** The number of each row's cluster, from 0, where errors may go together. */
  clusters?: { of: Int32Array; count: number }
}

/**
 * The same columns with mean 0 and deviation 1, after a first column of ones, and the way back. Fitting on these
 * keeps matrices well conditioned whatever the units.
 */
export interface Standardised {
  n: number
  /** Ones, then the columns. */
  z: Float64Array[]
  means: Float64Array
  deviations: Float64Array
}

export function standardise({ n, columns }: Pick<Design, 'n' | 'columns'>): Standardised {
  const means = new Float64Array(columns.length)
  const deviations = new Float64Array(columns.length)
  const scaled = columns.map((column, at) => {
    const mean = findMean(column)
    const centred = column.map((value) => value - mean)
    const deviation = Math.sqrt(centred.reduce((sum, value) => sum + value * value, 0) / n)
    means[at] = mean
    // What is left of a constant is rounding.
    const isConstant = deviation <= 1e-13 * Math.abs(mean)
    deviations[at] = isConstant ? 0 : deviation
    return !isConstant ? centred.map((value) => value / deviation) : centred
  })
  return { n, z: [new Float64Array(n).fill(1), ...scaled], means, deviations }
}

/** In two passes, so that the mean is exact to rounding. */
export function findMean(values: Float64Array): number {
  const first = values.reduce((sum, value) => sum + value, 0) / values.length
  return first + values.reduce((sum, value) => sum + (value - first), 0) / values.length
}

const BLOCK = 2048

/** Zᵀ W Z, by blocks of rows that stay in the processor's cache. */
export function weighProducts(z: readonly Float64Array[], weights?: Float64Array): SquareMatrix {
  const size = z.length
  const n = z[0]?.length ?? 0
  const products = new Float64Array(size * size)
  const weighed = new Float64Array(BLOCK)
  for (let from = 0; from < n; from += BLOCK) {
    const to = Math.min(n, from + BLOCK)
    for (let i = 0; i < size; i++) {
      const left = z[i] as Float64Array
      for (let at = from; at < to; at++) {
        weighed[at - from] = weights ? (left[at] as number) * (weights[at] as number) : (left[at] as number)
      }
      for (let j = 0; j <= i; j++) {
        const right = z[j] as Float64Array
        let sum = 0
        for (let at = from; at < to; at++) sum += (weighed[at - from] as number) * (right[at] as number)
        products[i * size + j] = (products[i * size + j] as number) + sum
      }
    }
  }
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) products[j * size + i] = products[i * size + j] as number
  }
  return products
}

/** Zᵀ v. */
export function projectOn(z: readonly Float64Array[], values: Float64Array): Float64Array {
  return Float64Array.from(z, (column) => {
    let sum = 0
    for (let at = 0; at < values.length; at++) sum += (column[at] as number) * (values[at] as number)
    return sum
  })
}

/** Z θ. */
export function combine(z: readonly Float64Array[], theta: ArrayLike<number>, n: number): Float64Array {
  const sum = new Float64Array(n)
  z.forEach((column, j) => {
    const factor = theta[j] as number
    if (factor === 0) return
    for (let at = 0; at < n; at++) sum[at] = (sum[at] as number) + factor * (column[at] as number)
  })
  return sum
}

/** Estimates and their variances in the units of the table, the intercept first. */
export function unscale(
  { means, deviations }: Standardised,
  theta: Float64Array,
  covariance: SquareMatrix,
): { estimates: Float64Array; variances: Float64Array } {
  const size = theta.length
  const estimates = new Float64Array(size)
  const variances = new Float64Array(size)
  // The intercept is θ₀ − Σ θⱼ mⱼ / sⱼ.
  const weights = Float64Array.from(theta, (_, j) =>
    j === 0 ? 1 : -(means[j - 1] as number) / (deviations[j - 1] as number),
  )
  for (let i = 0; i < size; i++) {
    estimates[0] = (estimates[0] as number) + (weights[i] as number) * (theta[i] as number)
    for (let j = 0; j < size; j++) {
      variances[0] =
        (variances[0] as number) +
        (weights[i] as number) * (weights[j] as number) * (covariance[i * size + j] as number)
    }
  }
  for (let j = 1; j < size; j++) {
    const deviation = deviations[j - 1] as number
    estimates[j] = (theta[j] as number) / deviation
    variances[j] = (covariance[j * size + j] as number) / deviation ** 2
  }
  return { estimates, variances }
}
