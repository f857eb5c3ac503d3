import type { Room } from '../../../platform/room.ts'
import { addSegmentRoutes } from './segments-routes.ts'

/** Sets of persons by what they did, described once and used by every report. */
export const room: Room = { name: 'segments', routes: addSegmentRoutes }
