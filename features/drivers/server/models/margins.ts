import { factorise, invert, type SquareMatrix, sandwich, solve, solveLower } from './cholesky.ts'
import { addUpScores, addWeighedRows, mirror, predictRow } from './fit-stages.ts'
import type { SparseRows } from './sparse-rows.ts'

/** The curve is a second look, so a part of the persons does; the rows of a part are a lot of persons. */
export const MOST_CURVE_ROWS = 50_000
const MAX_ROUNDS = 25
const MAX_FIRTH_ROUNDS = 30
/** Chances that differ so much (e⁶ to 1) by a fact of a shop are on the way to no end. */
const STEEP = 6
/** Multiplications of a round of Firth's, each row's leverage being as many as the model has cells; some tenths of a second. */
const FIRTH_BUDGET = 2e7
const OWN_SHARE = 1e-11

/** Places of columns whose slopes have no end: together they tell the outcome of somebody without exception. */
export interface RanAway {
  ranAway: number[]
}

export interface Curve {
  theta: Float64Array
  covariance: SquareMatrix
  isFirth: boolean
}

/**
 * Logistic regression on the first `size` kept columns, from a start, with errors by persons. Where a column tells the outcome
 * without exception Firth's penalty keeps it finite (1993). Undefined where it doesn't settle.
 */
export function fitCurve(
  rows: SparseRows,
  persons: number,
  size: number,
  start: Float64Array | undefined,
): Curve | RanAway | undefined {
  const origin = new Float64Array(size)
  if (start) origin.set(start)
  else origin[0] = startOf(rows.outcome)
  let climbed = climb(rows, origin, false)
  const isFirth = !climbed.isSettled
  const ranAway = [...climbed.theta.keys()].filter(
    (at) => at > 0 && Math.abs(climbed.theta[at] as number) > STEEP,
  )
  if (isFirth && ranAway.length > 0) return { ranAway }
  if (isFirth && (rows.n * size ** 2) / 2 < FIRTH_BUDGET) climbed = climb(rows, originOf(rows, size), true)
  const { theta, isSettled } = climbed
  if (!isSettled || persons <= size) return undefined
  const { information, left } = look(rows, theta)
  const factor = factorise(information, size, OWN_SHARE)
  if ('dependent' in factor) return undefined
  const correction = (persons / (persons - 1)) * ((rows.n - 1) / (rows.n - size))
  const meat = addUpScores(rows, size, left)
  const covariance = sandwich(invert(factor), meat, size).map((value) => value * correction)
  return { theta, covariance, isFirth }
}

function originOf(rows: SparseRows, size: number): Float64Array {
  const origin = new Float64Array(size)
  origin[0] = startOf(rows.outcome)
  return origin
}

function startOf(outcome: Float64Array): number {
  const share = outcome.reduce((sum, value) => sum + value, 0) / outcome.length
  return Math.log(share / (1 - share))
}

interface Climbed {
  theta: Float64Array
  isSettled: boolean
}

/** Newton's method, with halved steps where it would fall, until it settles or runs away. */
function climb(rows: SparseRows, start: Float64Array, isFirth: boolean): Climbed {
  let theta = start
  let here = look(rows, theta, isFirth)
  for (let round = 0; round < (isFirth ? MAX_FIRTH_ROUNDS : MAX_ROUNDS); round++) {
    const factor = factorise(here.information, theta.length, OWN_SHARE)
    if ('dependent' in factor) return { theta, isSettled: false }
    const step = solve(factor, here.score)
    let scale = 1
    let next = move(theta, step, scale)
    let there = look(rows, next, isFirth)
    while (!(there.height >= here.height - 1e-9 * Math.abs(here.height)) && scale > 1e-3) {
      scale /= 2
      next = move(theta, step, scale)
      there = look(rows, next, isFirth)
    }
    theta = next
    here = there
    const far = step.reduce((most, one) => Math.max(most, Math.abs(one)), 0)
    // Each round squares what is left, so that after one as short as this there is nothing.
    if (far < (isFirth ? 1e-4 : 1e-5)) return { theta, isSettled: true }
    if (!isFirth && theta.some((one, at) => at > 0 && Math.abs(one) > 2 * STEEP)) break
  }
  return { theta, isSettled: false }
}

function move(theta: Float64Array, step: Float64Array, scale: number): Float64Array {
  return theta.map((value, at) => value + scale * (step[at] as number))
}

interface Look {
  height: number
  score: Float64Array
  information: SquareMatrix
  /** Outcome minus chance, with Firth's share where it is asked for. */
  left: Float64Array
}

function look(rows: SparseRows, theta: Float64Array, isFirth = false): Look {
  const size = theta.length
  const left = new Float64Array(rows.n)
  const bends = new Float64Array(rows.n)
  let height = 0
  for (let row = 0; row < rows.n; row++) {
    const eta = predictRow(rows, theta, row)
    const small = Math.exp(-Math.abs(eta))
    const y = rows.outcome[row] as number
    bends[row] = small / (1 + small) ** 2
    left[row] = y - (eta >= 0 ? 1 / (1 + small) : small / (1 + small))
    height += (y === 1 ? Math.min(eta, 0) : Math.min(-eta, 0)) - Math.log1p(small)
  }
  const information = new Float64Array(size * size)
  addWeighedRows(information, rows, size, bends)
  mirror(information, size)
  if (isFirth) height += addFirth(rows, information, bends, left)
  return { height, score: addUpScore(rows, size, left), information, left }
}

