import { and, desc, eq, lt, sql } from 'drizzle-orm'
import { orNotFound } from '../../../kernel/errors.ts'
import type { Db } from '../../../platform/postgres.ts'
import type { ImportFigures, PresetKey } from '../contract.ts'
import {
  type ImportCounts,
  type ImportOptions,
  type ImportPosition,
  type ImportRow,
  imports,
  type StoredFile,
} from './import-table.ts'
import { isRunnerGone } from './runner-name.ts'

export interface NewImport {
  shop: number
  preset: PresetKey
  origin: 'web' | 'cli'
  /** The data folder in which the files, and later the file of bad rows, lie. */
  home: string
  files: StoredFile[]
  options: ImportOptions
  createdBy: string
}

/** Makes an import that waits to be run; returns its number. */
export async function createImport(db: Db, given: NewImport): Promise<number> {
  const { rows } = await db.execute<{ id: number }>(
    sql`INSERT INTO imports (shop, preset, origin, home, files, options, created_by)
        VALUES (${given.shop}, ${given.preset}, ${given.origin}, ${given.home}, ${JSON.stringify(given.files)}::jsonb,
          ${JSON.stringify(given.options)}::jsonb, ${given.createdBy}) RETURNING id`,
  )
  return orNotFound(rows[0], 'The new import').id
}

export async function findImport(db: Db, shop: number, id: number): Promise<ImportRow | undefined> {
  const [row] = await db
    .select()
    .from(imports)
    .where(and(eq(imports.id, id), eq(imports.shop, shop)))
  return row
}

/** Newest first. */
export async function listImports(
  db: Db,
  shop: number,
  before: number | undefined,
  limit: number,
): Promise<ImportRow[]> {
  return db
    .select()
    .from(imports)
    .where(and(eq(imports.shop, shop), before === undefined ? undefined : lt(imports.id, before)))
    .orderBy(desc(imports.id))
    .limit(limit)
}

/** A runner that was silent for longer has died. */
const SILENCE = sql`interval '30 seconds'`
const isFree = sql`(runner IS NULL OR beat_at < now() - ${SILENCE})`

/**
 * Takes an import to run it; undefined when somebody living does already, or when there is nothing left to do. One from a
 * browser that was cancelled just before is left alone: there it is gone on with by asking, not by taking it.
 */
export async function claimImport(db: Db, id: number, runner: string): Promise<ImportRow | undefined> {
  const { rowCount } = await db.execute(
    sql`UPDATE imports SET state = 'running', runner = ${runner}, beat_at = now(), cancel_asked = false, problem = NULL,
          finished_at = NULL, started_at = coalesce(started_at, now()), attempts = attempts + 1
        WHERE id = ${id} AND state <> 'done' AND (origin <> 'web' OR state IN ('waiting', 'running')) AND ${isFree}`,
  )
  if (rowCount !== 1) return undefined
  const [row] = await db.select().from(imports).where(eq(imports.id, id))
  return row
}

/** Lets imports of this data folder go whose process is gone, without waiting for its silence to tell. */
export async function releaseGoneRunners(db: Db, home: string): Promise<void> {
  const { rows } = await db.execute<{ runner: string }>(
    sql`SELECT runner FROM imports WHERE state = 'running' AND home = ${home} AND runner IS NOT NULL`,
  )
  for (const { runner } of rows.filter((row) => isRunnerGone(row.runner)))
    await db.execute(sql`UPDATE imports SET runner = NULL WHERE runner = ${runner}`)
}

/** The oldest import from a browser that waits, or whose runner died, with its files in this data folder. */
export async function findWaitingImport(db: Db, home: string): Promise<number | undefined> {
  const { rows } = await db.execute<{ id: number }>(
    sql`SELECT id FROM imports WHERE state IN ('waiting', 'running') AND origin = 'web' AND home = ${home}
          AND ${isFree} ORDER BY id LIMIT 1`,
  )
  return rows[0]?.id
}

