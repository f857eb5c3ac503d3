import type { Room } from '../../../platform/room.ts'
import { addDecisionRoutes } from './decisions-routes.ts'

/** What the shop changed on the path of its customers, marked on every trend. */
export const room: Room = { name: 'decisions', routes: addDecisionRoutes }
