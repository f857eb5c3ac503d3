import type { Room } from '../../../platform/room.ts'
import { addJourneyRoutes } from './journeys-routes.ts'

/** The journey map: how customers came, where they went, what they said and what the shop kept. */
export const room: Room = { name: 'journeys', routes: addJourneyRoutes }
