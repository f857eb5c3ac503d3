/** Why a customer is worth a call today, the gravest first. */
export const CALL_REASONS = ['second_defect', 'case_open', 'late', 'low_mark', 'asked_where'] as const
export type CallReason = (typeof CALL_REASONS)[number]

/** More cards than anybody looks at. */
export const MAX_CARDS = 24
