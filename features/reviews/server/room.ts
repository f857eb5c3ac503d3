import type { Room } from '../../../platform/room.ts'
import { addReviewRoutes } from './reviews-routes.ts'

/** Every touchpoint is looked at regularly: its trend, what was noted, what was decided, whose it is, when again. */
export const room: Room = { name: 'reviews', routes: addReviewRoutes }
