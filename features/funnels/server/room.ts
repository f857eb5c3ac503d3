import type { Room } from '../../../platform/room.ts'
import { addFunnelRoutes } from './funnels-routes.ts'

/** How far persons come on a way of steps, and where they leave it. */
export const room: Room = { name: 'funnels', routes: addFunnelRoutes }
