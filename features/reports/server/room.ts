import type { Room } from '../../../platform/room.ts'
import { addSavedReportRoutes } from './saved-report-routes.ts'
import { addSummaryRoutes } from './summary-routes.ts'

/** What all reports share, the questions kept under a name, and answers that no other room gives by itself. */
export const room: Room = {
  name: 'reports',
  routes: (app, deps) => {
    addSummaryRoutes(app, deps)
    addSavedReportRoutes(app, deps)
  },
}
