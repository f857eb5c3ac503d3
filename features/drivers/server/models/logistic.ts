import { normalTails } from '../../../../kernel/stats/normal.ts'
import { Z_95 } from '../../../../kernel/stats/wilson.ts'
import { factorise, invert, type SquareMatrix } from './cholesky.ts'
import { type Climbed, climb } from './climb-likelihood.ts'
import { findRobustCovariance } from './covariance.ts'
import { combine, type Design, type Standardised, standardise, unscale, weighProducts } from './design.ts'
import { profileFirth } from './firth-profile.ts'
import { type Coefficient, type Errors, type Fit, INTERCEPT } from './fit.ts'
import { factoriseOrRefuse, refuse, TOLERANCE } from './refuse.ts'

export interface LogisticOptions {
  errors: Errors
  /** Firth's penalty even where nothing separates. */
  firth: boolean
  /** Fit though there are fewer than five events for each coefficient. */
  mayHaveFewEvents: boolean
}

/** Rows of which a profile is followed, which takes some hundred passes for each coefficient. */
const MOST_PROFILED = 20_000
/** Below five, estimates are biased and intervals too short (Vittinghoff and McCulloch 2007). */
const EVENTS_PER_COEFFICIENT = 5

/**
 * Logistic regression with Wald intervals, as R's `glm` and `confint.default` print them. Where a predictor tells
 * the outcome for some rows without exception, the estimate would be infinite; Firth's penalty (“Bias reduction of
 * maximum likelihood estimates”, 1993) keeps it finite, and intervals are those of its profile, as R's `logistf` prints them.
 */
export function fitLogistic(design: Design, options: LogisticOptions): Fit {
  const { n, names, outcome } = design
  const events = outcome.reduce((sum, value) => sum + value, 0)
  if (events === 0 || events === n) refuse('The outcome is the same in every row, so nothing can explain it.')
  const remarks = checkEvents(Math.min(events, n - events), names.length, options.mayHaveFewEvents)
  const standard = standardise(design)
  factoriseOrRefuse(weighProducts(standard.z), design, standard)
  let isFirth = options.firth
  let found = climb(standard.z, outcome, options.firth, findStart(standard.z, outcome, options.firth))
  if (!found.isSettled) {
    if (options.firth) refuse('The model doesn’t settle even with Firth’s penalty. Leave predictors out.')
    if (isToldApart(standard.z, found.theta, outcome)) {
      refuse(
        'The predictors tell the outcome without a single exception, so their effects have no end. Leave out what follows from the outcome, or use --firth.',
      )
    }
    isFirth = true
    found = climb(standard.z, outcome, true)
    if (!found.isSettled)
      refuse(
        'Some predictor tells the outcome without exception, and the model doesn’t settle. Leave it out.',
      )
    remarks.push(
      'Some predictor tells the outcome of some rows without exception, so Firth’s penalty was used.',
    )
  }
  // Rows that are told without exception leave nothing over, so that errors made of what is left over would be none.
  const errors = isFirth ? 'classical' : options.errors
  if (errors !== options.errors)
    remarks.push(
      'With Firth’s penalty errors are not made of what is left of the rows: intervals are those of its profile.',
    )
  const wald = describe(design, standard, found, errors)
  const ends = isFirth && n <= MOST_PROFILED ? profileFirth(standard, outcome, found.theta) : undefined
  return {
    coefficients: ends ? wald.map((one, at) => ({ ...one, ...ends[at] })) : wald,
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
