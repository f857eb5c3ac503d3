import type { Trial } from '../../contract.ts'

/** Two-sided at 5 %, seen four times in five: 1.96 + 0.84 standard errors (Bloom 1995). */
const REACH = 1.959964 + 0.841621
/** Two years; who would wait longer? */
const MOST_WEEKS = 104

export interface TrialPlan {
  kind: Trial['kind']
  /** The size that was found, as a mean of all who take part. */
  effect: number
  /** The outcome's variance that all else leaves. */
  residualVariance: number
  /** Persons a week for whom it would be decided by lot. */
  perWeek: number
  /** Until the last of them have had their time. */
  followUpDays: number
}

/**
 * How many persons two equal groups need, and how many weeks until so many have come and been followed. A staggered start
 * compares as many, those before the start with those after it.
 */
export function planTrial({
  kind,
  effect,
  residualVariance,
  perWeek,
  followUpDays,
}: TrialPlan): Trial | null {
  if (effect === 0 || !(residualVariance > 0) || !(perWeek > 0)) return null
  const persons = 2 * Math.ceil((2 * residualVariance * REACH ** 2) / effect ** 2)
  const weeks = Math.ceil(persons / perWeek + followUpDays / 7)
  if (!Number.isFinite(weeks) || persons > Number.MAX_SAFE_INTEGER) return null
  return { kind, weeks: weeks > MOST_WEEKS ? null : weeks, persons }
}
