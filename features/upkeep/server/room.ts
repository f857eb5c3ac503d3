import type { Room } from '../../../platform/room.ts'
import { mergeMonthsJob } from './merge-months-job.ts'
import { addUpkeepRoutes } from './upkeep-routes.ts'

/** What keeps the house in order: the state of the system, the pause after a restore, nightly housekeeping. */
export const room: Room = {
  name: 'upkeep',
  routes: addUpkeepRoutes,
  jobs: [mergeMonthsJob],
}
