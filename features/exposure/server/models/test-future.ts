import { normalTails } from '../../../../kernel/stats/normal.ts'
import { Z_95 } from '../../../../kernel/stats/wilson.ts'
import type { DrawnRows } from './draw-rows.ts'
import { type Family, fitWeighted, keepIndependent } from './fit-weighted.ts'
import type { Estimate } from './margins.ts'

/** How much ln(1 + contacts) matters, before the day and after it, in one model: log odds, or points of a mean. */
export interface FutureTest {
  past: Estimate
  future: Estimate
  /** Two-sided, of no effect. */
  pastP: number
  futureP: number
  /** What the past does more than the future, in the direction of the past. */
  lead: Estimate
  /** Days of which all that came after is known. */
  days: number
}

const LEVEL = 0.05
/** From this share of the past's size on, what the future “does” is no trifle. */
const SHARE = 1 / 3
const MIN_EVENTS_PER_COEFFICIENT = 5
/** With fewer outcomes before further contacts their effect has no finite estimate worth the name. */
const MIN_EVENTS_BEFORE_CONTACTS = 5

/**
 * Contacts that come after the day can’t have caused what happened on it. So they are put into the model beside those
 * before it (leads and lags: Granger 1969; Angrist and Pischke, “Mostly Harmless Econometrics”, 5.2): if they matter too, something else
 * moves both. `ends` where next to no outcome is followed by contacts at all; undefined where too few days have their
 * future behind them.
 */
export function testFuture(
  rows: DrawnRows,
  controls: readonly Float64Array[],
  family: Family,
): FutureTest | 'ends' | undefined {
  const places = Array.from(rows.future.keys()).filter((at) => (rows.future[at] as number) >= 0)
  const take = (column: Float64Array) => Float64Array.from(places, (at) => column[at] as number)
  const weights = take(rows.weights)
  const outcome = take(rows.outcome)
  const columns = [
    ...controls,
    rows.past.map(Math.log1p),
    rows.future.map((n) => Math.log1p(Math.max(0, n))),
  ].map(take)
  const kept = keepIndependent(columns, weights)
  const [past, future] = [kept.indexOf(controls.length), kept.indexOf(controls.length + 1)]
  const events = family === 'binomial' ? outcome.reduce((sum, one) => sum + one, 0) : places.length
  if (past < 0 || future < 0 || events < MIN_EVENTS_PER_COEFFICIENT * kept.length) return undefined
  const clusters = { of: Int32Array.from(places, (at) => rows.person[at] as number), count: rows.persons }
  const left = kept.map((at) => columns[at] as Float64Array)
  if (family === 'binomial') {
    const { found, expected } = countFollowed(outcome, weights, take(rows.future))
    if (found < MIN_EVENTS_BEFORE_CONTACTS)
      return tailOfPoisson(found, expected) < LEVEL / 2 ? 'ends' : undefined
  }
  const fit = fitWeighted({ n: places.length, outcome, weights, columns: left, clusters }, family)
  if (!fit) return undefined
  const size = left.length
  const cov = (a: number, b: number) => fit.covariance[a * size + b] as number
  const [before, after] = [fit.theta[past] as number, fit.theta[future] as number]
  const sign = before < 0 ? -1 : 1
  return {
    past: around(before, cov(past, past)),
    future: around(after, cov(future, future)),
    pastP: normalTails(before / Math.sqrt(cov(past, past))),
    futureP: normalTails(after / Math.sqrt(cov(future, future))),
    lead: around(sign * (before - after), cov(past, past) + cov(future, future) - 2 * cov(past, future)),
    days: places.length,
  }
}

/** How many outcomes came on days that contacts follow, and how many would have if those days were like the others. */
function countFollowed(outcome: Float64Array, weights: Float64Array, future: Float64Array) {
  const sum = { found: 0, followed: 0, all: 0, events: 0 }
  outcome.forEach((came, at) => {
    const weight = weights[at] as number
    sum.all += weight
    sum.events += came
    if ((future[at] as number) <= 0) return
    sum.followed += weight
    sum.found += came
  })
  return { found: sum.found, expected: (sum.events * sum.followed) / sum.all }
}

/** P(X ≤ n) for so many expected. */
function tailOfPoisson(n: number, expected: number): number {
  let term = Math.exp(-expected)
  let sum = term
  for (let k = 1; k <= n; k++) {
    term *= expected / k
    sum += term
  }
  return sum
}

function around(value: number, variance: number): Estimate {
  const half = Z_95 * Math.sqrt(Math.max(0, variance))
  return { value, low: value - half, high: value + half }
}

/**
 * Refuses when the future “works” too: `active`, more contacts follow the outcome; `ends`, fewer do, since it ends the
 * search; `unclear`, the past matters but not surely more than the future.
 */
export function judgeFuture({
  past,
  pastP,
  future,
  futureP,
  lead,
}: FutureTest): 'active' | 'ends' | 'unclear' | null {
  const isLarge = Math.abs(future.value) >= SHARE * Math.abs(past.value)
  if (futureP < LEVEL && isLarge) return future.value > 0 ? 'active' : 'ends'
  return pastP < LEVEL && lead.low <= 0 ? 'unclear' : null
}
