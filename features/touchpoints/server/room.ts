import type { Room } from '../../../platform/room.ts'
import { closeReclassifier, reclassifyJob } from './reclassifier.ts'
import { addRegistryRoutes } from './registry-routes.ts'
import { addScenarioRoutes } from './scenario-routes.ts'

export const room: Room = {
  name: 'touchpoints',
  routes(app, deps) {
    addRegistryRoutes(app, deps)
    addScenarioRoutes(app, deps)
  },
  jobs: [reclassifyJob],
  stop: closeReclassifier,
}
