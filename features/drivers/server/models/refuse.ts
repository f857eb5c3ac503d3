import { AppError } from '../../../../kernel/errors.ts'
import { type Factor, factorise, type SquareMatrix, solve } from './cholesky.ts'
import type { Design, Standardised } from './design.ts'

/** A column of which this share or less is its own can't be told from the others (R² with them above 1 − 1e-11). */
export const TOLERANCE = 1e-11
/** What no measuring of a shop tells apart: R² with the others above 1 − 1e-8. */
const TWIN = 1e-8

export function refuse(reason: string): never {
  throw new AppError('unprocessable', reason)
}

/** Fails when a column says nothing of its own: constant, or made of others. */
export function factoriseOrRefuse(
  products: SquareMatrix,
  { names }: Pick<Design, 'names'>,
  { deviations }: Standardised,
): Factor {
  const constant = deviations.indexOf(0)
  if (constant >= 0)
    refuse(`“${names[constant]}” is the same in every row, so it explains nothing. Leave it out.`)
  const factor = factorise(products, names.length + 1, TWIN)
  if (!('dependent' in factor)) return factor
  const twins = findTwins(products, names, factor.dependent)
  const how = 'dependent' in factorise(products, names.length + 1, TOLERANCE) ? 'exactly' : 'all but exactly'
  return refuse(
    `“${names[factor.dependent - 1]}” follows ${how} from ${twins}, so their effects can’t be told apart. Leave one out.`,
  )
}

/** The columns before it of which a column is made. */
function findTwins(products: SquareMatrix, names: readonly string[], dependent: number): string {
  const size = names.length + 1
  const before = new Float64Array(dependent * dependent)
  const right = new Float64Array(dependent)
  for (let i = 0; i < dependent; i++) {
    right[i] = products[dependent * size + i] as number
    for (let j = 0; j < dependent; j++) before[i * dependent + j] = products[i * size + j] as number
  }
  const factor = factorise(before, dependent, TOLERANCE)
  if ('dependent' in factor) return 'others'
  const parts = solve(factor, right)
  const twins = names.slice(0, dependent - 1).filter((_, at) => Math.abs(parts[at + 1] as number) > 1e-5)
  return twins.length > 0 ? twins.map((name) => `“${name}”`).join(' and ') : 'others'
}
