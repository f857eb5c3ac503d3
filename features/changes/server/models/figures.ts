import type { Dimension, Metric } from '../../vocabulary.ts'

/** A value of something known of persons; `key` is `dimension:value`. */
export interface Audience {
  key: string
  dimension: Dimension
  value: string
  /** Persons of it, and persons of whom the dimension is known. */
  persons: number
  known: number
}

/** One week of one place and audience: persons and sums over persons of their own means. */
export interface Week {
  /** Persons who were there. */
  n: number
  /** Of them, those whose follow-up is over, and of those the ones who ordered within it. */
  followed: number
  ordered: number
  /** Persons with a mark, the sum of their means (−1 … 1) and of its squares. */
  said: Sums
  /** Persons who were measured by a standard, 0 … 1. */
  kept: Sums
  /** ln(1 + value ÷ scale) of the time standard. */
  speed: Sums
  median: number
  upper: number
}
export interface Sums {
  n: number
  sum: number
  squares: number
}

/**
 * Weekly figures as they come out of the store. `line(place, audience)` has an entry for each week, undefined where
 * nobody was there. Places are touchpoints and the groups in whose shares they are reckoned.
 */
export interface Figures {
  /** Number of the first week (weeks from Monday, counted from the one of 1970-01-01), and how many there are. */
  firstWeek: number
  weeks: number
  /** The last week whose follow-up is over, for the effect. */
  followedWeeks: number
  places: Place[]
  audiences: Audience[]
  line(place: string, audience: string): readonly (Week | undefined)[]
  /** Persons of a dimension's known values among those of a group. */
  known(place: string, dimension: Dimension): readonly (Week | undefined)[]
  /** How many persons of the newest weeks belong to both audiences, among visitors. */
  both(one: string, other: string): number
  /** Of the same weeks: persons of one, and persons (of an audience) of whom a dimension is known. */
  recent(one: string): number
  recentKnown(dimension: Dimension, of?: string): number
}

export interface Place {
  /** A touchpoint, or `touchpoint.measure` where a touchpoint has several standards. */
  key: string
  /** Of whom its reach is a share: `visit`, or the stage after the order; '' of one standard. */
  group: string
  /** Whether each of its standards is a place of its own. */
  isApart: boolean
  /** Of its first time standard; null where it has none. */
  speed: { unit: string; scale: number; isUpper: boolean } | null
}

/** The group of all persons who met something up to the order. */
export const VISIT = 'visit'
export const EVERYBODY = ''

/** What one test looks at: week by week `sum` of `n` on a scale of 0 … 1, or logarithms of times. */
export interface Series {
  metric: Metric
  /** '' for the whole path. */
  place: string
  audience: string
  kind: 'share' | 'mean' | 'log'
  n: Float64Array
  sum: Float64Array
  squares: Float64Array
}

/** `phone_call.price_same` → `phone_call`. */
export const touchpointOf = (place: string): string => place.split('.')[0] ?? place
