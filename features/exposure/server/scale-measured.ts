import type { Estimate, ExposureAnswer } from '../contract.ts'
import type { Outcome } from '../vocabulary.ts'
import type { MeasuredExposure } from './models/measure-exposure.ts'

/** From a chance on a day to orders of a hundred customers in 30 days; from a valence to points. */
const SCALE: Record<Outcome, number> = { order: 3_000, repeat: 3_000, attitude: 100, recommendation: 1 }
const RANGE: Record<Outcome, [number, number]> = {
  order: [0, 3_000],
  repeat: [0, 3_000],
  attitude: [-100, 100],
  recommendation: [0, 10],
}

/** The figures in the units of the answer; levels stay inside what can be. */
export function scaleMeasured(
  { bins, smooth, effect, ...rest }: MeasuredExposure,
  outcome: Outcome,
): Omit<ExposureAnswer, 'meta' | 'touchpoint' | 'outcome' | 'window' | 'drawn'> {
  const by = SCALE[outcome]
  const [least, most] = RANGE[outcome]
  const bound = (value: number) => Math.min(most, Math.max(least, value))
  const scale = ({ value, low, high }: Estimate) => ({ value: value * by, low: low * by, high: high * by })
  const level = (one: Estimate) => {
    const { value, low, high } = scale(one)
    return { value: bound(value), low: bound(low), high: bound(high) }
  }
  return {
    ...rest,
    effect: effect && scale(effect),
    smooth: smooth.map((one) => ({ contacts: one.contacts, ...level(one) })),
    bins: bins.map((bin) => ({
      ...bin,
      plain: bin.plain === null ? null : bin.plain * by,
      adjusted: bin.adjusted && level(bin.adjusted),
      gain: bin.gain && scale(bin.gain),
    })),
  }
}
