import { describe, expect, it } from 'vitest'
import { createPrng, type Prng } from '../prng.ts'
import { type CalibrationPoint, calibrate, expectValence, readCalibration } from './calibrate.ts'
import { binomialQuantile } from './distributions.ts'

/** How waiting feels in the made-up world: well up to two minutes, badly from ten on. */
const feelingOf = (minutes: number) => 0.6 - 1.2 * Math.min(1, Math.max(0, (minutes - 2) / 8))

function speak(prng: Prng, minutes: number): number {
  const felt = feelingOf(minutes) + (prng.float() - 0.5)
  return Math.max(-1, Math.min(1, felt))
}

function drawPoints(prng: Prng, persons: number): CalibrationPoint[] {
  return Array.from({ length: persons }, (_, person) => {
    const measure = Math.round(prng.float() * 150) / 10
    return { person: `p${person}`, measure, valence: speak(prng, measure) }
  })
}

describe('calibration', () => {
  it('learns a curve that falls with waiting and comes near the truth', () => {
    const prng = createPrng('curve')
    const found = calibrate(drawPoints(prng, 2_000), { isMoreBetter: false, prng })
    if (!found) throw new Error('two thousand persons are enough')
    for (let at = 1; at < found.ys.length; at++)
      expect(found.ys[at] as number).toBeLessThanOrEqual((found.ys[at - 1] as number) + 1e-12)
    for (const minutes of [1, 4, 6, 8, 13])
      expect(Math.abs(readCalibration(found, minutes) - feelingOf(minutes))).toBeLessThan(0.15)
  })

  it('learns nothing from fewer than two hundred persons, however often they spoke', () => {
    const prng = createPrng('few')
    const points = drawPoints(prng, 199)
    expect(calibrate([...points, ...points], { isMoreBetter: false, prng })).toBeUndefined()
  })

  it('lets a person who spoke a hundred times weigh one', () => {
    const prng = createPrng('weights')
    const points = drawPoints(prng, 300)
    const loud = Array.from({ length: 100 }, () => ({ person: 'p0', measure: 1, valence: -1 }))
    const quiet = calibrate(points, { isMoreBetter: false, prng })
    const withLoud = calibrate([...points, ...loud], { isMoreBetter: false, prng })
    expect(Math.abs(readCalibration(withLoud as never, 1) - readCalibration(quiet as never, 1))).toBeLessThan(
      0.12,
    )
  })

  it('gives the same answer from the same seed', () => {
    const points = drawPoints(createPrng('same'), 250)
    const once = () => calibrate(points, { isMoreBetter: false, prng: createPrng(7), draws: 20 })
    expect(once()).toEqual(once())
  })

  it('takes a fact that is yes or no: two values, two feelings', () => {
    const prng = createPrng('yes or no')
    const points = Array.from({ length: 400 }, (_, person) => {
      const measure = person % 4 === 0 ? 0 : 1
      return { person: `p${person}`, measure, valence: measure === 1 ? 0.5 : person % 8 === 0 ? -1 : 0 }
    })
    const found = calibrate(points, { isMoreBetter: true, prng })
    expect(found?.xs).toEqual([0, 1])
    expect(found?.ys).toEqual([-0.5, 0.5])
  })
})

describe('what to expect of those who said nothing', () => {
  it('holds the truth 19 times in 20, the error of the curve included', () => {
    const prng = createPrng('coverage of calibration')
    const runs = 150
    let hits = 0
    for (let run = 0; run < runs; run++) {
      const found = calibrate(drawPoints(prng, 220), { isMoreBetter: false, prng, draws: 60 })
      const silent = Array.from({ length: 120 }, () => ({ measure: prng.float() * 15, weight: 1 }))
      const truth = 0.6 - 1.2 * (4 / 15 + 5 / 15)
      const guess = found && expectValence(found, silent)
      if (guess && guess.low <= truth && truth <= guess.high) hits++
    }
    expect(hits).toBeGreaterThanOrEqual(binomialQuantile(0.001, runs, 0.95))
  })

  it('stays between the worst and the best, and says nothing of nobody', () => {
    const prng = createPrng('bounds')
    const points = Array.from({ length: 200 }, (_, person) => ({
      person: `p${person}`,
      measure: 1,
      valence: 1,
    }))
    const found = calibrate(points, { isMoreBetter: true, prng })
    if (!found) throw new Error('two hundred persons are enough')
    expect(expectValence(found, [{ measure: 1, weight: 3 }])).toEqual({ n: 3, mean: 1, low: 1, high: 1 })
    expect(expectValence(found, [])).toBeUndefined()
  })
})
