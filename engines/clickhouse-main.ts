import { join } from 'node:path'
import { runEngineChild } from './child.ts'
import { startClickhouseEngine } from './clickhouse/start-clickhouse-engine.ts'

await runEngineChild({
  name: 'clickhouse',
  start: ({ dataDir, port, user, password, log, fail }) =>
    startClickhouseEngine({
      dataDir: join(dataDir, 'clickhouse'),
      port,
      user,
      password: password ?? '',
      log: (message, details = {}) => log.info(details, message),
      onFatal: fail,
    }),
})
