import type { Room } from '../../../platform/room.ts'
import { addDriversRoutes } from './drivers-routes.ts'

/** What care is worth: the effect of each failure and each good turn on orders, receipts, repeats and marks. */
export const room: Room = { name: 'drivers', routes: addDriversRoutes }
