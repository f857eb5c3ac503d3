import type { Room } from '../../../platform/room.ts'
import { addPathsRoutes } from './paths-routes.ts'

/** By which ways customers go from contact to contact: flow, variants and the map of steps. */
export const room: Room = { name: 'paths', routes: addPathsRoutes }
