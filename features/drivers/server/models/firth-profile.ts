import { normalTails } from '../../../../kernel/stats/normal.ts'
import { Z_95 } from '../../../../kernel/stats/wilson.ts'
import { invert, solve } from './cholesky.ts'
import { look, move } from './climb-likelihood.ts'
import type { Standardised } from './design.ts'

export interface Profiled {
  low: number
  high: number
  p: number
}

const MAX_ROUNDS = 200
const MAX_DOUBLINGS = 30
/** Of the height, beside which nothing smaller can be told. */
const CLOSE = 1e-11
/** Of coefficients of standardised columns. */
const SETTLED = 1e-8

/**
 * The 95 % intervals and p values of all coefficients by the profile of the penalised likelihood, the intercept first, in the table's
 * units: where outcomes are told without exception the height falls unevenly to both sides, which ± 1.96 errors would miss (Heinze
 * and Schemper 2002; R's `logistf`). `theta` is the best of the standardised columns. Undefined where an end isn't found.
 */
export function profileFirth(
  { z, n, means, deviations }: Standardised,
  outcome: Float64Array,
  theta: Float64Array<ArrayBuffer>,
): Profiled[] | undefined {
  // With columns that aren't centred the first coefficient is the intercept of the table.
  const lifts = Float64Array.from(means, (mean, at) => mean / (deviations[at] as number))
  const lifted = z.map((column, at) =>
    at === 0 ? column : column.map((value) => value + (lifts[at - 1] as number)),
  )
  const intercept = theta.reduce(
    (sum, value, at) => (at === 0 ? value : sum - value * (lifts[at - 1] as number)),
    0,
  )
  const first = profileOne({ z: lifted, outcome, best: theta.with(0, intercept) }, 0)
  const others = Array.from(deviations, (deviation, at) => {
    const found = profileOne({ z, outcome, best: theta }, at + 1)
    return found && { low: found.low / deviation, high: found.high / deviation, p: found.p }
  })
  const all = [first, ...others].filter((one) => one !== undefined)
  return n > 0 && all.length === others.length + 1 ? all : undefined
}

interface Hill {
  z: readonly Float64Array[]
  outcome: Float64Array
  /** Where it is highest. */
  best: Float64Array<ArrayBuffer>
}

function profileOne(hill: Hill, at: number): Profiled | undefined {
  const top = look(hill.z, hill.outcome, hill.best, true)
  if (!top.factor) return undefined
  const size = hill.best.length
  const error = Math.sqrt(invert(top.factor)[at * size + at] as number)
  const fallAt = (value: number) => 2 * (top.height - findHeight(hill, at, value))
  const close = CLOSE * Math.max(100, Math.abs(top.height))
  const [low, high] = [-1, 1].map((way) =>
    findEnd(fallAt, hill.best[at] as number, way * Z_95 * error, close),
  )
  const nothing = fallAt(0)
  if (low === undefined || high === undefined || !Number.isFinite(nothing)) return undefined
  return { low, high, p: normalTails(Math.sqrt(Math.max(0, nothing))) }
}

/**
 * Where the height has fallen by as much as a 95 % interval allows, from `start` on: steps of `step`, doubled until too far, and then
 * back by the false position, the end that stays counting half (Illinois).
 */
function findEnd(
  fallAt: (value: number) => number,
  start: number,
  step: number,
  close: number,
): number | undefined {
  const restAt = (value: number) => fallAt(value) - Z_95 ** 2
  let inside = { at: start, rest: -(Z_95 ** 2) }
  let outside = { at: start + step, rest: restAt(start + step) }
  for (let round = 0; outside.rest < 0; round++) {
    if (round === MAX_DOUBLINGS) return undefined
    inside = outside
    const at = inside.at + step * 2 ** round
    outside = { at, rest: restAt(at) }
  }
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const share = Number.isFinite(outside.rest) ? inside.rest / (inside.rest - outside.rest) : 0.5
    const at = inside.at + share * (outside.at - inside.at)
    const rest = restAt(at)
    if (Math.abs(rest) < close) return at
    if (rest < 0) {
      inside = { at, rest }
      outside = { ...outside, rest: outside.rest / 2 }
    } else {
      outside = { at, rest }
      inside = { ...inside, rest: inside.rest / 2 }
    }
  }
  return undefined
}

/** The greatest height with one coefficient held: Newton's steps on the others, halved where they would lead down. */
function findHeight({ z, outcome, best }: Hill, at: number, value: number): number {
  let theta = best.with(at, value)
  let here = look(z, outcome, theta, true)
  const held = Float64Array.from(best, (_, place) => (place === at ? 1 : 0))
  for (let round = 0; round < MAX_ROUNDS && here.factor; round++) {
    const [free, towards] = [solve(here.factor, here.score), solve(here.factor, held)]
    const share = (free[at] as number) / (towards[at] as number)
    const step = free.map((one, place) => (place === at ? 0 : one - share * (towards[place] as number)))
    let scale = 1
    let next = look(z, outcome, move(theta, step, scale), true)
    while (next.height < here.height - CLOSE * Math.abs(here.height) && scale > 1e-6) {
      scale /= 2
      next = look(z, outcome, move(theta, step, scale), true)
    }
    theta = move(theta, step, scale)
    here = next
    if (step.every((one) => Math.abs(one) < SETTLED)) return here.height
  }
  return here.factor ? here.height : Number.NEGATIVE_INFINITY
}
