import type { ChannelMix, Estimate } from '../contract.ts'

/** From where to where the picture reaches, in points, and where its lines stand. */
export interface MixScale {
  low: number
  high: number
  lines: number[]
  /** Part of the way from the bottom to the top, 0…1. */
  at(value: number): number
}

const STEP = 20

/** The scale that holds every mean with its range and the middle of the road, in whole steps. */
export function makeScale(groups: ChannelMix['groups']): MixScale {
  const estimates = groups
    .flatMap(({ said }) => [said.raw, said.adjusted])
    .filter((one): one is Estimate => one !== null)
  const low = Math.max(-100, Math.floor(Math.min(0, ...estimates.map((one) => one.low)) / STEP) * STEP)
  const high = Math.min(100, Math.ceil(Math.max(STEP, ...estimates.map((one) => one.high)) / STEP) * STEP)
  const lines = Array.from({ length: (high - low) / STEP + 1 }, (_, index) => low + index * STEP)
  return { low, high, lines, at: (value) => (value - low) / (high - low) }
}
