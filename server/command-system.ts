import { createClickhouse } from '../platform/clickhouse.ts'
import { prepareDataFolder } from '../platform/engines/data-folder.ts'
import { findRunningServer } from '../platform/engines/engines-file.ts'
import { startEngines } from '../platform/engines/start-engines.ts'
import type { Log } from '../platform/log.ts'
import { createPostgres } from '../platform/postgres.ts'
import { loadSecret } from '../platform/secret.ts'
import type { Config } from './config.ts'
import { MIGRATIONS_FOLDER } from './folders.ts'
import { migrate } from './migrations/migrate.ts'
import { openSystem, type System } from './open-system.ts'
import { rooms } from './rooms.ts'

export interface CommandEngines {
  databaseUrl: string
  clickhouseUrl: string
  embedded: { postgres: boolean; clickhouse: boolean }
  /** True when a server works on the same stores: it will apply the effects of what the command records. */
  isServerRunning: boolean
  stop(): Promise<void>
}

/** The stores for one command: those of the running server of this data folder, else started for the command alone. */
export async function openCommandEngines(config: Config, log: Log): Promise<CommandEngines> {
  await prepareDataFolder(config.dataDir)
  const running = await findRunningServer(config.dataDir)
  if (running) {
    const embedded = {
      postgres: running.engines.some((engine) => engine.name === 'postgres'),
      clickhouse: running.engines.some((engine) => engine.name === 'clickhouse'),
    }
    return { ...running, embedded, isServerRunning: true, stop: async () => undefined }
  }
  const engines = await startEngines({ ...config, log })
  return { ...engines, isServerRunning: false, stop: () => engines.stop() }
}

export interface CommandSystem extends System {
  isServerRunning: boolean
}

/** A whole system without HTTP for one command. Consumers run here only when no server does. */
export async function openCommandSystem(config: Config, log: Log): Promise<CommandSystem> {
  const engines = await openCommandEngines(config, log)
  try {
    if (!engines.isServerRunning) await bringSchemaUp(engines, log)
    const system = await openSystem({
      databaseUrl: engines.databaseUrl,
      clickhouseUrl: engines.clickhouseUrl,
      log,
      rooms,
      consumes: !engines.isServerRunning,
      settings: {
        dataDir: config.dataDir,
        publicUrl: config.publicUrl,
        secret: await loadSecret(config.dataDir, config.secret),
        embedded: engines.embedded,
        trustProxy: false,
      },
    })
    return {
      ...system,
      isServerRunning: engines.isServerRunning,
      async close() {
        await system.close()
        await engines.stop()
      },
    }
  } catch (error) {
    await engines.stop()
    throw error
  }
}

async function bringSchemaUp(engines: CommandEngines, log: Log): Promise<void> {
  const postgres = createPostgres(engines.databaseUrl, log, { max: 1 })
  const clickhouse = createClickhouse(engines.clickhouseUrl)
  try {
    await migrate({ pool: postgres.pool, clickhouse, log, folder: MIGRATIONS_FOLDER })
  } finally {
    await Promise.all([postgres.close(), clickhouse.close()])
  }
}
