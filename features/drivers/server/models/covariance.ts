import { type SquareMatrix, sandwich } from './cholesky.ts'
import { type Design, weighProducts } from './design.ts'
import { refuse } from './refuse.ts'

/**
 * The covariance of estimates whose errors differ from row to row (White 1980, with the factor n / (n − k) called
 * HC1), or go together within clusters (Liang and Zeger 1986, with G / (G − 1) · (n − 1) / (n − k)).
 * `bread` is the inverse information, `residuals` are those that the score is made of.
 */
export function findRobustCovariance(
  z: readonly Float64Array[],
  residuals: Float64Array,
  bread: SquareMatrix,
  clusters: Design['clusters'],
): SquareMatrix {
  const n = residuals.length
  const k = z.length
  if (clusters) {
    const meat = addUpClusters(z, residuals, clusters)
    const factor = (clusters.count / (clusters.count - 1)) * ((n - 1) / (n - k))
    return sandwich(bread, meat, k).map((value) => value * factor)
  }
  const squares = residuals.map((one) => one * one)
  return sandwich(bread, weighProducts(z, squares), k).map((value) => (value * n) / (n - k))
}

function addUpClusters(
  z: readonly Float64Array[],
  residuals: Float64Array,
  { of, count }: NonNullable<Design['clusters']>,
): SquareMatrix {
  if (count <= z.length) {
    refuse(`${count} clusters are too few for ${z.length} coefficients; errors by cluster need more.`)
  }
  const sums = z.map((column) => {
    const sum = new Float64Array(count)
    for (let at = 0; at < residuals.length; at++) {
      const cluster = of[at] as number
      sum[cluster] = (sum[cluster] as number) + (column[at] as number) * (residuals[at] as number)
    }
    return sum
  })
  return weighProducts(sums)
}
