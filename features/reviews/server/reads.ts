import type { Deps } from '../../../platform/room.ts'
import type { Review } from '../contract.ts'
import { answerReviews, type ReviewShop } from './answer-reviews.ts'

/** So many of the touchpoints that were never checked are worth naming at once. */
const FIRST_ONES = 3

/** What is due: late ones, those of the coming week, and of what was never checked the three with most at stake. */
export async function readDueReviews(deps: Deps, shop: ReviewShop): Promise<Review[]> {
  const { items } = await answerReviews(deps, shop)
  return [
    ...items.filter(({ due }) => due === 'overdue' || due === 'week'),
    ...items.filter(({ due }) => due === 'first').slice(0, FIRST_ONES),
  ]
}
