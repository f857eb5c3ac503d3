import type { Estimate } from '../../contract.ts'
import type { SquareMatrix } from './cholesky.ts'
import { tell } from './combine-effects.ts'
import type { FittedModel } from './fit-model.ts'
import { raiseByLeverage, type StageFit, solveStage } from './fit-stages.ts'
import { pickProducts } from './group-sums.ts'

/** A column that is mended, by its place among the kept, of which driver, and how much of it. */
export interface Mended {
  place: number
  at: number
  share: number
}

/** What is mended by the model of one stage, which is the first `size` columns. */
export interface JointStage {
  size: number
  mended: readonly Mended[]
}

/**
 * What mending several things at once adds up to, each by the model of its own stage. From the last stage to the first: once the
 * effects of a stage are found they are taken off the outcome, so that an earlier stage is left with what it does by other ways
 * (sequential g-estimation: Vansteelandt 2009, Acharya, Blackwell and Sen 2016). `stages` come in their order; `worth` weighs each
 * place. `products` and `right` are those of the kept columns, `solve` gives a stage's coefficients.
 */
export function sumJoint(
  stages: readonly JointStage[],
  products: SquareMatrix,
  right: Float64Array,
  solve: (right: Float64Array, size: number) => Float64Array,
  worth: (mended: Mended) => number,
): number {
  const left = right.slice()
  let sum = 0
  for (const { size, mended } of stages.toReversed()) {
    const theta = solve(left, size)
    for (const one of mended)
      sum -=
        one.share * (theta[one.place] as number) * (products[one.place * right.length] as number) * worth(one)
    takeOff(left, products, theta, mended)
  }
  return sum
}

function takeOff(
  left: Float64Array,
  products: SquareMatrix,
  theta: Float64Array,
  mended: readonly Mended[],
): void {
  for (const { place, share } of mended) {
    const slope = share * (theta[place] as number)
    for (let at = 0; at < left.length; at++)
      left[at] = (left[at] as number) - slope * (products[place * left.length + at] as number)
  }
}

/**
 * By how much the outcome's mean over all units would rise. Its interval takes in that later effects are estimates themselves: what
 * each person adds to the error of all stages is added up before it is squared.
 */
export function findJointEffect(
  fitted: FittedModel,
  mended: readonly { rank: number; columns: readonly Mended[] }[],
): Estimate | null {
  const { rows, right, kept, sums, stages, clusters } = fitted
  const products = pickProducts(sums, kept.columns)
  const asked = [...stages.values()].flatMap((stage) => {
    const own = mended.filter(({ rank }) => rank === stage.rank).flatMap(({ columns }) => columns)
    const within = own.filter(({ place }) => place < stage.size)
    return within.length > 0 ? [{ ...stage, mended: within }] : []
  })
  if (asked.length === 0) return null
  const solve = (left: Float64Array, size: number) => solveStage(kept, left, size)
  const value = sumJoint(asked, products, right, solve, () => 1 / rows.n)
  const influence = findInfluence(fitted, asked, products)
  let variance = 0
  for (let row = 0; row < rows.n; ) {
    let own = 0
    const whose = rows.person[row]
    for (; row < rows.n && rows.person[row] === whose; row++) own += influence[row] as number
    variance += own ** 2
  }
  return tell(value, Math.sqrt(variance), clusters - 1).estimate
}

type AskedStage = StageFit & { mended: readonly Mended[] }

/** What each row's deviation moves the joint effect by. */
function findInfluence(
  { rows, right, kept }: FittedModel,
  asked: readonly AskedStage[],
  products: SquareMatrix,
): Float64Array {
  const influence = new Float64Array(rows.n)
  const towards = findTowards(asked, products, right.length, rows.n)
  const left = right.slice()
  const outcome = rows.outcome.slice()
  for (const [at, { size, bread, mended }] of [...asked.entries()].toReversed()) {
    const theta = solveStage(kept, left, size)
    const taken = new Float64Array(size)
    for (const { place, share } of mended) taken[place] = share * (theta[place] as number)
    const found = lookAlong(rows, outcome, theta, towards[at] as Float64Array, taken)
    raiseByLeverage(found.residuals, rows, bread, size)
    for (let row = 0; row < rows.n; row++)
      influence[row] =
        (influence[row] as number) + (found.along[row] as number) * (found.residuals[row] as number)
    takeOff(left, products, theta, mended)
  }
  return influence
}

/** In one pass: what θ leaves of each row, how far the row lies along `towards`, and off the outcome what is taken. */
function lookAlong(
  { n, starts, places, values }: FittedModel['rows'],
  outcome: Float64Array,
  theta: Float64Array,
  towards: Float64Array,
  taken: Float64Array,
): { residuals: Float64Array; along: Float64Array } {
  const [residuals, along] = [new Float64Array(n), new Float64Array(n)]
  const size = theta.length
  for (let row = 0; row < n; row++) {
    let [expected, far, off] = [0, 0, 0]
    const to = starts[row + 1] as number
    for (let at = starts[row] as number; at < to; at++) {
      const place = places[at] as number
      if (place >= size) break
      const value = values[at] as number
      expected += (theta[place] as number) * value
      far += (towards[place] as number) * value
      off += (taken[place] as number) * value
    }
    residuals[row] = (outcome[row] as number) - expected
    along[row] = far
    outcome[row] = (outcome[row] as number) - off
  }
  return { residuals, along }
}

/** For each stage B c, c being how the joint effect follows its coefficients: by itself, and by what they take off earlier stages. */
function findTowards(
  asked: readonly AskedStage[],
  products: SquareMatrix,
  width: number,
  n: number,
): Float64Array[] {
  const found: Float64Array[] = []
  for (const { size, bread, mended } of asked) {
    const towards = new Float64Array(size)
    for (const { place, share } of mended) {
      let follows = -(products[place * width] as number) / n
      for (const earlier of found)
        for (let at = 0; at < earlier.length; at++)
          follows -= (earlier[at] as number) * (products[place * width + at] as number)
      for (let at = 0; at < size; at++)
        towards[at] = (towards[at] as number) + share * follows * (bread[place * size + at] as number)
    }
    found.push(towards)
  }
  return found
}
