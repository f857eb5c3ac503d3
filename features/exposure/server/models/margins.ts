import { Z_95 } from '../../../../kernel/stats/wilson.ts'
import { type Family, toChance, type WeightedFit, type WeightedRows } from './fit-weighted.ts'

export interface Estimate {
  value: number
  low: number
  high: number
}

/** What every row would be expected to come to, were some of its columns these. */
export type Setting = readonly { column: number; value: number }[]

export interface Margins {
  values: Float64Array
  /** Of the values, by rows. */
  covariance: Float64Array
}

/**
 * Average predictions: all rows are set alike and what the model expects of them is averaged (predictive margins, Graubard and
 * Korn 1999); errors by the delta method.
 */
export function findMargins(
  rows: WeightedRows,
  family: Family,
  { theta, covariance }: WeightedFit,
  settings: readonly Setting[],
): Margins {
  const slopes = settings.map(() => new Float64Array(theta.length))
  const values = Float64Array.from(settings, (setting, place) =>
    average(rows, family, theta, setting, slopes[place] as Float64Array),
  )
  const size = settings.length
  const joint = new Float64Array(size * size)
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++)
      joint[i * size + j] = weighBoth(slopes[i] as Float64Array, covariance, slopes[j] as Float64Array)
  }
  return { values, covariance: joint }
}

function average(
  { columns, weights, n }: WeightedRows,
  family: Family,
  theta: Float64Array,
  setting: Setting,
  slope: Float64Array,
): number {
  const set = new Map(setting.map(({ column, value }) => [column, value]))
  const eta = new Float64Array(n)
  columns.forEach((column, at) => {
    const factor = theta[at] as number
    const value = set.get(at)
    for (let row = 0; row < n; row++)
      eta[row] = (eta[row] as number) + factor * (value ?? (column[row] as number))
  })
  let all = 0
  let sum = 0
  for (let row = 0; row < n; row++) {
    const weight = weights[row] as number
    const p = family === 'binomial' ? toChance(eta[row] as number) : (eta[row] as number)
    all += weight
    sum += weight * p
    eta[row] = weight * (family === 'binomial' ? p * (1 - p) : 1)
  }
  columns.forEach((column, at) => {
    const value = set.get(at)
    let total = 0
    for (let row = 0; row < n; row++) total += (eta[row] as number) * (value ?? (column[row] as number))
    slope[at] = total / all
  })
  return sum / all
}

function weighBoth(a: Float64Array, covariance: Float64Array, b: Float64Array): number {
  let sum = 0
  const size = a.length
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++)
      sum += (a[i] as number) * (covariance[i * size + j] as number) * (b[j] as number)
  }
  return sum
}

/** A weighed sum of margins with its interval: `[1, 0, 0]` is the first one, `[-1, 1, 0]` what the second has more. */
export function contrast({ values, covariance }: Margins, weights: readonly number[]): Estimate {
  const size = values.length
  const factors = Float64Array.from(weights)
  const value = factors.reduce((sum, factor, at) => sum + factor * (values[at] as number), 0)
  const variance = size === 0 ? 0 : weighBoth(factors, covariance, factors)
  const half = Z_95 * Math.sqrt(Math.max(0, variance))
  return { value, low: value - half, high: value + half }
}
