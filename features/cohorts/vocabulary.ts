/** What makes the persons of one row: the week (from Monday) or month of the shop's calendar in which they first came. */
export const COHORT_SIZES = ['week', 'month'] as const
export type CohortSize = (typeof COHORT_SIZES)[number]

/** What counts as coming back: any contact, a visit to the site, or another order (persons then begin with their first). */
export const RETURNS = ['contact', 'visit', 'order'] as const
export type Return = (typeof RETURNS)[number]

/** How far a person is followed after the first day: so many stretches of so many days. */
export const FOLLOWED: Record<CohortSize, { count: number; days: number }> = {
  week: { count: 12, days: 7 },
  month: { count: 12, days: 30 },
}

/** More rows than these nobody reads. */
export const MAX_COHORTS = 106
