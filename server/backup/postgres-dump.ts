import type { Pool, PoolClient } from 'pg'

/** Tables that describe the system itself and are made anew where a backup is restored. */
const LEFT_OUT = new Set(['schema_migrations', 'migration_lease', 'restore_in_progress'])

/** A table that stands only while a restore runs. */
export const RESTORE_MARK = 'restore_in_progress'

/** True when a restore into these stores was cut short. */
export async function isHalfRestored(pool: Pool): Promise<boolean> {
  const { rows } = await pool.query<{ found: boolean }>(`SELECT to_regclass($1) IS NOT NULL AS found`, [
    RESTORE_MARK,
  ])
  return rows[0]?.found === true
}

export interface TableShape {
  name: string
  columns: string[]
}

/** Tables of the `public` schema with the columns that a backup carries (transaction ids mean nothing elsewhere). */
export async function listTables(client: Pool | PoolClient): Promise<TableShape[]> {
  const { rows } = await client.query<{ name: string; columns: string[] }>(
    `SELECT c.table_name AS name, array_agg(c.column_name::text ORDER BY c.ordinal_position) AS columns
     FROM information_schema.columns c
     JOIN information_schema.tables t USING (table_schema, table_name)
     WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.data_type <> 'xid8'
       AND c.is_generated = 'NEVER'
     GROUP BY c.table_name ORDER BY c.table_name`,
  )
  return rows.filter((row) => !LEFT_OUT.has(row.name))
}

const ROWS_PER_CHUNK = 2_000

/**
 * Runs `visit` for every table within one read-only snapshot. On the embedded engine this one transaction makes
 * others wait: state is small beside history, and ingestion doesn't need it.
 */
export async function withSnapshot(
  pool: Pool,
  visit: (table: TableShape, chunks: AsyncIterable<{ data: Buffer; rows: number }>) => Promise<void>,
): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    for (const table of await listTables(client)) await visit(table, readTable(client, table))
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined)
    throw error
  } finally {
    client.release()
  }
}

/** Rows as lines of JSON made by PostgreSQL itself, so that no number or date passes through JavaScript. */
async function* readTable(
  client: PoolClient,
  table: TableShape,
): AsyncGenerator<{ data: Buffer; rows: number }> {
  const columns = table.columns.map(quoteName).join(', ')
  await client.query(
    `DECLARE backup_rows NO SCROLL CURSOR FOR SELECT row_to_json(r)::text AS line FROM (SELECT ${columns} FROM ${quoteName(table.name)}) r`,
  )
  for (;;) {
    const { rows } = await client.query<{ line: string }>(`FETCH ${ROWS_PER_CHUNK} FROM backup_rows`)
    if (rows.length === 0) break
    yield { data: Buffer.from(rows.map((row) => `${row.line}\n`).join('')), rows: rows.length }
  }
  await client.query('CLOSE backup_rows')
}

export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

interface ForeignKey {
  table: string
  name: string
  definition: string
}

/** Takes foreign keys off while rows are loaded in any order; returns what puts them back, checking all rows. */
export async function dropForeignKeys(pool: Pool): Promise<() => Promise<void>> {
  const { rows } = await pool.query<ForeignKey>(
    `SELECT c.conrelid::regclass::text AS table, c.conname AS name, pg_get_constraintdef(c.oid) AS definition
     FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace
     WHERE c.contype = 'f' AND n.nspname = 'public'`,
  )
  for (const key of rows) await pool.query(`ALTER TABLE ${key.table} DROP CONSTRAINT ${quoteName(key.name)}`)
  return async () => {
    for (const key of rows)
      await pool.query(`ALTER TABLE ${key.table} ADD CONSTRAINT ${quoteName(key.name)} ${key.definition}`)
  }
}

/** Loads lines of JSON into a table. Rows that the migrations themselves made give way. */
export async function loadRows(pool: Pool, table: TableShape, lines: Buffer): Promise<void> {
  const columns = table.columns.map(quoteName).join(', ')
  const rows = lines.toString('utf8').trimEnd().split('\n')
  for (let start = 0; start < rows.length; start += 500) {
    const slice = `[${rows.slice(start, start + 500).join(',')}]`
    await pool.query(
      `INSERT INTO ${quoteName(table.name)} (${columns}) OVERRIDING SYSTEM VALUE
       SELECT ${columns} FROM json_populate_recordset(NULL::${quoteName(table.name)}, $1::json)`,
      [slice],
    )
  }
}

/** After explicit ids were loaded, sequences go on after the largest. */
export async function advanceSequences(pool: Pool): Promise<void> {
  const { rows } = await pool.query<{ table: string; column: string; sequence: string }>(
    `SELECT table_name AS table, column_name AS column,
            pg_get_serial_sequence(quote_ident(table_name), column_name) AS sequence
     FROM information_schema.columns
     WHERE table_schema = 'public' AND (is_identity = 'YES' OR column_default LIKE 'nextval(%')`,
  )
  for (const { table, column, sequence } of rows)
    if (sequence)
      await pool.query(
        `SELECT setval('${sequence}', (SELECT coalesce(max(${quoteName(column)}), 0) + 1 FROM ${quoteName(table)}), false)`,
      )
}
