import type { Room } from '../../../platform/room.ts'
import { addSummaryRoutes } from './summary-routes.ts'

/** Answers that no other room gives by itself. */
export const room: Room = { name: 'reports', routes: addSummaryRoutes }
