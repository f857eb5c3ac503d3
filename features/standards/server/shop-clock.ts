import type { WorkingHours } from '../contract.ts'

/** What of a shop decides how long something took. */
export interface ShopClock {
  timeZone: string
  hours: WorkingHours
}

const MAX_DECIMALS = 1_000

/** A measured stretch, to a thousandth; `skewed` says that clocks disagree and nothing is known but that it was short. */
export function span(value: number, isSkewed: boolean): { value: number; detail: Record<string, unknown> } {
  return { value: Math.round(value * MAX_DECIMALS) / MAX_DECIMALS, detail: isSkewed ? { skewed: true } : {} }
}
