/** What a change can move: what customers said, how far standards were kept, who ordered within 14 days. */
export const EFFECT_MEASURES = ['said', 'kept', 'orders'] as const
export type EffectMeasure = (typeof EFFECT_MEASURES)[number]

export const DIRECTIONS = ['up', 'down'] as const
export type Direction = (typeof DIRECTIONS)[number]

/** Being tried, here to stay, taken back. */
export const DECISION_STATES = ['trying', 'kept', 'undone'] as const
export type DecisionState = (typeof DECISION_STATES)[number]

/** The answer in one word. `mixed`: better in one thing and worse in another. */
export const VERDICT_WORDS = ['better', 'worse', 'mixed', 'no_difference', 'early', 'few_data'] as const
export type VerdictWord = (typeof VERDICT_WORDS)[number]

/** Why there is no verdict. `short`: it was undone before two whole weeks had passed. */
export const REASONS = ['ahead', 'too_soon', 'few_persons', 'short', 'audience_gone', 'place_gone'] as const
export type Reason = (typeof REASONS)[number]

/**
 * With whom it is compared: persons outside the decision's segment at the same place, what happened meanwhile at the
 * other touchpoints of the stage, or on the rest of the path, or nobody (then it is only before and after).
 */
export const COMPARISONS = ['segment', 'stage', 'shop', 'none'] as const
export type Comparison = (typeof COMPARISONS)[number]
