import type { Room } from '../../../platform/room.ts'
import { importsHousekeeping } from './housekeeping-job.ts'
import { createImportQueue } from './import-queue.ts'
import { addImportRoutes, addOneImportRoutes, addUploadRoutes } from './import-routes.ts'

/** Imports: what the shop knew before, from the files of other systems. */
export const room: Room = {
  name: 'imports',
  routes(app, deps) {
    // The queue belongs to a process that serves: a command on the same data folder must not take imports over.
    const queue = createImportQueue(deps)
    addImportRoutes(app, { deps, queue })
    addOneImportRoutes(app, { deps, queue })
    addUploadRoutes(app, deps)
    app.addHook('onReady', async () => queue.start())
    app.addHook('onClose', () => queue.close())
  },
  jobs: [importsHousekeeping],
}
