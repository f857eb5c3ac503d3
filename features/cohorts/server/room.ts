import type { Room } from '../../../platform/room.ts'
import { addCohortRoutes } from './cohorts-routes.ts'

/** Persons by when they first came, and how many of them come back. */
export const room: Room = { name: 'cohorts', routes: addCohortRoutes }
