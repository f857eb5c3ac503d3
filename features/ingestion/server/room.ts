import type { Room } from '../../../platform/room.ts'
import { addClientSettingsRoutes } from './client-settings-routes.ts'
import { addDebuggerRoutes } from './debugger-routes.ts'
import { addIngestRoutes, type IngestOptions } from './ingest-routes.ts'
import { addTrackerRoute } from './tracker-route.ts'

/** Above what one process can take: it keeps one source from crowding out the others, not a shop from growing. */
const EVENTS_PER_SECOND = 50_000

/** Takes events in: by HTTP as Segment's clients and our own browser script send them, and from other rooms. */
export function createIngestionRoom(options: IngestOptions): Room {
  return {
    name: 'ingestion',
    routes(app, deps) {
      addIngestRoutes(app, deps, options)
      addClientSettingsRoutes(app, deps)
      addDebuggerRoutes(app, deps)
      addTrackerRoute(app)
    },
  }
}

export const room: Room = createIngestionRoom({ eventsPerSecond: EVENTS_PER_SECOND })
