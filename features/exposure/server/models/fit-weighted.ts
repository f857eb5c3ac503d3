import {
  combine,
  factorise,
  findRobustCovariance,
  invert,
  projectOn,
  type SquareMatrix,
  solve,
  TOLERANCE,
  weighProducts,
} from '../../../drivers/server/reads.ts'

export type Family = 'binomial' | 'gaussian'

export interface WeightedRows {
  n: number
  /** The first one is ones. */
  columns: readonly Float64Array[]
  outcome: Float64Array
  /** How many rows of the whole each one stands for. */
  weights: Float64Array
  /** The number of each row's person, from 0. */
  clusters: { of: Int32Array; count: number }
}

export interface WeightedFit {
  theta: Float64Array
  /** Of theta, by persons. */
  covariance: SquareMatrix
  /** What the model expects of each row: a chance or a mean. */
  expected: Float64Array
}

const MAX_ROUNDS = 30

/**
 * Logistic regression or least squares on rows drawn with known chances: each counts for as many as it stands for (the
 * weighted likelihood of Manski and Lerman, “The estimation of choice probabilities from choice based samples”, 1977).
 * Errors go together within a person and carry the drawing (Liang and Zeger 1986, factor G / (G − 1) · (n − 1) / (n − k),
 * as statsmodels has it). undefined where it doesn't settle: some column tells the outcome without exception.
 */
export function fitWeighted(rows: WeightedRows, family: Family): WeightedFit | undefined {
  const theta = family === 'binomial' ? climb(rows) : findLeastSquares(rows)
  if (!theta) return undefined
  const { columns, n, outcome, weights, clusters } = rows
  const expected = combine(columns, theta, n)
  const bends = new Float64Array(n)
  for (let at = 0; at < n; at++) {
    const p = family === 'binomial' ? toChance(expected[at] as number) : (expected[at] as number)
    expected[at] = p
    bends[at] = (weights[at] as number) * (family === 'binomial' ? p * (1 - p) : 1)
  }
  const factor = factorise(weighProducts(columns, bends), columns.length, TOLERANCE)
  if ('dependent' in factor || clusters.count <= columns.length) return undefined
  const left = outcome.map((value, at) => (weights[at] as number) * (value - (expected[at] as number)))
  return { theta, expected, covariance: findRobustCovariance(columns, left, invert(factor), clusters) }
}

/** Which columns can be told apart; each that follows from those before it is left out. */
export function keepIndependent(columns: readonly Float64Array[], weights: Float64Array): number[] {
  const kept = columns.map((_, at) => at)
  const products = weighProducts(columns, weights)
  const size = columns.length
  for (;;) {
    const part = new Float64Array(kept.length ** 2)
    kept.forEach((row, i) => {
      kept.forEach((column, j) => {
        part[i * kept.length + j] = products[row * size + column] as number
      })
    })
    const factor = factorise(part, kept.length, 1e-9)
    if (!('dependent' in factor)) return kept
    kept.splice(factor.dependent, 1)
  }
}

function findLeastSquares({ columns, outcome, weights }: WeightedRows): Float64Array | undefined {
  const factor = factorise(weighProducts(columns, weights), columns.length, TOLERANCE)
  if ('dependent' in factor) return undefined
  const right = projectOn(
    columns,
    outcome.map((value, at) => value * (weights[at] as number)),
  )
  return solve(factor, right)
}

export const toChance = (eta: number): number => {
  const small = Math.exp(-Math.abs(eta))
  return eta >= 0 ? 1 / (1 + small) : small / (1 + small)
}

/** Newton's method with halved steps where a whole one would lead down. */
function climb({ columns, outcome, weights, n }: WeightedRows): Float64Array | undefined {
  let theta = new Float64Array(columns.length)
  let all = 0
  let came = 0
  for (let at = 0; at < n; at++) {
    all += weights[at] as number
    came += (weights[at] as number) * (outcome[at] as number)
  }
  if (came === 0 || came === all) return undefined
  theta[0] = Math.log(came / (all - came))
  let here = look(columns, outcome, weights, theta)
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const factor = factorise(weighProducts(columns, here.bends), columns.length, TOLERANCE)
    if ('dependent' in factor) return undefined
    const step = solve(factor, projectOn(columns, here.left))
    let scale = 1
    let next = look(columns, outcome, weights, move(theta, step, scale))
    while (next.height < here.height - 1e-9 * Math.abs(here.height) && scale > 1e-4) {
      scale /= 2
      next = look(columns, outcome, weights, move(theta, step, scale))
    }
    theta = move(theta, step, scale)
    here = next
    if (step.every((one) => Math.abs(one) < 1e-7)) return theta
  }
  return undefined
}

const move = (theta: Float64Array, step: Float64Array, scale: number) =>
  Float64Array.from(theta, (value, at) => value + scale * (step[at] as number))

function look(
  columns: readonly Float64Array[],
  outcome: Float64Array,
  weights: Float64Array,
  theta: Float64Array,
) {
  const n = outcome.length
  const left = combine(columns, theta, n)
  const bends = new Float64Array(n)
  let height = 0
  for (let at = 0; at < n; at++) {
    const eta = left[at] as number
    const [weight, came] = [weights[at] as number, outcome[at] as number]
    const small = Math.exp(-Math.abs(eta))
    const p = eta >= 0 ? 1 / (1 + small) : small / (1 + small)
    height += weight * ((came === 1 ? Math.min(eta, 0) : Math.min(-eta, 0)) - Math.log1p(small))
    bends[at] = weight * (small / (1 + small) ** 2)
    left[at] = weight * (came - p)
  }
  return { height, bends, left }
}
