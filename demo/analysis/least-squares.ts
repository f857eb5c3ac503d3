export interface Estimate {
  estimate: number
  /** Standard error, robust to unequal variances. */
  error: number
}

/**
 * Ordinary least squares with an intercept and errors robust to unequal variances (HC1; White 1980, MacKinnon and White
 * 1985). `columns` are predictors by name; those without any variation are left out. Fails on collinear ones.
 */
export function leastSquares(
  outcome: readonly number[],
  columns: Readonly<Record<string, readonly number[]>>,
): Record<string, Estimate> & { n: number } {
  const names = Object.keys(columns).filter((name) => varies(columns[name] as readonly number[]))
  const rows = outcome.map((_, at) => [1, ...names.map((name) => columns[name]?.[at] as number)])
  const width = names.length + 1
  const inverse = invert(sumProducts(rows, width, () => 1))
  const moments = Array.from({ length: width }, (_, i) =>
    rows.reduce((sum, row, at) => sum + (row[i] as number) * (outcome[at] as number), 0),
  )
  const slopes = inverse.map((line) => dot(line, moments))
  const residuals = rows.map((row, at) => (outcome[at] as number) - dot(row, slopes))
  const meat = sumProducts(rows, width, (at) => (residuals[at] as number) ** 2)
  const correction = rows.length / Math.max(1, rows.length - width)
  const estimates: Record<string, Estimate> = {}
  for (const [at, name] of names.entries()) {
    const line = inverse[at + 1] as number[]
    const variance = dot(
      line,
      meat.map((row) => dot(row, line)),
    )
    estimates[name] = { estimate: slopes[at + 1] as number, error: Math.sqrt(variance * correction) }
  }
  return Object.assign(estimates, { n: rows.length }) as Record<string, Estimate> & { n: number }
}

/** The difference of two means (ones minus zeros of `group`), as a plain chart shows it. */
export function compareMeans(outcome: readonly number[], group: readonly number[]): Estimate {
  const found = leastSquares(outcome, { group }).group
  return found ?? { estimate: Number.NaN, error: Number.NaN }
}

function varies(values: readonly number[]): boolean {
  return values.some((value) => value !== values[0])
}

function dot(a: readonly number[], b: readonly number[]): number {
  let sum = 0
  for (let at = 0; at < a.length; at++) sum += (a[at] as number) * (b[at] as number)
  return sum
}

function sumProducts(rows: readonly number[][], width: number, weight: (at: number) => number): number[][] {
  const sums = Array.from({ length: width }, () => new Array<number>(width).fill(0))
  for (const [at, row] of rows.entries()) {
    const factor = weight(at)
    for (let i = 0; i < width; i++) {
      const value = (row[i] as number) * factor
      if (value === 0) continue
      const line = sums[i] as number[]
      for (let j = 0; j < width; j++) line[j] = (line[j] as number) + value * (row[j] as number)
    }
  }
  return sums
}

/** Gauss–Jordan with the largest pivot. */
function invert(matrix: readonly (readonly number[])[]): number[][] {
  const size = matrix.length
  const work = matrix.map((row, i) => [...row, ...Array.from({ length: size }, (_, j) => (i === j ? 1 : 0))])
  for (let step = 0; step < size; step++) {
    const best = findPivot(work, step)
    ;[work[step], work[best]] = [work[best] as number[], work[step] as number[]]
    const pivotRow = work[step] as number[]
    const pivot = pivotRow[step] as number
    if (Math.abs(pivot) < 1e-9) throw new RangeError('the predictors are collinear')
    for (let j = 0; j < 2 * size; j++) pivotRow[j] = (pivotRow[j] as number) / pivot
    for (const [i, row] of work.entries()) if (i !== step) subtract(row, pivotRow, row[step] as number)
  }
  return work.map((row) => row.slice(size))
}

function findPivot(work: readonly number[][], step: number): number {
  let best = step
  for (let i = step + 1; i < work.length; i++)
    if (Math.abs(work[i]?.[step] as number) > Math.abs(work[best]?.[step] as number)) best = i
  return best
}

function subtract(row: number[], from: readonly number[], factor: number): void {
  if (factor === 0) return
  for (let j = 0; j < row.length; j++) row[j] = (row[j] as number) - factor * (from[j] as number)
}
