import type { Clickhouse } from '../../platform/clickhouse.ts'

/** Tables of the history that a backup carries; what a materialised view makes is made anew on restore. */
export async function listHistoryTables(
  clickhouse: Clickhouse,
): Promise<{ name: string; columns: string[] }[]> {
  const views = await clickhouse.query<{ target: string }>(
    `SELECT extract(create_table_query, ' TO (?:[a-zA-Z0-9_]+\\.)?([a-zA-Z0-9_]+)') AS target FROM system.tables
     WHERE database = currentDatabase() AND engine = 'MaterializedView'`,
  )
  const derived = new Set(views.map((view) => view.target))
  const tables = await clickhouse.query<{ name: string; columns: string[] }>(
    `SELECT t.name AS name, groupArray(c.name) AS columns FROM system.tables AS t
     INNER JOIN (SELECT table, name FROM system.columns
       WHERE database = currentDatabase() AND default_kind NOT IN ('ALIAS', 'MATERIALIZED') ORDER BY position) AS c ON c.table = t.name
     WHERE t.database = currentDatabase() AND t.engine LIKE '%MergeTree' AND t.name != 'schema_migrations'
     GROUP BY t.name ORDER BY t.name`,
  )
  return tables.filter((table) => !derived.has(table.name))
}

/** Partition ids of a table, oldest first: an insert may touch 100 at most, so rows travel partition by partition. */
async function listPartitions(clickhouse: Clickhouse, table: string): Promise<string[]> {
  const rows = await clickhouse.query<{ id: string }>(
    `SELECT DISTINCT partition_id AS id FROM system.parts
     WHERE database = currentDatabase() AND table = {table:String} AND active ORDER BY id`,
    { params: { table } },
  )
  return rows.map((row) => row.id)
}

const CHUNK_BYTES = 8 * 1024 * 1024

/** All rows of a table as tab-separated lines, in chunks of whole lines, streamed: memory doesn't follow the table's size. */
export async function* readHistory(
  clickhouse: Clickhouse,
  table: { name: string; columns: string[] },
): AsyncGenerator<{ data: Buffer; rows: number }> {
  for (const partition of await listPartitions(clickhouse, table.name)) {
    const { stream } = await clickhouse.client.exec({
      query: `SELECT ${table.columns.join(', ')} FROM ${table.name} WHERE _partition_id = {partition:String} FORMAT TabSeparated`,
      query_params: { partition },
      clickhouse_settings: { max_threads: 1 },
    })
    yield* cutAtLines(stream as AsyncIterable<Buffer>)
  }
}

async function* cutAtLines(stream: AsyncIterable<Buffer>): AsyncGenerator<{ data: Buffer; rows: number }> {
  let held: Buffer[] = []
  let size = 0
  for await (const piece of stream) {
    held.push(piece)
    size += piece.length
    if (size < CHUNK_BYTES) continue
    const bytes = Buffer.concat(held)
    const end = bytes.lastIndexOf(0x0a) + 1
    if (end > 0) yield withRows(bytes.subarray(0, end))
    held = [bytes.subarray(end)]
    size = bytes.length - end
  }
  if (size > 0) yield withRows(Buffer.concat(held))
}

function withRows(data: Buffer): { data: Buffer; rows: number } {
  let rows = 0
  for (let at = data.indexOf(0x0a); at !== -1; at = data.indexOf(0x0a, at + 1)) rows++
  return { data, rows }
}
