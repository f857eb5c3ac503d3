/**
 * Inside the store a person's history is an array of numbers, which is what sorts fastest. Each number is a mark:
 *
 *     bits 26–63  milliseconds since the beginning of the period (38 bits: 8.7 years)
 *     bits 24–25  what it is, in the order of marks of one instant
 *     bits 14–23  code of the touchpoint
 *     bits  0–13  a value
 */
/** Below 2³⁸ with room for the borders of orders behind the period. */
export const MAX_PERIOD_MS = 8 * 366 * 86_400_000

/**
 * An order begins to own the time (value: see BORDER), a contact, a fact about a contact (value: what was said or
 * measured), an order ceases to own it. So what happens at the very instant of a border lies inside, and an order that
 * is received owns its time without a gap.
 */
export const MARK = { begin: 0, contact: 1, fact: 2, end: 3 } as const
export const BORDER = { opened: 1, received: 2, ended: 3, released: 4 } as const

/**
 * Values of facts. An impression stands on a grid of 1/5040 from 0 (−1) to 10080 (1): it holds every scale of up to
 * ten steps exactly, and finer ones to a hundredth of a point of a hundred. Then come outcomes: missed, between, kept;
 * the same of a standard that judges a promise; the same of how a page loaded; a value that no standard judges.
 */
export const VALENCE_STEPS = 5040
export const OUTCOME = 12_000
export const PROMISE_OUTCOME = 12_010
export const LOADING_OUTCOME = 12_020
export const UNJUDGED = 12_200

/** SQL: parts of the mark `m`. */
export const readTime = (m: string) => `bitShiftRight(${m}, 26)`
export const readKind = (m: string) => `bitAnd(bitShiftRight(${m}, 24), 3)`
export const readCode = (m: string) => `bitAnd(bitShiftRight(${m}, 14), 1023)`
export const readValue = (m: string) => `bitAnd(${m}, 16383)`

/** SQL: a mark, of expressions. */
export function mark(at: string, kind: number, code: string, value: string): string {
  return `bitShiftLeft(toUInt64(${at}), 26) + ${kind * 2 ** 24} + bitShiftLeft(toUInt64(${code}), 14) + ${value}`
}
