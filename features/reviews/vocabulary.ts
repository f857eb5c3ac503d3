/** Weeks from one check of a touchpoint to the next; the first that a shop may choose. */
export const RHYTHMS = [2, 4, 8, 13] as const
export type Rhythm = (typeof RHYTHMS)[number]
export const USUAL_RHYTHM: Rhythm = 8

/**
 * How a touchpoint stands to its check, the most pressing first: late, within seven days, never checked yet, later, and
 * not checked regularly.
 */
export const DUES = ['overdue', 'week', 'first', 'later', 'off'] as const
export type Due = (typeof DUES)[number]

/** How far back trends reach. */
export const TREND_WEEKS = 26
/** What is told of a touchpoint now is told of so many weeks. */
export const NOW_WEEKS = 8
