import type { Prng } from '../../../../kernel/prng.ts'
import type { Design } from './design.ts'
import type { Coefficient, Errors } from './fit.ts'
import {
  EXACT_TERMS,
  explainLinearly,
  explainLogistically,
  type Importance,
  SAMPLED_ORDERS,
  shareImportance,
} from './importance.ts'
import { fitLeastSquares } from './least-squares.ts'
import { fitLogistic } from './logistic.ts'

export interface DriversOptions {
  family: 'gaussian' | 'binomial'
  errors: Errors
  firth: boolean
  mayHaveFewEvents: boolean
}

export interface DriversAnswer {
  n: number
  coefficients: Coefficient[]
  importance: Importance[]
  r2: number
}

/** Multiplications that the importance may take; each row needs a logarithm beside them, so that these are some three seconds. */
const BUDGET = 3e8
const NEWTON_ROUNDS = 6
const LEAST_ROWS = 500
const LEAST_ORDERS = 20

/** Coefficients with intervals, and what each predictor contributes to what is explained. */
export function findDrivers(
  design: Design,
  options: DriversOptions,
  prng: Prng,
): { answer: DriversAnswer; remarks: string[] } {
  const { coefficients, r2, remarks } =
    options.family === 'gaussian' ? fitLeastSquares(design, options.errors) : fitLogistic(design, options)
  const plan = options.family === 'gaussian' ? planLinear(design) : planLogistic(design, prng)
  const importance = shareImportance(design.terms, plan.explained, prng, plan.orders)
  return {
    answer: { n: design.n, coefficients, importance, r2 },
    remarks: [...remarks, ...plan.remarks],
  }
}

function planLinear(design: Design) {
  return {
    explained: explainLinearly(design),
    orders: SAMPLED_ORDERS,
    remarks: tellSampled(design, SAMPLED_ORDERS),
  }
}

/** Each subset of predictors is a fit of its own, so where that takes too long a part of the rows has to do. */
function planLogistic(design: Design, prng: Prng) {
  const { n, terms, columns } = design
  const costOfFit = (rows: number) => (NEWTON_ROUNDS * rows * (columns.length + 1) ** 2) / 6
  const fewestFits = terms.length <= EXACT_TERMS ? 2 ** terms.length : LEAST_ORDERS * terms.length
  const affordable = Math.floor(BUDGET / fewestFits / costOfFit(1))
  const rows = Math.min(n, Math.max(LEAST_ROWS, affordable))
  const part = rows < n ? pickRows(design, rows, prng) : design
  const orders = Math.min(
    SAMPLED_ORDERS,
    Math.max(LEAST_ORDERS, 2 * Math.floor(BUDGET / costOfFit(rows) / terms.length / 2)),
  )
  const remarks = tellSampled(design, orders)
  if (rows < n)
    remarks.push(`Importance was reckoned on ${rows} rows drawn by chance; coefficients are of all.`)
  return { explained: explainLogistically(part), orders, remarks }
}

function tellSampled({ terms }: Design, orders: number): string[] {
  if (terms.length <= EXACT_TERMS) return []
  return [
    `Importance of ${terms.length} predictors was reckoned from ${orders} orders of joining drawn by chance.`,
  ]
}

function pickRows(design: Design, rows: number, prng: Prng): Design {
  const places = Int32Array.from({ length: rows }, () => prng.below(design.n)).sort()
  const pick = (column: Float64Array) => Float64Array.from(places, (row) => column[row] as number)
  return {
    ...design,
    n: rows,
    outcome: pick(design.outcome),
    columns: design.columns.map(pick),
    clusters: undefined,
  }
}
