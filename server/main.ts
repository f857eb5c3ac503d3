import { createServer } from 'node:net'
import { startDemo } from '../demo/load/start-demo.ts'
import { readDemoOptions } from '../demo/options.ts'
import { createAuthenticator, findOwnerLink } from '../features/accounts/server/actions.ts'
import { createClickhouse } from '../platform/clickhouse.ts'
import { prepareDataFolder } from '../platform/engines/data-folder.ts'
import { type Engines, startEngines } from '../platform/engines/start-engines.ts'
import { startJobs } from '../platform/jobs.ts'
import { createLog, type Log } from '../platform/log.ts'
import { createPostgres } from '../platform/postgres.ts'
import { loadSecret } from '../platform/secret.ts'
import { rememberPublicUrl } from '../platform/system-state.ts'
import { access } from './access.ts'
import { buildApp } from './app.ts'
import { isHalfRestored } from './backup/postgres-dump.ts'
import { type Config, ConfigError, readConfig } from './config.ts'
import { MIGRATIONS_FOLDER, WEB_FOLDER } from './folders.ts'
import { migrate } from './migrations/migrate.ts'
import { openSystem } from './open-system.ts'
import { rooms } from './rooms.ts'

/** Starts everything and returns when it serves; `stop` ends it in the reverse order. */
export async function startServer(config: Config, log: Log): Promise<{ url: string; stop(): Promise<void> }> {
  // Said before the engines start, which takes seconds.
  const demoOptions = config.demo ? readDemoOptions({ persons: config.demoPersons }, Date.now()) : undefined
  await refuseTakenPort(config)
  await prepareDataFolder(config.dataDir)
  const secret = await loadSecret(config.dataDir, config.secret)
  const engines = await startEngines({ ...config, log })
  try {
    await prepareSchema(engines, log)
    const system = await openSystem({
      databaseUrl: engines.databaseUrl,
      clickhouseUrl: engines.clickhouseUrl,
      log,
      rooms,
      consumes: config.roles.includes('worker'),
      settings: {
        dataDir: config.dataDir,
        publicUrl: config.publicUrl,
        secret,
        embedded: engines.embedded,
        trustProxy: config.trustProxy,
        maxUploadBytes: config.maxUploadBytes,
      },
    })
    const authenticator = createAuthenticator(system.deps)
    const app = await buildApp({
      deps: system.deps,
      rooms,
      access,
      authenticator,
      webRoot: WEB_FOLDER,
    })
    await rememberPublicUrl(system.deps.db, config.publicUrl)
    await app.listen({ port: config.port, host: config.host })
    const jobs = config.roles.includes('worker')
      ? await startJobs(
          system.postgres.pool,
          system.deps,
          rooms.flatMap((room) => room.jobs ?? []),
        )
      : undefined
    await announce(config, await findOwnerLink(system.deps))
    const demo = demoOptions ? startDemo(system.deps, demoOptions, say) : undefined
    return {
      url: config.publicUrl,
      async stop() {
        await demo?.stop()
        await app.close()
        await jobs?.close()
        await system.close()
        await engines.stop()
      },
    }
  } catch (error) {
    await engines.stop()
    throw error
  }
}

async function prepareSchema(engines: Engines, log: Log): Promise<void> {
  const postgres = createPostgres(engines.databaseUrl, log, { max: 1 })
  const clickhouse = createClickhouse(engines.clickhouseUrl)
  try {
    if (await isHalfRestored(postgres.pool))
      throw new ConfigError(
        'A restore into this place was cut short, so its data are not whole.',
        'Restore again into a new data folder (npx tropa restore <file> --data ./restored) or into empty databases.',
      )
    const { applied } = await migrate({
      pool: postgres.pool,
      clickhouse,
      log,
      folder: MIGRATIONS_FOLDER,
    })
    if (applied.length > 0) log.info({ applied }, 'the schema is up to date')
  } finally {
    await Promise.all([postgres.close(), clickhouse.close()])
  }
}

/** Told before the engines start, which takes seconds. */
async function refuseTakenPort(config: Config): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const probe = createServer()
    probe.once('error', (error: NodeJS.ErrnoException) => reject(explainPort(error, config)))
    probe.listen(config.port, config.host, () => probe.close(() => resolve()))
  })
}

function explainPort(error: NodeJS.ErrnoException, config: Config): Error {
  if (error.code === 'EADDRINUSE')
    return new ConfigError(
      `Port ${config.port} is taken by another program.`,
      `Stop it, or choose another port: npm start -- --port ${config.port + 1}.`,
    )
  if (error.code === 'EACCES')
    return new ConfigError(
      `This user may not listen on port ${config.port}.`,
      'Choose a port above 1023, for example --port 3000.',
    )
  return new ConfigError(
    `Tropa can't listen on ${config.host}:${config.port} (${error.code}).`,
    'Choose another --host or --port.',
  )
}

async function announce(config: Config, ownerLink: string | undefined): Promise<void> {
  const lines = [`Tropa is ready: ${config.publicUrl}`]
  if (ownerLink !== undefined)
    lines.push(
      '',
      'Open this link once to become the owner (valid for a day):',
      `  ${config.publicUrl}${ownerLink}`,
      '',
    )
  say(lines.join('\n'))
}

function say(text: string): void {
  process.stdout.write(`${text}\n`)
}

/** The `start` command: runs until it is told to stop. */
export async function runStart(env: NodeJS.ProcessEnv, args: string[]): Promise<void> {
  const config = readConfig(env, args)
  const log = createLog(config.logLevel)
  const server = await startServer(config, log)
  let stopping = false
  const stop = (signal: string) => {
    if (stopping) return
    stopping = true
    log.info({ signal }, 'stopping')
    server.stop().then(
      () => process.exit(0),
      (error) => {
        log.error({ err: error }, 'stopping failed')
        process.exit(1)
      },
    )
  }
  process.on('SIGINT', () => stop('SIGINT'))
  process.on('SIGTERM', () => stop('SIGTERM'))
}
