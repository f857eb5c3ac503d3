import type { Driver, Estimate } from '../contract.ts'

/** A scale of effects from left to right; whatever lies beyond it stands at its edge. */
export interface Scale {
  ticks: number[]
  at: (value: number) => number
  isBeyond: (value: number) => boolean
}

const WANTED_TICKS = 5
const LEAST_SPAN = 1e-9

/** The round step (1, 2 or 5 of some power of ten) nearest above a fifth of the span. */
function findStep(span: number): number {
  const rough = span / WANTED_TICKS
  const power = 10 ** Math.floor(Math.log10(rough))
  const factor = [1, 2, 5, 10].find((one) => one * power >= rough * (1 - 1e-9)) ?? 10
  return factor * power
}

/** A scale over what is given, zero always on it. */
export function makeScale(values: readonly number[]): Scale {
  const finite = values.filter(Number.isFinite)
  const low = Math.min(0, ...finite)
  const high = Math.max(0, ...finite)
  // Differences that no number would show are none.
  const span = high - low > LEAST_SPAN ? high - low : 1
  const step = findStep(span)
  const first = Math.floor(low / step + 1e-9)
  const last = Math.max(Math.ceil(high / step - 1e-9), first + 1)
  const from = first * step
  const width = (last - first) * step
  const ticks = Array.from({ length: last - first + 1 }, (_, place) => (first + place) * step)
  return {
    ticks,
    at: (value) => Math.min(1, Math.max(0, (value - from) / width)),
    isBeyond: (value) => value < from - 1e-6 * width || value > from + (1 + 1e-6) * width,
  }
}

/** One scale for all drivers: every estimate has its place, but one wide range doesn't press the others flat. */
export function scaleOf(drivers: readonly Driver[]): Scale {
  const estimates = drivers.flatMap(({ effect, naive }) => [effect, naive].filter((one) => one !== null))
  const most = Math.max(0, ...estimates.map(({ value }) => Math.abs(value)))
  return makeScale(estimates.flatMap((one) => spread(one, 1.3 * most)))
}

const spread = ({ value, low, high }: Estimate, most: number) => [
  value,
  Math.max(low, -most),
  Math.min(high, most),
]