/** Is any import running? One whose runner has fallen silent is not. */
export async function isAnyRunning(db: Db): Promise<boolean> {
  const { rows } = await db.execute(
    sql`SELECT 1 FROM imports WHERE state = 'running' AND NOT ${isFree} LIMIT 1`,
  )
  return rows.length > 0
}

/** An unfinished import of the same files in the same way: what a repeated command goes on with. */
export async function findSameImport(db: Db, given: NewImport): Promise<number | undefined> {
  const { rows } = await db.execute<{ id: number }>(
    sql`SELECT id FROM imports WHERE shop = ${given.shop} AND preset = ${given.preset} AND origin = ${given.origin}
          AND home = ${given.home} AND state <> 'done' AND files = ${JSON.stringify(given.files)}::jsonb
          AND options = ${JSON.stringify(given.options)}::jsonb AND ${isFree} ORDER BY id DESC LIMIT 1`,
  )
  return rows[0]?.id
}

export interface Checkpoint {
  position: ImportPosition
  counts: ImportCounts
  share: number
  /** Since the last checkpoint. */
  activeMs: number
}

/** Says that the runner lives, and how far it has come. Tells whether to go on. */
export async function keepCheckpoint(
  db: Db,
  id: number,
  runner: string,
  { position, counts, share, activeMs }: Checkpoint,
): Promise<'go on' | 'cancel' | 'lost'> {
  const { rows } = await db.execute<{ cancel_asked: boolean }>(
    sql`UPDATE imports SET position = ${JSON.stringify(position)}::jsonb, counts = ${JSON.stringify(counts)}::jsonb,
          share = ${share}, active_ms = active_ms + ${Math.round(activeMs)}, beat_at = now()
        WHERE id = ${id} AND runner = ${runner} RETURNING cancel_asked`,
  )
  if (!rows[0]) return 'lost'
  return rows[0].cancel_asked ? 'cancel' : 'go on'
}

export type ImportEnd =
  | { state: 'done'; figures: ImportFigures }
  | { state: 'failed'; problem: { code: string; message: string } }
  | { state: 'cancelled' }
  /** The process stops; another one goes on. */
  | { state: 'waiting' }

export async function finishImport(db: Db, id: number, runner: string, end: ImportEnd): Promise<void> {
  const figures = end.state === 'done' ? JSON.stringify(end.figures) : null
  const problem = end.state === 'failed' ? JSON.stringify(end.problem) : null
  await db.execute(
    sql`UPDATE imports SET state = ${end.state}, runner = NULL, beat_at = NULL, figures = ${figures}::jsonb,
          problem = ${problem}::jsonb, share = CASE WHEN ${end.state} = 'done' THEN 1 ELSE share END,
          finished_at = CASE WHEN ${end.state} = 'waiting' THEN NULL ELSE now() END
        WHERE id = ${id} AND runner = ${runner}`,
  )
}

/** Asks whoever runs it to stop; an import that nobody runs is cancelled at once. False when it has ended already. */
export async function cancelImport(db: Db, shop: number, id: number): Promise<boolean> {
  const { rowCount } = await db.execute(
    sql`UPDATE imports SET cancel_asked = true,
          state = CASE WHEN ${isFree} THEN 'cancelled' ELSE state END,
          finished_at = CASE WHEN ${isFree} THEN now() ELSE finished_at END
        WHERE id = ${id} AND shop = ${shop} AND state IN ('waiting', 'running')`,
  )
  return rowCount === 1
}

/** Lets a cancelled or failed import go on from where it stopped. False when there is nothing to go on with. */
export async function resumeImport(db: Db, shop: number, id: number): Promise<boolean> {
  const { rowCount } = await db.execute(
    sql`UPDATE imports SET state = 'waiting', origin = 'web', cancel_asked = false, problem = NULL, finished_at = NULL
        WHERE id = ${id} AND shop = ${shop} AND state IN ('cancelled', 'failed')`,
  )
  return rowCount === 1
}
