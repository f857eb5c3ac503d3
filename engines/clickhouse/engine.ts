import { randomUUID } from 'node:crypto'
import { mkdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createError, parseEngineError } from './clickhouse-error.ts'
import { loadNativeChdb, type NativeChdb, type NativeConnection, QUERY_CLASS } from './native-chdb.ts'
import { quoteIdentifier, quoteString } from './sql-lexer.ts'

/** The embedded engine, opened on a folder. */
export interface Engine {
  native: NativeChdb
  version: string
  limits: MemoryLimits
  /** Where request bodies stand while they are inserted. */
  spoolDir: string
  /** Opens a connection; the one who opened it closes it, never while a call on it is running. */
  open(): NativeConnection
  close(): void
}

export interface MemoryLimits {
  /** For everything the engine holds. */
  total: number
  /** For the one heavy report. */
  report: number
}

/** What a statement's connection is prepared with. */
export interface Session {
  database?: string
  settings: ReadonlyMap<string, string>
  params: ReadonlyMap<string, string>
}

const MIB = 1 << 20

/**
 * Limits and caches have to be given when the engine starts; as settings they would come too late. The engine's
 * own defaults are those of a large server (5 GB for marks alone).
 */
function buildArguments(limits: MemoryLimits, backupsDir: string): string[] {
  return [
    `--max_server_memory_usage=${limits.total}`,
    `--max_memory_usage=${Math.floor(limits.total / 4)}`,
    `--mark_cache_size=${32 * MIB}`,
    `--index_mark_cache_size=${8 * MIB}`,
    `--primary_index_cache_size=${64 * MIB}`,
    `--uncompressed_cache_size=0`,
    `--index_uncompressed_cache_size=0`,
    `--query_condition_cache_size=${8 * MIB}`,
    `--compiled_expression_cache_size=${16 * MIB}`,
    '--mmap_cache_size=64',
    // Each of these would start up to 128 threads when parts are removed.
    '--max_parts_cleaning_thread_pool_size=2',
    '--parts_killer_pool_size=2',
    '--snapshot_cleaner_pool_size=2',
    '--max_outdated_parts_loading_thread_pool_size=2',
    '--max_active_parts_loading_thread_pool_size=4',
    `--backups.allowed_path=${backupsDir}`,
    // An insert of up to this size is one block, committed whole; larger ones are written as they are read.
    `--min_insert_block_size_bytes=${32 * MIB}`,
    // Read ahead in small pieces: the default of 10 MB, several at a time, is most of what a large insert holds.
    `--min_chunk_bytes_for_parallel_parsing=${MIB}`,
    // Mapped, the file of an insert would count as memory of this process.
    '--storage_file_read_method=pread',
    // Row groups of a million wide rows don't fit into what one statement may hold.
    '--output_format_parquet_row_group_size=100000',
    // Parameters come to the engine in a SET, whose text counts as a query's.
    `--max_query_size=${32 * MIB}`,
    // An answered insert must be committed, and a misspelt statement must not be taken for an expression.
    '--async_insert=0',
    '--implicit_select=0',
    '--allow_introspection_functions=0',
  ]
}

let openFolder: string | undefined

/** Opens the engine on a folder: `engine/` holds its tables, `backups/` what BACKUP writes, `spool/` bodies. */
export function openEngine(dataDir: string, limits: MemoryLimits): Engine {
  if (openFolder) throw new Error(`The engine binds one folder per process, and this one holds ${openFolder}`)
  const native = loadNativeChdb()
  const folder = resolve(dataDir)
  const tables = join(folder, 'engine')
  const backups = join(folder, 'backups')
  const spoolDir = prepareSpool(folder)
  for (const path of [tables, backups]) mkdirSync(path, { recursive: true, mode: 0o700 })
  const args = buildArguments(limits, backups)
  const open = () => native.CreateConnection(tables, args)
  // Held as long as the engine runs: with its last connection the engine itself would stop.
  const keeper = open()
  openFolder = folder
  const close = () => {
    native.CloseConnection(keeper)
    rmSync(spoolDir, { recursive: true, force: true })
    openFolder = undefined
  }
  return { native, version: native.EngineVersion(), limits, spoolDir, open, close }
}

/** Bodies of a former run are of no use. A path with glob characters can't be given to the engine as one file. */
function prepareSpool(folder: string): string {
  const path = /[*?{}]/.test(folder) ? join(tmpdir(), `tropa-spool-${randomUUID()}`) : join(folder, 'spool')
  rmSync(path, { recursive: true, force: true })
  mkdirSync(path, { recursive: true, mode: 0o700 })
  return path
}

/**
 * Runs one statement on a connection of its own. Parameters, settings, database, temporary tables, and what a
 * failed statement leaves unread (it would head the next one's result) end with the connection: opening one
 * costs 0.2 ms.
 */
export async function withSession<T>(
  engine: Engine,
  session: Session,
  task: (connection: NativeConnection) => Promise<T>,
): Promise<T> {
  const connection = engine.open()
  try {
    for (const sql of buildPreparation(session))
      await engine.native.QueryAsyncConnection(connection, sql, 'TSV')
    return await task(connection)
  } catch (error) {
    throw parseEngineError(error)
  } finally {
    engine.native.CloseConnection(connection)
  }
}

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/

function buildPreparation(session: Session): string[] {
  const assignments: string[] = []
  for (const [name, value] of session.settings) assignments.push(buildAssignment(name, value))
  for (const [name, value] of session.params) assignments.push(buildAssignment(`param_${name}`, value))
  return [
    ...(session.database === undefined ? [] : [`USE ${quoteIdentifier(session.database)}`]),
    ...(assignments.length === 0 ? [] : [`SET ${assignments.join(', ')}`]),
  ]
}

function buildAssignment(name: string, value: string): string {
  if (!NAME.test(name))
    throw createError('badArguments', `Not a name of a setting or parameter: ${JSON.stringify(name)}`)
  return `${name} = ${quoteString(value)}`
}

/**
 * Refuses a text that isn't exactly one statement of the expected class. The engine itself would run
 * everything up to the end of the text, and so a statement smuggled in behind the first.
 */
export async function assertSingleStatement(
  engine: Engine,
  connection: NativeConnection,
  sql: string,
  expectsRead: boolean,
): Promise<void> {
  const analysis = await engine.native.DurableClassifyAsync(connection, sql, '')
  if (analysis.statementCount > 1) throw createError('syntax', 'Multi-statements are not allowed')
  // No statement at all: a syntax error, which the engine words better when it runs the text.
  if (analysis.statementCount === 0) return
  if (expectsRead !== (analysis.queryClass === QUERY_CLASS.read)) {
    throw createError('unknownStatement', 'The statement does something else than its first word says')
  }
}

const KILL_EVERY_MS = 100

/**
 * Ends a running statement, and repeats until it has ended: a kill that comes before the statement is listed
 * hits nothing. `SYNC` is of no use here, a killed statement stays listed until its connection is closed.
 */
export async function killStatement(engine: Engine, tag: string, ended: Promise<unknown>): Promise<void> {
  let isRunning = true
  const end = ended.then(
    () => {
      isRunning = false
    },
    () => {
      isRunning = false
    },
  )
  const sql = `KILL QUERY WHERE startsWith(Settings['log_comment'], ${quoteString(tag)}) ASYNC`
  const session: Session = { settings: new Map(), params: new Map() }
  while (isRunning) {
    await withSession(engine, session, (connection) =>
      engine.native.QueryAsyncConnection(connection, sql, 'TSV'),
    )
    await Promise.race([end, new Promise((resolve) => setTimeout(resolve, KILL_EVERY_MS))])
  }
}
