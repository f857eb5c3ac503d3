import { type Factor, factorise, invert, solve } from './cholesky.ts'
import { combine, projectOn, weighProducts } from './design.ts'
import { TOLERANCE } from './refuse.ts'

const MAX_ROUNDS = 40
/** Firth's steps shrink by a factor each, not by squares. */
const MAX_FIRTH_ROUNDS = 500

export interface Climbed {
  theta: Float64Array<ArrayBuffer>
  logLikelihood: number
  isSettled: boolean
}

/** Newton's method with halved steps where a whole one would lead down. */
export function climb(
  z: readonly Float64Array[],
  outcome: Float64Array,
  isFirth: boolean,
  start?: Float64Array<ArrayBuffer>,
): Climbed {
  const size = z.length
  const share = outcome.reduce((sum, value) => sum + value, 0) / outcome.length
  let theta = start ?? new Float64Array(size)
  if (!start) theta[0] = Math.log(share / (1 - share))
  let here = look(z, outcome, theta, isFirth)
  for (let round = 0; round < (isFirth ? MAX_FIRTH_ROUNDS : MAX_ROUNDS); round++) {
    if (!here.factor) break
    const step = solve(here.factor, here.score)
    let scale = 1
    let next = look(z, outcome, move(theta, step, scale), isFirth)
    while (next.height < here.height - 1e-9 * Math.abs(here.height) && scale > 1e-4) {
      scale /= 2
      next = look(z, outcome, move(theta, step, scale), isFirth)
    }
    theta = move(theta, step, scale)
    here = next
    const far = step.reduce((most, one) => Math.max(most, Math.abs(one)), 0)
    if (far < (isFirth ? 1e-10 : 1e-8)) return { theta, logLikelihood: here.logLikelihood, isSettled: true }
  }
  return { theta, logLikelihood: here.logLikelihood, isSettled: false }
}

export interface Look {
  /** What is climbed: ln L, with Firth's penalty ½ ln |I|. */
  height: number
  logLikelihood: number
  score: Float64Array
  /** Of the information; none where it is singular. */
  factor: Factor | undefined
}

export function look(
  z: readonly Float64Array[],
  outcome: Float64Array,
  theta: Float64Array,
  isFirth: boolean,
): Look {
  const n = outcome.length
  const chance = combine(z, theta, n)
  const weights = new Float64Array(n)
  const left = new Float64Array(n)
  let logLikelihood = 0
  for (let at = 0; at < n; at++) {
    const eta = chance[at] as number
    const small = Math.exp(-Math.abs(eta))
    const p = eta >= 0 ? 1 / (1 + small) : small / (1 + small)
    chance[at] = p
    weights[at] = small / (1 + small) ** 2
    left[at] = (outcome[at] as number) - p
    logLikelihood +=
      ((outcome[at] as number) === 1 ? Math.min(eta, 0) : Math.min(-eta, 0)) - Math.log1p(small)
  }
  const factor = factorise(weighProducts(z, weights), z.length, TOLERANCE)
  const known = 'dependent' in factor ? undefined : factor
  if (!isFirth || !known)
    return { height: logLikelihood, logLikelihood, score: projectOn(z, left), factor: known }
  addFirthScore(z, known, chance, weights, left)
  let logDeterminant = 0
  for (let k = 0; k < known.size; k++)
    logDeterminant += 2 * Math.log(known.lower[k * known.size + k] as number)
  return {
    height: logLikelihood + logDeterminant / 2,
    logLikelihood,
    score: projectOn(z, left),
    factor: known,
  }
}

/** Adds h (½ − p) to what is left of each row, h its leverage w zᵀ I⁻¹ z. */
function addFirthScore(
  z: readonly Float64Array[],
  factor: Factor,
  chance: Float64Array,
  weights: Float64Array,
  left: Float64Array,
): void {
  const inverse = invert(factor)
  const size = z.length
  const row = new Float64Array(size)
  for (let at = 0; at < left.length; at++) {
    let leverage = 0
    for (let i = 0; i < size; i++) {
      const own = (z[i] as Float64Array)[at] as number
      let sum = ((inverse[i * size + i] as number) * own) / 2
      for (let j = 0; j < i; j++) sum += (inverse[i * size + j] as number) * (row[j] as number)
      row[i] = own
      leverage += 2 * sum * own
    }
    left[at] = (left[at] as number) + leverage * (weights[at] as number) * (0.5 - (chance[at] as number))
  }
}

export function move(theta: Float64Array, step: Float64Array, scale: number): Float64Array<ArrayBuffer> {
  return Float64Array.from(theta, (value, at) => value + scale * (step[at] as number))
}
