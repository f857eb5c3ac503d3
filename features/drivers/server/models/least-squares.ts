import { studentQuantile, studentTails } from '../../../../kernel/stats/distributions.ts'
import { type Factor, invert, type SquareMatrix, solve } from './cholesky.ts'
import { findRobustCovariance } from './covariance.ts'
import {
  combine,
  type Design,
  findMean,
  projectOn,
  type Standardised,
  standardise,
  unscale,
  weighProducts,
} from './design.ts'
import { type Coefficient, type Errors, type Fit, INTERCEPT } from './fit.ts'
import { factoriseOrRefuse, refuse } from './refuse.ts'

/** Ordinary least squares with intervals by Student's t, as R's `lm` and `confint` print them. */
export function fitLeastSquares(design: Design, errors: Errors): Fit {
  const { n, outcome, names } = design
  const df = n - names.length - 1
  if (df < 1)
    refuse(
      `${n} whole rows are too few for ${names.length + 1} coefficients. Bring more rows, or leave predictors out.`,
    )
  const standard = standardise(design)
  const mean = findMean(outcome)
  const centred = outcome.map((value) => value - mean)
  const total = sumSquares(centred)
  if (total === 0) refuse('The outcome is the same in every row, so nothing can explain it.')
  const factor = factoriseOrRefuse(weighProducts(standard.z), design, standard)
  const theta = solveRefined(factor, standard.z, centred)
  const residuals = subtract(centred, combine(standard.z, theta, n))
  const rest = sumSquares(residuals)
  if (rest < 1e-20 * total)
    refuse(
      'The predictors give the outcome exactly, so nothing is left to judge by. Leave out what was made from it.',
    )
  theta[0] = (theta[0] as number) + mean
  const bread = invert(factor)
  const covariance =
    errors === 'classical'
      ? bread.map((value) => (value * rest) / df)
      : findRobustCovariance(
          standard.z,
          residuals,
          bread,
          errors === 'clustered' ? design.clusters : undefined,
        )
  const ownDf = errors === 'clustered' ? (design.clusters?.count ?? 2) - 1 : df
  return {
    coefficients: describe(standard, names, theta, covariance, ownDf),
    r2: 1 - rest / total,
    remarks: [...findRemarks(design), ...tellNearTwins(names, bread, n)],
  }
}

/** Solves the normal equations, then twice what is left over, which wins back the digits that squaring lost. */
function solveRefined(factor: Factor, z: readonly Float64Array[], values: Float64Array): Float64Array {
  const theta = solve(factor, projectOn(z, values))
  for (let round = 0; round < 2; round++) {
    const left = subtract(values, combine(z, theta, values.length))
    solve(factor, projectOn(z, left)).forEach((step, at) => {
      theta[at] = (theta[at] as number) + step
    })
  }
  return theta
}

function describe(
  standard: Standardised,
  names: readonly string[],
  theta: Float64Array,
  covariance: SquareMatrix,
  df: number,
): Coefficient[] {
  const { estimates, variances } = unscale(standard, theta, covariance)
  const reach = studentQuantile(0.975, df)
  return [INTERCEPT, ...names].map((name, at) => {
    const estimate = estimates[at] as number
    const error = Math.sqrt(Math.max(0, variances[at] as number))
    const p = error > 0 ? studentTails(estimate / error, df) : estimate === 0 ? 1 : 0
    return { name, estimate, low: estimate - reach * error, high: estimate + reach * error, p }
  })
}

/** Below five of the rarer outcome for each, shares tell little, whichever model is asked (Vittinghoff and McCulloch 2007). */
const EVENTS_PER_COEFFICIENT = 5

function findRemarks({ n, names, outcome }: Design): string[] {
  const remarks: string[] = []
  if (n < 5 * names.length)
    remarks.push(
      `${n} rows for ${names.length} predictors are few: intervals are wide, findings may not last.`,
    )
  if (!outcome.every((value) => value === 0 || value === 1)) return remarks
  const events = outcome.reduce((sum, value) => sum + value, 0)
  const rarer = Math.min(events, n - events)
  if (rarer < EVENTS_PER_COEFFICIENT * names.length)
    remarks.push(
      `The outcome is 0 or 1 and the rarer one came ${rarer} times, which is too few for ${names.length} coefficients: leave predictors out, or bring more rows.`,
    )
  return remarks
}

/** R² with the others, above which effects are hardly told apart: variances are a hundred times what they would be alone. */
const NEAR_TWIN = 0.99

/** Of standardised columns n times the diagonal of the inverse is 1 ÷ (1 − R² with the others): the variance inflation factor. */
function tellNearTwins(names: readonly string[], bread: SquareMatrix, n: number): string[] {
  const size = names.length + 1
  const near = names.flatMap((name, at) => {
    const shared = 1 - 1 / (n * (bread[(at + 1) * size + at + 1] as number))
    return shared > NEAR_TWIN ? [`“${name}”`] : []
  })
  if (near.length === 0) return []
  return [
    `${near.join(', ')} go almost wholly together with other predictors, so that effects are hardly told apart: leave one of each out.`,
  ]
}

function subtract(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, at) => value - (b[at] as number))
}

function sumSquares(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value * value, 0)
}
