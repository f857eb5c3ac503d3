import { join } from 'node:path'
import { runEngineChild } from './child.ts'
import { startPostgresEngine } from './postgres/start-postgres-engine.ts'

await runEngineChild({
  name: 'postgres',
  start: ({ dataDir, socketDir, log, fail }) =>
    startPostgresEngine({
      dataDir: join(dataDir, 'postgres'),
      socketDir: socketDir ?? join(dataDir, 'run'),
      log,
      fail,
    }),
})
