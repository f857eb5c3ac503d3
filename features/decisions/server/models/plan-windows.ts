import type { Day } from '../../../../kernel/time.ts'

export const BEFORE_WEEKS = 8
export const AFTER_WEEKS = 8
/** Who orders within so many weeks of meeting the place. */
export const FOLLOW_UP_WEEKS = 2
export const FOLLOW_UP_DAYS = 7 * FOLLOW_UP_WEEKS
/** With fewer whole weeks after the change nothing is told. */
export const MIN_WEEKS_AFTER = 2
/** The week of the change, counted from the first that is read: orders need two weeks more before it. */
export const CHANGE_WEEK = BEFORE_WEEKS + FOLLOW_UP_WEEKS

/** Weeks from the first that is read, half-open. */
export interface Weeks {
  from: number
  to: number
}

/** What is compared; `early` and `late` are the halves of the eight weeks before. */
export interface Windows {
  before: Weeks
  after: Weeks
  early: Weeks
  late: Weeks
}

export interface WindowsPlan {
  /** The first day that is read. */
  first: Day
  /** For what is said and kept. */
  facts: Windows
  /** For orders: nobody's two weeks reach from the time before into the change, or into the future. */
  orders: Windows
}

/**
 * Up to eight whole weeks after the day, and as many before it: whoever comes every week counts once in a window, so that a longer
 * one holds relatively fewer of them, and two of different lengths would differ though nothing had changed. The week that begins on
 * the day belongs to neither, so that a change may settle. `today` is not over and doesn't count; `end` is the first day on which
 * the change no longer held.
 */
export function planWindows(day: Day, today: Day, end: Day | undefined): WindowsPlan {
  const last = Math.min(today, end ?? today)
  return {
    first: day - 7 * CHANGE_WEEK,
    facts: windowsFrom(FOLLOW_UP_WEEKS, countWeeksAfter(day, last)),
    orders: windowsFrom(0, countWeeksAfter(day, last - FOLLOW_UP_DAYS)),
  }
}

/** The first day on which a verdict is possible. */
export function findFirstVerdictDay(day: Day): Day {
  return day + 7 * (1 + MIN_WEEKS_AFTER)
}

function windowsFrom(first: number, weeksAfter: number): Windows {
  const middle = first + BEFORE_WEEKS / 2
  const begin = CHANGE_WEEK + 1
  return {
    before: { from: first + BEFORE_WEEKS - Math.max(MIN_WEEKS_AFTER, weeksAfter), to: first + BEFORE_WEEKS },
    early: { from: first, to: middle },
    late: { from: middle, to: first + BEFORE_WEEKS },
    after: { from: begin, to: begin + weeksAfter },
  }
}

function countWeeksAfter(day: Day, last: Day): number {
  return Math.min(AFTER_WEEKS, Math.max(0, Math.floor((last - (day + 7)) / 7)))
}
