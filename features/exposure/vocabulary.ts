/** What may change with earlier contacts. */
export const OUTCOMES = ['order', 'repeat', 'attitude', 'recommendation'] as const
export type Outcome = (typeof OUTCOMES)[number]

/** Contacts of so many days before the day are counted. */
export const WINDOWS = [7, 14, 30, 60] as const
export type WindowDays = (typeof WINDOWS)[number]
export const USUAL_WINDOW: WindowDays = 30

/** How many contacts each group begins with: none, 1, 2, 3–4, 5–9, 10 and more. */
export const BIN_STARTS = [0, 1, 2, 3, 5, 10] as const

/** Outcomes that happen or not on a day; the others are marks that people give. */
export const isHappening = (outcome: Outcome): boolean => outcome === 'order' || outcome === 'repeat'
