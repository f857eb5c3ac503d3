/** What may come of a contact. `rating`: how it felt, by the marks people gave; `recommendation`: 0 … 10. */
export const OUTCOMES = ['ordered', 'bought_out', 'repeat', 'recommendation', 'rating'] as const
export type Outcome = (typeof OUTCOMES)[number]

/** Days that the report takes unless told otherwise. What comes late, or is answered by few, shows in two years what a year hides. */
export const USUAL_DAYS: Record<Outcome, number> = {
  ordered: 365,
  bought_out: 365,
  repeat: 730,
  recommendation: 730,
  rating: 365,
}

/** Outcomes that come or don't; of them shares are told, in points, and money. */
export function isHappening(outcome: Outcome): boolean {
  return outcome === 'ordered' || outcome === 'bought_out' || outcome === 'repeat'
}

/** Why nothing can be said of a whole outcome. */
export const REFUSALS = [
  'no_units',
  'few_units',
  'short_period',
  'nobody_reached',
  'everybody_reached',
  'no_predictors',
  'few_events',
  'told_apart',
  'odd_values',
] as const
export type Refusal = (typeof REFUSALS)[number]

/** Why nothing is said of one predictor. `gave_way`: there are too few cases for all, and others have more people on both sides. */
export const LEFT_OUT = [
  'constant',
  'few_exposed',
  'few_unexposed',
  'twin',
  'told_apart',
  'few_events',
  'gave_way',
] as const
export type LeftOut = (typeof LEFT_OUT)[number]

/**
 * `standard`: how far a touchpoint's standard was kept. `event`: something the shop did or that went wrong (a card in the
 * parcel, a newsletter sent, a defect). `met`: that they came by there, which customers choose themselves.
 */
export const KINDS = ['standard', 'event', 'met'] as const
export type Kind = (typeof KINDS)[number]
