import type { SquareMatrix } from './cholesky.ts'
import type { SparseRows } from './sparse-rows.ts'

/** Sums of squares and products by groups of persons: all that least squares needs, whichever groups are drawn. */
export interface GroupSums {
  groups: number
  size: number
  /** Lower triangles by rows, one for each group. */
  products: Float64Array
  /** With the outcome. */
  projections: Float64Array
}

export const triangleOf = (size: number) => (size * (size + 1)) / 2

/** In one pass. With one group for all where nothing is drawn. */
export function addUpGroups(rows: SparseRows, isByGroup: boolean): GroupSums {
  const { n, size, starts, places, values, outcome } = rows
  const groups = isByGroup ? rows.groups : 1
  const triangle = triangleOf(size)
  const products = new Float64Array(groups * triangle)
  const projections = new Float64Array(groups * size)
  for (let row = 0; row < n; row++) {
    const group = isByGroup ? (rows.group[row] as number) : 0
    const base = group * triangle
    const y = outcome[row] as number
    const from = starts[row] as number
    const to = starts[row + 1] as number
    for (let i = from; i < to; i++) {
      const place = places[i] as number
      const value = values[i] as number
      const line = base + (place * (place + 1)) / 2
      for (let j = from; j <= i; j++) {
        const at = line + (places[j] as number)
        products[at] = (products[at] as number) + value * (values[j] as number)
      }
      const at = group * size + place
      projections[at] = (projections[at] as number) + value * y
    }
  }
  return { groups, size, products, projections }
}

export interface Sums {
  size: number
  /** One lower triangle. */
  products: Float64Array
  projections: Float64Array
}

/** All groups together. */
export function sumGroups(sums: GroupSums): Sums {
  return sumDraws(sums, [new Uint16Array(sums.groups).fill(1)])[0] as Sums
}

/** Of so many cells all groups stay in the processor's cache while one draw after another is added up. */
const CELLS = 512

/** For each draw all groups together, each as often as it was drawn. */
export function sumDraws({ size, products, projections }: GroupSums, draws: readonly Uint16Array[]): Sums[] {
  const triangle = triangleOf(size)
  const found = draws.map(() => ({
    size,
    products: new Float64Array(triangle),
    projections: new Float64Array(size),
  }))
  for (let from = 0; from < triangle; from += CELLS) {
    const to = Math.min(triangle, from + CELLS)
    draws.forEach((times, draw) => {
      addDrawn((found[draw] as Sums).products, products, times, triangle, from, to)
    })
  }
  draws.forEach((times, draw) => {
    addDrawn((found[draw] as Sums).projections, projections, times, size, 0, size)
  })
  return found
}

/** Adds the cells of all groups, `wide` cells each. */
function addDrawn(
  sum: Float64Array,
  cells: Float64Array,
  times: Uint16Array,
  wide: number,
  from: number,
  to: number,
): void {
  for (let group = 0; group < times.length; group++) {
    const weight = times[group] as number
    if (weight === 0) continue
    const start = group * wide
    for (let at = from; at < to; at++) sum[at] = (sum[at] as number) + weight * (cells[start + at] as number)
  }
}

/** The square matrix of some columns' products. */
export function pickProducts({ products }: Sums, kept: readonly number[]): SquareMatrix {
  const size = kept.length
  const matrix = new Float64Array(size * size)
  kept.forEach((a, i) => {
    kept.forEach((b, j) => {
      matrix[i * size + j] = products[a >= b ? (a * (a + 1)) / 2 + b : (b * (b + 1)) / 2 + a] as number
    })
  })
  return matrix
}
