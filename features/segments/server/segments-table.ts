import { bigint, integer, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core'
import type { Definition } from '../contract.ts'

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

export const segments = pgTable('segments', {
  id: bigint({ mode: 'number' }).generatedAlwaysAsIdentity().primaryKey(),
  shop: integer().notNull(),
  name: text().notNull(),
  note: text().notNull().default(''),
  definition: jsonb().$type<Definition>().notNull(),
  version: integer().notNull().default(1),
  createdBy: text('created_by').notNull(),
  createdAt: instant('created_at').notNull().defaultNow(),
  updatedAt: instant('updated_at').notNull().defaultNow(),
  removedAt: instant('removed_at'),
})

export type SegmentRow = typeof segments.$inferSelect
