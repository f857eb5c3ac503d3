import type { Prng } from '../../../../kernel/prng.ts'
import { type Design, findMean, projectOn, standardise, weighProducts } from './design.ts'
import {
  EXACT_TERMS,
  explainLogistically,
  type Importance,
  SAMPLED_ORDERS,
  shareImportance,
} from './importance.ts'
import { shareExplained } from './share-explained.ts'

/** Multiplications that the importance may take; each row needs a logarithm beside them, so that these are some three seconds. */
const BUDGET = 3e8
/** Those of least squares, which go through tables of products alone and need no logarithm. */
const LINEAR_BUDGET = 1e9
const NEWTON_ROUNDS = 6
const LEAST_ROWS = 500
/** So many rows for each column at the least, or a part of them would be told apart by chance. */
const ROWS_A_COLUMN = 10
const LEAST_ORDERS = 20

interface FoundImportance {
  importance: Importance[]
  remarks: string[]
}

/** What each predictor contributes: of R² or McFadden's R², as exactly as time allows; the remarks say how. */
export function findImportance(design: Design, family: 'gaussian' | 'binomial', prng: Prng): FoundImportance {
  return family === 'gaussian' ? findLinear(design, prng) : findLogistic(design, prng)
}

function findLinear(design: Design, prng: Prng): FoundImportance {
  const { terms } = design
  const columns = standardise(design).z.slice(1)
  const size = columns.length
  const mean = findMean(design.outcome)
  const left = {
    size,
    products: weighProducts(columns),
    withOutcome: projectOn(
      columns,
      design.outcome.map((value) => value - mean),
    ),
  }
  // A subset has half of the columns on average; an order of joining ends with all of them.
  const isExact = terms.length <= EXACT_TERMS && 2 ** terms.length * (size / 2) ** 3 < 6 * LINEAR_BUDGET
  const orders = limitOrders(LINEAR_BUDGET / (size ** 3 / 6))
  const shares = shareExplained(
    left,
    terms.map((term) => term.columns),
    prng,
    { isExact, orders },
  )
  return {
    importance: terms
      .map(({ name }, at) => ({ name, share: shares[at] as number }))
      .sort((a, b) => b.share - a.share),
    remarks: isExact ? [] : [tellSampled(design, orders)],
  }
}

/** Each subset of predictors is a fit of its own, so where that takes too long a part of the rows has to do. */
function findLogistic(design: Design, prng: Prng): FoundImportance {
  const { n, terms, columns } = design
  const costOfFit = (rows: number) => (NEWTON_ROUNDS * rows * (columns.length + 1) ** 2) / 6
  const leastRows = Math.min(n, Math.max(LEAST_ROWS, ROWS_A_COLUMN * columns.length))
  const isFew = terms.length <= EXACT_TERMS
  const isExact = isFew && 2 ** terms.length * costOfFit(leastRows) <= 4 * BUDGET
  const fewestFits = isExact ? 2 ** terms.length : LEAST_ORDERS * terms.length
  if (fewestFits * costOfFit(leastRows) > 4 * BUDGET) return findLinearInstead(design, prng)
  const rows = Math.min(n, Math.max(leastRows, Math.floor(BUDGET / fewestFits / costOfFit(1))))
  const part = rows < n ? pickRows(design, rows, prng) : design
  const orders = limitOrders(BUDGET / costOfFit(rows) / terms.length)
  const remarks = isExact ? [] : [tellSampled(design, orders)]
  if (rows < n)
    remarks.push(
      `Importance was reckoned on ${rows} rows drawn by chance, the rarer outcome at least a quarter of them where there are so many; coefficients are of all.`,
    )
  return { importance: shareImportance(terms, explainLogistically(part), prng, { isExact, orders }), remarks }
}

/** Curves of so many columns would take minutes each. */
function findLinearInstead(design: Design, prng: Prng): FoundImportance {
  const { importance, remarks } = findLinear(design, prng)
  return {
    importance,
    remarks: [
      ...remarks,
      `Importance is of R² by least squares on 0 and 1: curves of ${design.columns.length} columns take too long.`,
    ],
  }
}

function limitOrders(affordable: number): number {
  return Math.min(SAMPLED_ORDERS, Math.max(LEAST_ORDERS, 2 * Math.floor(affordable / 2)))
}

function tellSampled({ terms }: Design, orders: number): string {
  return `Importance of ${terms.length} predictors was reckoned from ${orders} orders of joining drawn by chance.`
}

/**
 * A part of the rows. Of a rare outcome more than its share is drawn, since a plain draw might have none of it; slopes
 * are the same so (Prentice and Pyke, “Logistic disease incidence models and case-control studies”, 1979).
 */
function pickRows(design: Design, rows: number, prng: Prng): Design {
  const sides: [number[], number[]] = [[], []]
  for (let row = 0; row < design.n; row++) sides[design.outcome[row] === 1 ? 1 : 0].push(row)
  const [rare, common] = sides.sort((a, b) => a.length - b.length)
  const fair = Math.round((rows * rare.length) / design.n)
  const ofRare = Math.min(rare.length, Math.max(fair, Math.floor(rows / 4)))
  const draw = (from: number[], count: number) => prng.shuffle(from).slice(0, count)
  const places = Int32Array.from([...draw(rare, ofRare), ...draw(common, rows - ofRare)]).sort()
  const pick = (column: Float64Array) => Float64Array.from(places, (row) => column[row] as number)
  return {
    ...design,
    n: places.length,
    outcome: pick(design.outcome),
    columns: design.columns.map(pick),
    clusters: undefined,
  }
}
