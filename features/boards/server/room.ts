import type { Room } from '../../../platform/room.ts'
import { addBoardRoutes } from './boards-routes.ts'
import { addCardRoutes } from './cards-routes.ts'
import { callsPersonParts } from './tick-store.ts'
import { addTodayRoutes } from './today-routes.ts'
import { warmJob } from './warm-job.ts'

/** The shop's first page and the boards of reports that it keeps in sight. */
export const room: Room = {
  name: 'boards',
  routes: (app, deps) => {
    addBoardRoutes(app, deps)
    addCardRoutes(app, deps)
    addTodayRoutes(app, deps)
  },
  jobs: [warmJob],
  person: callsPersonParts,
}
