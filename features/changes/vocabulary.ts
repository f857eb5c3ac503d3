/** What is watched week by week. */
export const METRICS = ['share', 'reach', 'said', 'kept', 'effect', 'speed'] as const
export type Metric = (typeof METRICS)[number]

/** What is known of persons, by which they are looked at apart. Nothing of it is guessed. */
export const DIMENSIONS = [
  'device',
  'visit',
  'source',
  'origin',
  'region',
  'city',
  'age',
  'category',
] as const
export type Dimension = (typeof DIMENSIONS)[number]

export const ALARM_STATES = ['new', 'seen', 'fine'] as const
export type AlarmState = (typeof ALARM_STATES)[number]

/** So many weeks, from Monday in the shop's zone, are looked at. */
export const WEEKS = 78
/** Everybody and so many audiences less one. */
export const MAX_AUDIENCES = 20
/** Who met a touchpoint and ordered within so many days after. */
export const EFFECT_DAYS = 14
/** Standing differences are looked for in so many weeks. */
export const GAP_WEEKS = 13
