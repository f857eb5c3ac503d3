import { studentQuantile, studentTails } from '../../../../kernel/stats/distributions.ts'
import type { Bounds } from '../../../../kernel/stats/estimate-mean.ts'
import { type Cells, codeOf, type Measured } from './cells.ts'

/** A cell's mean counts with this sign. */
export interface Term {
  cell: number
  sign: 1 | -1
}

export interface Contrast {
  difference: number
  low: number
  high: number
  /** Two-sided. */
  p: number
  /** Persons of the smallest cell. */
  smallest: number
}

const LEVEL = 0.95

/**
 * A sum of cell means with signs, such as (after − before at the place) − (after − before elsewhere), with its 95 %
 * interval. The same person may be in several cells: errors are clustered by person, as of the least squares of values
 * on cells with one row for each person and cell (Liang and Zeger 1986; small-sample factor
 * G/(G−1) · (N−1)/(N−K) and Student's t with G−1 degrees, as Stata and statsmodels have them). Where all of a cell agree
 * exactly, which is no proof that all would, the reach of Wilson's interval stands for its error. undefined where a
 * cell has fewer than two persons.
 */
export function estimateContrast(
  cells: Cells,
  measured: Measured,
  terms: readonly Term[],
  bounds?: Bounds,
): Contrast | undefined {
  const own = terms.map(({ cell }) => cells.find(codeOf(measured, cell), codeOf(measured, cell)))
  const sizes = own.map((one) => one?.n ?? 0)
  const smallest = Math.min(...sizes)
  if (!(smallest >= 2)) return undefined
  const means = own.map((one) => (one?.sum_a ?? 0) / (one?.n ?? 1))
  const difference = terms.reduce((sum, { sign }, at) => sum + sign * (means[at] as number), 0)
  const codes = terms.map(({ cell }) => cell)
  const persons = cells.countPersons(measured, codes)
  const rows = sizes.reduce((sum, n) => sum + n, 0)
  const factor = (persons / (persons - 1)) * ((rows - 1) / (rows - terms.length))
  const spread = sumSquaredInfluence(cells, measured, terms, means)
  const error = Math.sqrt(factor * spread + sumAgreement(cells, measured, codes, bounds))
  const df = persons - 1
  const half = studentQuantile((1 + LEVEL) / 2, df) * error
  return {
    difference,
    low: difference - half,
    high: difference + half,
    p: findChance(difference, error, df),
    smallest,
  }
}

function findChance(difference: number, error: number, df: number): number {
  if (error > 0) return studentTails(difference / error, df)
  return difference === 0 ? 1 : 0
}

/** Over persons, the square of what each adds to the sum: ± (value − mean) ÷ n in each of the person's cells. */
function sumSquaredInfluence(
  cells: Cells,
  measured: Measured,
  terms: readonly Term[],
  means: readonly number[],
): number {
  let sum = 0
  for (const [i, one] of terms.entries())
    for (const [j, other] of terms.entries()) {
      const [a, b] = [codeOf(measured, one.cell), codeOf(measured, other.cell)]
      const pair = cells.find(a, b)
      if (!pair) continue
      const [meanA, meanB] = a <= b ? [means[i], means[j]] : [means[j], means[i]]
      sum +=
        (one.sign * other.sign * crossDeviations(pair, meanA as number, meanB as number)) /
        sizeOf(cells, a, b)
    }
  return Math.max(0, sum)
}

function crossDeviations(
  { n, sum_a, sum_b, product }: { n: number; sum_a: number; sum_b: number; product: number },
  meanA: number,
  meanB: number,
): number {
  return product - meanA * sum_b - meanB * sum_a + n * meanA * meanB
}

const sizeOf = (cells: Cells, a: number, b: number) =>
  (cells.find(a, a)?.n ?? Number.NaN) * (cells.find(b, b)?.n ?? Number.NaN)

/** Rounding of large sums must not pass for scatter. */
const ALIKE = 1e-9

function sumAgreement(
  cells: Cells,
  measured: Measured,
  codes: readonly number[],
  bounds: Bounds | undefined,
): number {
  if (!bounds) return 0
  const width = bounds.high - bounds.low
  return codes.reduce((sum, cell) => {
    const own = cells.find(codeOf(measured, cell), codeOf(measured, cell))
    if (!own) return sum
    const scatter = own.product - (own.sum_a * own.sum_a) / own.n
    // Wilson's limit of n alike lies z²/(n + z²) away, which is z errors of z/(n + z²) each.
    return scatter > ALIKE * width * width ? sum : sum + ((1.96 * width) / (own.n + 3.84)) ** 2
  }, 0)
}
