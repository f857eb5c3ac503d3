import type { Day } from '../../../../kernel/time.ts'
import type { Review, ReviewFigures } from '../../contract.ts'
import { DUES, type Due } from '../../vocabulary.ts'

const WEEK = 7

/** How a touchpoint stands to its check. `next` is the day on which it is due, `isRegular` whether it has a rhythm. */
export function findDue(
  { next, isRegular, wasChecked }: { next: Day | undefined; isRegular: boolean; wasChecked: boolean },
  today: Day,
): Due {
  if (!isRegular) return 'off'
  if (next === undefined) return wasChecked ? 'later' : 'first'
  if (next < today) return 'overdue'
  return next < today + WEEK ? 'week' : 'later'
}

/**
 * How many persons were let down: of those who met it the share for whom the standard wasn't kept, or who said less
 * than a good word. Only for the order of touchpoints that were never checked.
 */
export function weighFigures({ persons, said, kept }: ReviewFigures): number {
  const missed = kept ? 1 - kept.mean : 0
  const unhappy = said ? (100 - said.mean) / 200 : 0
  return persons * Math.max(missed, unhappy, 0.01)
}

/** The most pressing first: the latest of the late ones, then by date; what was never checked by how many it let down. */
export function orderReviews(reviews: readonly Review[]): Review[] {
  return [...reviews].sort(
    (a, b) =>
      DUES.indexOf(a.due) - DUES.indexOf(b.due) ||
      (a.daysLeft ?? 0) - (b.daysLeft ?? 0) ||
      weighFigures(b.now) - weighFigures(a.now) ||
      (a.touchpoint < b.touchpoint ? -1 : 1),
  )
}
