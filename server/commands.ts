import { copyFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { AppError } from '../kernel/errors.ts'
import { createClickhouse } from '../platform/clickhouse.ts'
import type { CommandOutput } from '../platform/command-output.ts'
import { prepareDataFolder } from '../platform/engines/data-folder.ts'
import { findRunningServer } from '../platform/engines/engines-file.ts'
import { startEngines } from '../platform/engines/start-engines.ts'
import type { Log } from '../platform/log.ts'
import { createPostgres } from '../platform/postgres.ts'
import { loadSecret } from '../platform/secret.ts'
import { readSystemState } from '../platform/system-state.ts'
import { backup } from './backup/backup.ts'
import { restore } from './backup/restore.ts'
import { openCommandEngines } from './command-system.ts'
import type { Config } from './config.ts'
import { examine } from './doctor/doctor.ts'
import { languageOf, tell } from './doctor/sentences.ts'
import { MIGRATIONS_FOLDER } from './folders.ts'

/** `backup <file>`: also while the server runs. */
export async function backupCommand(
  config: Config,
  log: Log,
  output: CommandOutput,
  args: { file: string; withSecret: boolean },
): Promise<void> {
  const engines = await openCommandEngines(config, log)
  const { pool, db, close } = createPostgres(engines.databaseUrl, log, { max: 2 })
  const clickhouse = createClickhouse(engines.clickhouseUrl)
  try {
    const result = await backup({
      db,
      pool,
      clickhouse,
      path: resolve(args.file),
      dataDir: config.dataDir,
      withSecret: args.withSecret,
      migrationsFolder: MIGRATIONS_FOLDER,
      now: Date.now,
      onProgress: (table, rows) => output.remark(`${table}: ${rows}`),
    })
    output.line(
      `The backup is whole: ${result.path} (${(result.bytes / 1e6).toFixed(1)} MB). Keep it as safe as the server itself.`,
    )
    output.json(result)
  } finally {
    await Promise.all([clickhouse.close(), close()])
    await engines.stop()
  }
}

/** `restore <file>`: into an empty data folder or an empty pair of servers. */
export async function restoreCommand(
  config: Config,
  log: Log,
  output: CommandOutput,
  { file, erasures }: { file: string; erasures?: string },
): Promise<void> {
  const running = await findRunningServer(config.dataDir)
  if (running)
    throw new AppError(
      'conflict',
      `Tropa is running on ${config.dataDir}. Restore into another folder: --data ./restored.`,
    )
  await prepareDataFolder(config.dataDir)
  if (erasures !== undefined) await bringErasures(erasures, config.dataDir)
  const engines = await startEngines({ ...config, log })
  const { pool, close } = createPostgres(engines.databaseUrl, log, { max: 2 })
  const clickhouse = createClickhouse(engines.clickhouseUrl)
  try {
    const result = await restore({
      pool,
      clickhouse,
      log,
      path: resolve(file),
      dataDir: config.dataDir,
      migrationsFolder: MIGRATIONS_FOLDER,
      onProgress: (table, rows) => output.remark(`${table}: ${rows}`),
    })
    output.line(
      `Restored the state of ${result.createdAt}. It starts paused, in epoch ${result.epoch}: nothing is sent until an owner resumes it in the browser.`,
    )
    output.json(result)
  } finally {
    await Promise.all([clickhouse.close(), close()])
    await engines.stop()
  }
}

/** The erasures noted beside the old stores are repeated at the first start on the restored ones. */
async function bringErasures(path: string, dataDir: string): Promise<void> {
  try {
    await copyFile(resolve(path), join(dataDir, 'erasures.jsonl'))
  } catch (error) {
    throw new AppError(
      'bad_request',
      `The file ${path} can't be read (${(error as NodeJS.ErrnoException).code}).`,
    )
  }
}

const SIGNS = { good: '✓', warning: '!', bad: '✗' }

/** `doctor`: returns false when something is bad. */
export async function doctorCommand(config: Config, log: Log, output: CommandOutput): Promise<boolean> {
  const engines = await openCommandEngines(config, log)
  const { db, close } = createPostgres(engines.databaseUrl, log, { max: 2 })
  const clickhouse = createClickhouse(engines.clickhouseUrl)
  try {
    const findings = await examine({
      db,
      clickhouse,
      dataDir: config.dataDir,
      // The command line may not know what the server was told.
      publicUrl: process.env.PUBLIC_URL
        ? config.publicUrl
        : ((await readSystemState(db)).publicUrl ?? config.publicUrl),
      secret: await loadSecret(config.dataDir, config.secret),
      embedded: engines.embedded,
      now: Date.now,
      fetch,
    })
    const language = languageOf(process.env)
    for (const { health, key, values } of findings)
      output.line(`${SIGNS[health]} ${tell(key, values, language)}`)
    output.json({ healthy: findings.every((finding) => finding.health !== 'bad'), findings })
    return findings.every((finding) => finding.health !== 'bad')
  } finally {
    await Promise.all([clickhouse.close(), close()])
    await engines.stop()
  }
}
