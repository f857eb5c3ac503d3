import { Readable } from 'node:stream'
import { setImmediate as breathe } from 'node:timers/promises'
import {
  type ClickHouseClient,
  ClickHouseError,
  ClickHouseLogLevel,
  type ClickHouseSettings,
  createClient,
  type ResultSet,
} from '@clickhouse/client'
import { AppError } from '../kernel/errors.ts'

export interface QueryOptions {
  params?: Record<string, unknown>
  settings?: ClickHouseSettings
  signal?: AbortSignal
  /** `report`: takes the one slot for heavy work, with its own memory and time limits. */
  kind?: 'read' | 'report'
}

/** Rows as JSON (64-bit integers as numbers: every count here stays below 2^53). */
export interface Clickhouse {
  query<T>(sql: string, options?: QueryOptions): Promise<T[]>
  /** Inserts prepared bytes in the given format; answers only when the rows are committed and flushed. */
  insertRaw(
    table: string,
    columns: readonly string[],
    format: string,
    body: Buffer,
    options?: InsertOptions,
  ): Promise<void>
  insert(table: string, rows: Record<string, unknown>[], options?: InsertOptions): Promise<void>
  command(sql: string, options?: QueryOptions): Promise<void>
  client: ClickHouseClient
  close(): Promise<void>
}

export interface InsertOptions {
  deduplicationToken?: string
  signal?: AbortSignal
}

const READ_SETTINGS: ClickHouseSettings = {
  output_format_json_quote_64bit_integers: 0,
  do_not_merge_across_partitions_select_final: 1,
}
/** The same on every store: what the embedded engine grants a report, and disk instead of memory beyond a quarter of it. */
const REPORT_LIMITS: ClickHouseSettings = {
  max_execution_time: 60,
  max_memory_usage: '1000000000',
  max_bytes_before_external_group_by: '250000000',
  max_bytes_before_external_sort: '250000000',
}

const INSERT_SETTINGS = { async_insert: 0, wait_end_of_query: 1, insert_deduplicate: 1 } as const

export function createClickhouse(url: string, options: { maxConnections?: number } = {}): Clickhouse {
  const client = createClient({
    url,
    max_open_connections: options.maxConnections ?? 16,
    request_timeout: 120_000,
    keep_alive: { enabled: true, idle_socket_ttl: 2_000 },
    compression: { request: false, response: false },
    // Lists of identities grow past what a URL may hold.
    use_multipart_params_auto: true,
    // Failures reach the caller, who knows whether they are worth a line.
    log: { level: ClickHouseLogLevel.OFF },
  })
  return {
    client,
    query: (sql, query) => runQuery(client, sql, query ?? {}),
    insertRaw: (table, columns, format, body, insert) =>
      insertRaw(client, table, columns, format, body, insert ?? {}),
    async insert(table, rows, insert = {}) {
      if (rows.length === 0) return
      const settings = withToken(insert)
      await client.insert({ table, values: rows, format: 'JSONEachRow', clickhouse_settings: settings })
    },
    async command(sql, query = {}) {
      await client.command({ query: sql, query_params: query.params, clickhouse_settings: query.settings })
    },
    close: () => client.close(),
  }
}

async function runQuery<T>(client: ClickHouseClient, sql: string, options: QueryOptions): Promise<T[]> {
  const isReport = options.kind === 'report'
  try {
    const result = await client.query({
      query: sql,
      format: 'JSONEachRow',
      query_params: options.params,
      abort_signal: options.signal,
      clickhouse_settings: { ...READ_SETTINGS, ...(isReport ? REPORT_LIMITS : {}), ...options.settings },
      http_headers: isReport ? { 'X-Tropa-Class': 'report' } : undefined,
    })
    return await readRows<T>(result)
  } catch (error) {
    throw explainReportLimit(error)
  }
}

/** Of a long answer so much is read at once; then others have their turn. */
const READ_MS = 8

/** What `result.json()` does, which reads as long as there is something in the buffer: a megabyte and more without a breath. */
async function readRows<T>(result: ResultSet<'JSONEachRow'>): Promise<T[]> {
  const all: T[] = []
  let since = performance.now()
  for await (const rows of result.stream<T>()) {
    for (const row of rows) all.push(row.json<T>())
    if (performance.now() - since < READ_MS) continue
    await breathe()
    since = performance.now()
  }
  return all
}

async function insertRaw(
  client: ClickHouseClient,
  table: string,
  columns: readonly string[],
  format: string,
  body: Buffer,
  options: InsertOptions,
): Promise<void> {
  const { stream } = await client.exec({
    query: `INSERT INTO ${table} (${columns.join(', ')}) FORMAT ${format}`,
    values: Readable.from([body], { objectMode: false }),
    clickhouse_settings: withToken(options),
    abort_signal: options.signal,
  })
  stream.resume()
  await new Promise<void>((resolve, reject) => stream.once('end', resolve).once('error', reject))
}

function withToken(options: InsertOptions) {
  return options.deduplicationToken === undefined
    ? INSERT_SETTINGS
    : { ...INSERT_SETTINGS, insert_deduplication_token: options.deduplicationToken }
}

const MEMORY_LIMIT_EXCEEDED = '241'
const TIMEOUT_EXCEEDED = '159'

function explainReportLimit(error: unknown): unknown {
  if (!(error instanceof ClickHouseError)) return error
  if (error.code === MEMORY_LIMIT_EXCEEDED)
    return new AppError(
      'report_too_heavy',
      'This report needs more memory than it may use. Choose a shorter period or a smaller segment.',
      { cause: error },
    )
  if (error.code === TIMEOUT_EXCEEDED)
    return new AppError(
      'report_too_heavy',
      'This report took longer than it may. Choose a shorter period or a smaller segment.',
      { cause: error },
    )
  return error
}

/** True when the store can't be reached or is restarting, as opposed to refusing the statement. */
export function isClickhouseAway(error: unknown): boolean {
  if (error instanceof ClickHouseError) return false
  return error instanceof Error && !(error instanceof AppError)
}
