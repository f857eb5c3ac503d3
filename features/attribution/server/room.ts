import type { Room } from '../../../platform/room.ts'
import { addAttributionRoutes } from './attribution-routes.ts'

/** Which ways of coming to the shop have earned its orders, by eight models side by side. */
export const room: Room = { name: 'attribution', routes: addAttributionRoutes }
