import {
  bigint,
  boolean,
  doublePrecision,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core'
import type { ImportFigures, ImportState, PresetKey } from '../contract.ts'
import type { ResumePoint } from './reading/batch.ts'

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

export interface StoredFile {
  name: string
  path: string
  bytes: number
  /** Milliseconds since 1970: the same command over a changed file is another import. */
  modified: number
}

export interface ImportOptions {
  timeZone: string
  mapping?: unknown
}

/** Everything before it is durable. */
export interface ImportPosition {
  stage: number
  point?: ResumePoint
}

export interface ImportCounts {
  rows: number
  recorded: number
  /** Already there: recorded by an earlier run. */
  duplicates: number
  /** Orders that stood otherwise in an earlier file. */
  corrected: number
  bad: number
  /** Length of the file of bad rows that belongs to `position`. */
  badBytes: number
  /** Bad rows by reason. */
  reasons: Record<string, number>
}

export const imports = pgTable('imports', {
  id: bigint('id', { mode: 'number' }).generatedAlwaysAsIdentity().primaryKey(),
  shop: integer('shop').notNull(),
  preset: text('preset').$type<PresetKey>().notNull(),
  state: text('state').$type<ImportState>().notNull(),
  origin: text('origin').$type<'web' | 'cli'>().notNull(),
  home: text('home').notNull(),
  files: jsonb('files').$type<StoredFile[]>().notNull(),
  options: jsonb('options').$type<ImportOptions>().notNull(),
  position: jsonb('position').$type<ImportPosition>(),
  counts: jsonb('counts').$type<Partial<ImportCounts>>().notNull(),
  share: doublePrecision('share').notNull(),
  figures: jsonb('figures').$type<ImportFigures>(),
  problem: jsonb('problem').$type<{ code: string; message: string }>(),
  createdBy: text('created_by').notNull(),
  createdAt: instant('created_at').notNull(),
  startedAt: instant('started_at'),
  finishedAt: instant('finished_at'),
  attempts: integer('attempts').notNull(),
  activeMs: bigint('active_ms', { mode: 'number' }).notNull(),
  runner: text('runner'),
  beatAt: instant('beat_at'),
  cancelAsked: boolean('cancel_asked').notNull(),
})

export type ImportRow = typeof imports.$inferSelect

export const importFiles = pgTable('import_files', {
  id: uuid('id').primaryKey(),
  shop: integer('shop').notNull(),
  name: text('name').notNull(),
  bytes: bigint('bytes', { mode: 'number' }).notNull(),
  createdAt: instant('created_at').notNull(),
})

export const importMappings = pgTable(
  'import_mappings',
  {
    shop: integer('shop').notNull(),
    preset: text('preset').$type<PresetKey>().notNull(),
    fingerprint: text('fingerprint').notNull(),
    mapping: jsonb('mapping').notNull(),
    usedAt: instant('used_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.shop, table.preset, table.fingerprint] })],
)
