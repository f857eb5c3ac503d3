import type { Room } from '../../../platform/room.ts'
import { addGuideRoutes } from './guide-routes.ts'
import { addReachabilityRoutes } from './reachability-routes.ts'

/** Leads a new owner from an empty shop to the first events, and looks whether browsers can reach this server. */
export const room: Room = {
  name: 'guide',
  routes(app, deps) {
    addGuideRoutes(app, deps)
    addReachabilityRoutes(app, deps)
  },
}
