import {
  bigint,
  boolean,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core'
import type { Registry, ScenarioStep, VersionOrigin } from '../contract.ts'

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

export const registryVersions = pgTable(
  'registry_versions',
  {
    shop: integer('shop').notNull(),
    version: integer('version').notNull(),
    registry: jsonb('registry').$type<Registry>().notNull(),
    origin: jsonb('origin').$type<VersionOrigin>().notNull(),
    publishedAt: instant('published_at').notNull().defaultNow(),
    publishedBy: text('published_by').notNull(),
  },
  (table) => [primaryKey({ columns: [table.shop, table.version] })],
)

export const registryDrafts = pgTable('registry_drafts', {
  shop: integer('shop').primaryKey(),
  baseVersion: integer('base_version').notNull(),
  registry: jsonb('registry').$type<Registry>().notNull(),
  changedAt: instant('changed_at').notNull().defaultNow(),
  changedBy: text('changed_by').notNull(),
})

export const reclassifications = pgTable('reclassifications', {
  shop: integer('shop').primaryKey(),
  doneVersion: integer('done_version').notNull().default(0),
  version: integer('version'),
  monthsTotal: integer('months_total').notNull().default(0),
  monthsDone: integer('months_done').notNull().default(0),
  rowsTotal: bigint('rows_total', { mode: 'number' }).notNull().default(0),
  rowsDone: bigint('rows_done', { mode: 'number' }).notNull().default(0),
  startedAt: instant('started_at'),
  finishedAt: instant('finished_at'),
  problem: text('problem'),
  runner: text('runner'),
  beatAt: instant('beat_at'),
})

export const scenarioVersions = pgTable(
  'scenario_versions',
  {
    shop: integer('shop').notNull(),
    scenario: uuid('scenario').notNull(),
    version: integer('version').notNull(),
    name: text('name').notNull(),
    note: text('note').notNull(),
    path: jsonb('path').$type<ScenarioStep[]>().notNull(),
    isRemoved: boolean('is_removed').notNull().default(false),
    changedAt: instant('changed_at').notNull().defaultNow(),
    changedBy: text('changed_by').notNull(),
  },
  (table) => [primaryKey({ columns: [table.shop, table.scenario, table.version] })],
)
