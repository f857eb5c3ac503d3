/** Why a customer is worth a call today, the gravest first. */
export const CALL_REASONS = ['second_defect', 'case_open', 'late', 'low_mark', 'asked_where'] as const
export type CallReason = (typeof CALL_REASONS)[number]

/** More cards than anybody looks at. */
export const MAX_CARDS = 24

/** Today's news are of a month, beside the month before; what harms is looked for in the usual days of its outcome. */
export const NEWS_DAYS = 30
export const FINDING_OUTCOMES = ['ordered', 'bought_out', 'repeat', 'recommendation', 'rating'] as const
