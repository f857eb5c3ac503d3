import { normalTails } from '../../../../kernel/stats/normal.ts'
import { Z_95 } from '../../../../kernel/stats/wilson.ts'
import { type Factor, factorise, invert, type SquareMatrix, solve } from './cholesky.ts'
import { findRobustCovariance } from './covariance.ts'
import {
  combine,
  type Design,
  projectOn,
  type Standardised,
  standardise,
  unscale,
  weighProducts,
} from './design.ts'
import { type Coefficient, type Errors, type Fit, INTERCEPT } from './fit.ts'
import { factoriseOrRefuse, refuse, TOLERANCE } from './refuse.ts'

export interface LogisticOptions {
  errors: Errors
  /** Firth's penalty even where nothing separates. */
  firth: boolean
  /** Fit though there are fewer than five events for each coefficient. */
  mayHaveFewEvents: boolean
}

const MAX_ROUNDS = 40
/** Firth's steps shrink by a factor each, not by squares. */
const MAX_FIRTH_ROUNDS = 500
/** Below five, estimates are biased and intervals too short (Vittinghoff and McCulloch 2007). */
const EVENTS_PER_COEFFICIENT = 5

/**
 * Logistic regression with Wald intervals, as R's `glm` and `confint.default` print them. Where a predictor tells
 * the outcome for some rows without exception, the estimate would be infinite; Firth's penalty (“Bias reduction of
 * maximum likelihood estimates”, 1993) keeps it finite.
 */
export function fitLogistic(design: Design, options: LogisticOptions): Fit {
  const { n, names, outcome } = design
  const events = outcome.reduce((sum, value) => sum + value, 0)
  if (events === 0 || events === n) refuse('The outcome is the same in every row, so nothing can explain it.')
  const remarks = checkEvents(Math.min(events, n - events), names.length, options.mayHaveFewEvents)
  const standard = standardise(design)
  factoriseOrRefuse(weighProducts(standard.z), design, standard)
  let found = climb(standard.z, outcome, options.firth, findStart(standard.z, outcome, options.firth))
  if (!found.isSettled) {
    if (options.firth) refuse('The model doesn’t settle even with Firth’s penalty. Leave predictors out.')
    if (isToldApart(standard.z, found.theta, outcome)) {
      refuse(
        'The predictors tell the outcome without a single exception, so their effects have no end. Leave out what follows from the outcome, or use --firth.',
      )
    }
    found = climb(standard.z, outcome, true)
    if (!found.isSettled)
      refuse(
        'Some predictor tells the outcome without exception, and the model doesn’t settle. Leave it out.',
      )
    remarks.push(
      'Some predictor tells the outcome of some rows without exception, so Firth’s penalty was used.',
    )
  }
  return {
    coefficients: describe(design, standard, found, options.errors),
    r2: 1 - found.logLikelihood / findNullLikelihood(events, n),
    remarks,
  }
}

function checkEvents(rarer: number, predictors: number, mayHaveFew: boolean): string[] {
  if (rarer >= EVENTS_PER_COEFFICIENT * predictors) return []
  const reason = `The rarer outcome came ${rarer} times, which is too few for ${predictors} coefficients: five for each are the least.`
  if (!mayHaveFew) refuse(`${reason} Leave predictors out, bring more rows, or insist by --allow-few-events.`)
  return [reason]
}

/** ln L of the model that knows the share of events and nothing else. */
export function findNullLikelihood(events: number, n: number): number {
  return events * Math.log(events / n) + (n - events) * Math.log(1 - events / n)
}

interface Climbed {
  theta: Float64Array<ArrayBuffer>
  logLikelihood: number
  isSettled: boolean
}

/** The best ln L of some columns (with the ones first): for comparing models. Where it has no top, the height reached. */
export function findLikelihood(z: readonly Float64Array[], outcome: Float64Array): number {
  return climb(z, outcome, false).logLikelihood
}

/** Rounds over very many rows are dear, and a part of them tells where to begin: then two or three do. */
const PART = 50_000

function findStart(
  z: readonly Float64Array[],
  outcome: Float64Array,
  isFirth: boolean,
): Float64Array<ArrayBuffer> | undefined {
  const every = Math.floor(outcome.length / PART)
  if (isFirth || every < 4) return undefined
  const pick = (column: Float64Array) =>
    Float64Array.from({ length: PART }, (_, at) => column[at * every] as number)
  const part = pick(outcome)
  if (part.every((value) => value === part[0])) return undefined
  const { theta, isSettled } = climb(z.map(pick), part, false)
  return isSettled ? theta : undefined
}

/** Newton's method with halved steps where a whole one would lead down. */
function climb(
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

interface Look {
  /** What is climbed: ln L, with Firth's penalty ½ ln |I|. */
  height: number
  logLikelihood: number
  score: Float64Array
  /** Of the information; none where it is singular. */
  factor: Factor | undefined
}

function look(
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
  for (let at = 0; at < left.length; at++) {
    let leverage = 0
    for (let i = 0; i < size; i++) {
      const zi = z[i]?.[at] as number
      for (let j = 0; j < size; j++)
        leverage += zi * (z[j]?.[at] as number) * (inverse[i * size + j] as number)
    }
    left[at] = (left[at] as number) + leverage * (weights[at] as number) * (0.5 - (chance[at] as number))
  }
}

function move(theta: Float64Array, step: Float64Array, scale: number): Float64Array<ArrayBuffer> {
  return Float64Array.from(theta, (value, at) => value + scale * (step[at] as number))
}

/** Does the sign of Z θ give every outcome? */
function isToldApart(z: readonly Float64Array[], theta: Float64Array, outcome: Float64Array): boolean {
  return combine(z, theta, outcome.length).every((eta, at) => eta > 0 === (outcome[at] === 1))
}

function describe(design: Design, standard: Standardised, { theta }: Climbed, errors: Errors): Coefficient[] {
  const { z } = standard
  const { outcome, names, n } = design
  const chance = combine(z, theta, n).map((eta) => 1 / (1 + Math.exp(-eta)))
  const weights = chance.map((p) => p * (1 - p))
  const factor = factorise(weighProducts(z, weights), z.length, TOLERANCE)
  if ('dependent' in factor) return refuse('The model has no finite intervals. Leave predictors out.')
  const bread = invert(factor)
  const left = outcome.map((value, at) => value - (chance[at] as number))
  const covariance: SquareMatrix =
    errors === 'classical'
      ? bread
      : findRobustCovariance(z, left, bread, errors === 'clustered' ? design.clusters : undefined)
  const { estimates, variances } = unscale(standard, theta, covariance)
  return [INTERCEPT, ...names].map((name, at) => {
    const estimate = estimates[at] as number
    const error = Math.sqrt(variances[at] as number)
    return {
      name,
      estimate,
      low: estimate - Z_95 * error,
      high: estimate + Z_95 * error,
      p: normalTails(estimate / error),
    }
  })
}
