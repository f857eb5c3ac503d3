import type { Room } from '../../../platform/room.ts'
import { addChangesRoutes } from './changes-routes.ts'
import { lookJob } from './look-job.ts'

/** What changed week by week for whom, by how much more than chance explains; alarms that are kept; standing differences. */
export const room: Room = { name: 'changes', routes: addChangesRoutes, jobs: [lookJob] }
