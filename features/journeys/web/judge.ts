import { FLOOR_NUMBER, FLOOR_WORD } from '../../../kernel/stats/floors.ts'
import type { Tone } from '../../../web/ui/tone.ts'
import type { Estimate, MapStage } from '../contract.ts'

type Maybe = Estimate | null | undefined

/** What may be shown of an estimate: a number, a word with its range, or only that there are few data. */
export type Weight = 'number' | 'word' | 'none'

export function weightOf(estimate: Maybe): Weight {
  if (!estimate || estimate.n < FLOOR_WORD) return 'none'
  return estimate.n < FLOOR_NUMBER ? 'word' : 'number'
}

/** An estimate that may be drawn, or null. */
export const shown = (estimate: Maybe): Estimate | null =>
  estimate && weightOf(estimate) !== 'none' ? estimate : null

/** How high a stage stands on the picture: what was said, else what may be expected, else nowhere. */
export const heightOf = ({ said, expected }: Pick<MapStage, 'said' | 'expected'>): number | null =>
  shown(said)?.mean ?? shown(expected)?.mean ?? null

/** Goodwill is won or lost only where the whole interval lies on one side of zero. */
export function toneOfSaid(estimate: Maybe): Tone {
  const known = shown(estimate)
  if (!known) return 'quiet'
  if (known.low > 0) return 'won'
  return known.high < 0 ? 'lost' : 'even'
}

/** From here on most people get what the standard promises; below the other most don't. */
export const KEPT_WELL = 0.75
export const KEPT_BADLY = 0.5

export function toneOfKept(estimate: Maybe): Tone {
  const known = shown(estimate)
  if (!known) return 'quiet'
  if (known.low >= KEPT_WELL) return 'won'
  return known.high < KEPT_BADLY ? 'lost' : 'even'
}

export type Change = { by: number; low: number; high: number; verdict: 'better' | 'worse' | 'same' }

const Z95 = 1.959964

/**
 * The difference of two independent estimates with its 95 % interval (errors add as squares); null unless both may
 * be shown as numbers. The answer is "the same" whenever the interval holds zero.
 */
export function changeBetween(now: Maybe, before: Maybe): Change | null {
  if (!now || !before || weightOf(now) !== 'number' || weightOf(before) !== 'number') return null
  const error = (one: Estimate) => (one.high - one.low) / (2 * Z95)
  const half = Z95 * Math.hypot(error(now), error(before))
  const by = now.mean - before.mean
  const verdict = by - half > 0 ? 'better' : by + half < 0 ? 'worse' : 'same'
  return { by, low: by - half, high: by + half, verdict }
}

export const toneOfChange = (change: Change): Tone =>
  change.verdict === 'better' ? 'won' : change.verdict === 'worse' ? 'lost' : 'quiet'
