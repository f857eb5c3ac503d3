import { createPrng } from '../../../kernel/prng.ts'
import { CALIBRATION_FLOOR, calibrate, expectValence } from '../../../kernel/stats/calibrate.ts'
import type { MeanEstimate } from '../../../kernel/stats/estimate-mean.ts'
import type { Estimate, MapStage } from '../contract.ts'
import type { CalibrationRow } from './calibration-query.ts'
import type { CodedStandard, RegistryCodes } from './registry-codes.ts'

/** Resampled curves; each costs a fraction of a millisecond on the thread that answers. */
const DRAWS = 100

/** Standards at whose touchpoints enough persons spoke and enough were measured for a curve to be learned at all. */
export function findCalibrated(codes: RegistryCodes, stages: readonly MapStage[]): CodedStandard[] {
  const places = stages.flatMap(({ touchpoints }) => touchpoints)
  const isEnough = (code: number) => {
    const own = places.filter(({ key }) => key === codes.touchpoints[code - 1]?.key)
    const total = (read: (place: (typeof own)[number]) => number) =>
      own.reduce((sum, place) => sum + read(place), 0)
    return (
      total(({ heard }) => heard.persons) >= CALIBRATION_FLOOR &&
      total(({ measured }) => measured) >= CALIBRATION_FLOOR
    )
  }
  return codes.standards.filter(({ standard, code }) => standard.basis === 'each' && isEnough(code))
}

/** The stages with what the standards let expect customers to say, at the stage where each touchpoint stands by itself. */
export function addExpected(
  stages: readonly MapStage[],
  codes: RegistryCodes,
  rows: readonly CalibrationRow[],
): MapStage[] {
  const expected = new Map(codes.touchpoints.map((one) => [one.key, expectAt(one.key, codes, rows)]))
  return stages.map((stage, index) => {
    const isHome = (key: string) =>
      codes.touchpoints.some((one) => one.key === key && one.stage === index + 1)
    const touchpoints = stage.touchpoints.map((touchpoint) => ({
      ...touchpoint,
      expected: (isHome(touchpoint.key) && expected.get(touchpoint.key)) || null,
    }))
    return { ...stage, touchpoints, expected: joinExpected(touchpoints.flatMap((one) => one.expected ?? [])) }
  })
}

/** By the standard that was measured for most persons. */
function expectAt(key: string, codes: RegistryCodes, rows: readonly CalibrationRow[]): Estimate | null {
  const own = codes.standards.filter(({ code }) => codes.touchpoints[code - 1]?.key === key)
  const found = own.flatMap(({ measure, standard }) => {
    const there = rows.filter((row) => row.touchpoint === key && row.measure === measure)
    return expectBy(there, standard.direction === 'at_least', `${key} ${measure}`) ?? []
  })
  const best = found.sort((a, b) => b.n - a.n)[0]
  return best ? toPoints(best) : null
}

function expectBy(
  rows: readonly CalibrationRow[],
  isMoreBetter: boolean,
  seed: string,
): MeanEstimate | undefined {
  const points = rows.flatMap(({ value, said }, row) =>
    said.map((valence, index) => ({ person: `${row} ${index}`, measure: value, valence })),
  )
  const curve = calibrate(points, { isMoreBetter, prng: createPrng(seed), draws: DRAWS })
  return (
    curve &&
    expectValence(
      curve,
      rows.map(({ value, n }) => ({ measure: value, weight: n })),
    )
  )
}

/** Of a stage: its touchpoints, each by its persons; their errors don't depend on each other. */
function joinExpected(parts: readonly Estimate[]): Estimate | null {
  const n = parts.reduce((sum, part) => sum + part.n, 0)
  if (n === 0) return null
  const share = (part: Estimate) => part.n / n
  const mean = parts.reduce((sum, part) => sum + share(part) * part.mean, 0)
  const down = Math.hypot(...parts.map((part) => share(part) * (part.mean - part.low)))
  const up = Math.hypot(...parts.map((part) => share(part) * (part.high - part.mean)))
  return { n, mean, low: mean - down, high: mean + up }
}

function toPoints({ n, mean, low, high }: MeanEstimate): Estimate {
  return { n, mean: 100 * mean, low: 100 * low, high: 100 * high }
}
