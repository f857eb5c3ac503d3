import type { Prng } from '../../../../kernel/prng.ts'
import type { Design } from './design.ts'
import type { Coefficient, Errors } from './fit.ts'
import type { Importance } from './importance.ts'
import { fitLeastSquares } from './least-squares.ts'
import { fitLogistic } from './logistic.ts'
import { findImportance } from './plan-importance.ts'

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

/** Coefficients with intervals, and what each predictor contributes to what is explained. */
export function findDrivers(
  design: Design,
  options: DriversOptions,
  prng: Prng,
): { answer: DriversAnswer; remarks: string[] } {
  const { coefficients, r2, remarks } =
    options.family === 'gaussian' ? fitLeastSquares(design, options.errors) : fitLogistic(design, options)
  const found = findImportance(design, options.family, prng)
  return {
    answer: { n: design.n, coefficients, importance: found.importance, r2 },
    remarks: [...remarks, ...found.remarks],
  }
}
