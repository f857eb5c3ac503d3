import type { Room } from '../../../platform/room.ts'
import { addConformanceRoutes } from './conformance-routes.ts'

/** How journeys fit the path that the shop intends for a kind of buyer. */
export const room: Room = { name: 'conformance', routes: addConformanceRoutes }