function addUpScore(rows: SparseRows, size: number, left: Float64Array): Float64Array {
  const score = new Float64Array(size)
  for (let row = 0; row < rows.n; row++) {
    const to = rows.starts[row + 1] as number
    for (let at = rows.starts[row] as number; at < to; at++) {
      const place = rows.places[at] as number
      if (place < size)
        score[place] = (score[place] as number) + (left[row] as number) * (rows.values[at] as number)
    }
  }
  return score
}

/** Adds h (½ − p) to what is left of each row, h its leverage; gives ½ ln |I|. */
function addFirth(
  rows: SparseRows,
  information: SquareMatrix,
  bends: Float64Array,
  left: Float64Array,
): number {
  const size = Math.sqrt(information.length)
  const factor = factorise(information, size, OWN_SHARE)
  if ('dependent' in factor) return Number.NEGATIVE_INFINITY
  const dense = new Float64Array(size)
  for (let row = 0; row < rows.n; row++) {
    const from = rows.starts[row] as number
    const to = rows.starts[row + 1] as number
    dense.fill(0)
    for (let at = from; at < to; at++) {
      const place = rows.places[at] as number
      if (place < size) dense[place] = rows.values[at] as number
    }
    const y = solveLower(factor, dense)
    const leverage = (bends[row] as number) * y.reduce((sum, one) => sum + one * one, 0)
    const outcome = rows.outcome[row] as number
    const chance = outcome - (left[row] as number)
    left[row] = (left[row] as number) + leverage * (0.5 - chance)
  }
  let half = 0
  for (let k = 0; k < size; k++) half += Math.log(factor.lower[k * size + k] as number)
  return half
}

export interface Margin {
  value: number
  /** By the delta method. */
  error: number
}

/**
 * Average marginal effects on the exposed: the mean of the chance as it was minus as it would be with the driver's columns at
 * nothing. `drivers` are lists of kept places. Undefined where the part has nobody exposed.
 */
export function findMarginalEffects(
  rows: SparseRows,
  { theta, covariance }: Curve,
  drivers: readonly (readonly number[])[],
): (Margin | undefined)[] {
  const size = theta.length
  const driverOf = new Int32Array(size).fill(-1)
  drivers.forEach((places, at) => {
    for (const place of places) driverOf[place] = at
  })
  const slopes = drivers.map(() => new Float64Array(size))
  const sums = new Float64Array(drivers.length)
  const counts = new Int32Array(drivers.length)
  const own = new Map<number, number>()
  for (let row = 0; row < rows.n; row++) {
    own.clear()
    const to = rows.starts[row + 1] as number
    for (let at = rows.starts[row] as number; at < to; at++) {
      const place = rows.places[at] as number
      const driver = place < size ? (driverOf[place] as number) : -1
      if (driver < 0) continue
      own.set(driver, (own.get(driver) ?? 0) + (theta[place] as number) * (rows.values[at] as number))
    }
    if (own.size === 0) continue
    const eta = predictRow(rows, theta, row)
    const as = chanceOf(eta)
    for (const [driver, part] of own) {
      const without = chanceOf(eta - part)
      sums[driver] = (sums[driver] as number) + as - without
      counts[driver] = (counts[driver] as number) + 1
      addSlope(
        rows,
        row,
        driverOf,
        driver,
        slopes[driver] as Float64Array,
        as * (1 - as),
        without * (1 - without),
      )
    }
  }
  return slopes.map((slope, at) => {
    const count = counts[at] as number
    if (count === 0) return undefined
    return {
      value: (sums[at] as number) / count,
      error: Math.sqrt(Math.max(0, weigh(slope, covariance))) / count,
    }
  })
}

function addSlope(
  rows: SparseRows,
  row: number,
  driverOf: Int32Array,
  driver: number,
  slope: Float64Array,
  bendAs: number,
  bendWithout: number,
): void {
  const to = rows.starts[row + 1] as number
  for (let at = rows.starts[row] as number; at < to; at++) {
    const place = rows.places[at] as number
    if (place >= slope.length) break
    const bend = driverOf[place] === driver ? bendAs : bendAs - bendWithout
    slope[place] = (slope[place] as number) + bend * (rows.values[at] as number)
  }
}

function chanceOf(eta: number): number {
  const small = Math.exp(-Math.abs(eta))
  return eta >= 0 ? 1 / (1 + small) : small / (1 + small)
}

function weigh(slope: Float64Array, covariance: SquareMatrix): number {
  const size = slope.length
  let sum = 0
  for (let i = 0; i < size; i++)
    for (let j = 0; j < size; j++)
      sum += (slope[i] as number) * (covariance[i * size + j] as number) * (slope[j] as number)
  return sum
}
