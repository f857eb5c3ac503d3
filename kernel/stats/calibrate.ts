import type { Prng } from '../prng.ts'
import { studentQuantile } from './distributions.ts'
import type { Bounds, MeanEstimate } from './estimate-mean.ts'
import { fitIsotonic, readCurve } from './isotonic.ts'

/** With fewer persons who have both a measured value and an impression, nothing is calibrated. */
export const CALIBRATION_FLOOR = 200

/** One contact of which both are known: what the standard measured, and how the person said it felt (−1 … 1). */
export interface CalibrationPoint {
  person: string
  measure: number
  valence: number
}

/** E[valence | measure] as a step-free curve, with the curves that resampled persons would have given. */
export interface Calibration {
  persons: number
  points: number
  /** Measured values in rising order, and the curve there. */
  xs: number[]
  ys: number[]
  draws: number[][]
  /** Of the curve's error: how far single impressions lie from it, as a variance over persons. */
  residual: number
}

const DRAWS = 200
const VALENCE: Bounds = { low: -1, high: 1 }

/**
 * Learns from the persons who spoke how a measured value feels: isotonic regression, falling where less is better and
 * rising where more is. Each person weighs one, however many contacts. The error is a bootstrap over persons with the
 * given generator (Efron and Tibshirani, "An Introduction to the Bootstrap", 1993, chapter 6); it is meant for means
 * of the curve over many persons, not for single points of it, where the bootstrap of a monotone curve is known to
 * fail (Kosorok 2008). undefined below the floor of persons.
 */
export function calibrate(
  points: readonly CalibrationPoint[],
  options: { isMoreBetter: boolean; prng: Prng; draws?: number },
): Calibration | undefined {
  const { xs, groups } = groupByPerson(points, options.isMoreBetter ? 1 : -1)
  if (groups.length < CALIBRATION_FLOOR) return undefined
  const ys = fitPersons(xs, groups)
  const draws: number[][] = []
  for (let draw = 0; draw < (options.draws ?? DRAWS); draw++) {
    const drawn = groups.map(() => groups[options.prng.below(groups.length)] as Spoken[])
    draws.push(fitPersons(xs, drawn))
  }
  const residual = meanOf(
    groups.map((group) => meanOf(group.map(({ place, valence }) => (valence - (ys[place] as number)) ** 2))),
  )
  const calibration = { persons: groups.length, points: points.length, xs, ys, draws, residual }
  return options.isMoreBetter ? calibration : mirror(calibration)
}

/** One impression, at a place among the measured values. */
interface Spoken {
  place: number
  valence: number
  weight: number
}

function groupByPerson(points: readonly CalibrationPoint[], sign: 1 | -1) {
  const xs = [...new Set(points.map(({ measure }) => sign * measure))].sort((a, b) => a - b)
  const places = new Map(xs.map((x, place) => [x, place]))
  const groups = new Map<string, Spoken[]>()
  for (const { person, measure, valence } of points) {
    const spoken = { place: places.get(sign * measure) as number, valence, weight: 1 }
    const known = groups.get(person)
    if (known) known.push(spoken)
    else groups.set(person, [spoken])
  }
  for (const group of groups.values()) for (const spoken of group) spoken.weight = 1 / group.length
  return { xs, groups: [...groups.values()] }
}

/** The curve of these persons, read at every place, also where none of them is. */
function fitPersons(xs: readonly number[], groups: readonly Spoken[][]): number[] {
  const weights = new Float64Array(xs.length)
  const sums = new Float64Array(xs.length)
  for (const group of groups)
    for (const { place, valence, weight } of group) {
      weights[place] = (weights[place] as number) + weight
      sums[place] = (sums[place] as number) + weight * valence
    }
  const taken = [...xs.keys()].filter((place) => (weights[place] as number) > 0)
  const fitted = fitIsotonic(
    taken.map((place) => (sums[place] as number) / (weights[place] as number)),
    taken.map((place) => weights[place] as number),
  )
  if (taken.length === xs.length) return fitted
  const own = taken.map((place) => xs[place] as number)
  return xs.map((x) => readCurve(own, fitted, x))
}

/** Where less is better the curve was fitted over −measure; it is turned back here. */
function mirror(calibration: Calibration): Calibration {
  return {
    ...calibration,
    xs: calibration.xs.map((x) => -x).reverse(),
    ys: calibration.ys.toReversed(),
    draws: calibration.draws.map((draw) => draw.toReversed()),
  }
}

/** The impression to expect of one measured value. */
export function readCalibration({ xs, ys }: Calibration, measure: number): number {
  return readCurve(xs, ys, measure)
}

/** A measured value, and for how many persons it stands (a person with two contacts gives a half to each). */
export interface WeighedMeasure {
  measure: number
  weight: number
}

/**
 * The mean impression to expect of persons for whom a standard was measured, −1 … 1, with its 95 % interval. The
 * interval holds both errors: that other persons could have come, and that the curve was learned from some only.
 * `weight`s add up to the number of persons. undefined without any.
 */
export function expectValence(
  calibration: Calibration,
  measures: readonly WeighedMeasure[],
): MeanEstimate | undefined {
  const n = measures.reduce((sum, { weight }) => sum + weight, 0)
  if (!(n >= 1)) return undefined
  const meanUnder = (ys: readonly number[]) =>
    measures.reduce((sum, { measure, weight }) => sum + weight * readCurve(calibration.xs, ys, measure), 0) /
    n
  const mean = meanUnder(calibration.ys)
  const spread =
    measures.reduce(
      (sum, { measure, weight }) => sum + weight * (readCalibration(calibration, measure) - mean) ** 2,
      0,
    ) / n
  const ofCurve = varianceOf(calibration.draws.map(meanUnder))
  const half =
    studentQuantile(0.975, calibration.persons - 1) * Math.sqrt(ofCurve + (spread + calibration.residual) / n)
  return {
    n: Math.round(n),
    mean,
    low: Math.max(VALENCE.low, mean - half),
    high: Math.min(VALENCE.high, mean + half),
  }
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function varianceOf(values: readonly number[]): number {
  if (values.length < 2) return 0
  const mean = meanOf(values)
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1)
}
