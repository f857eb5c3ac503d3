import { integer, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core'
import type { DriversSettings } from '../contract.ts'

export const driversSettings = pgTable('drivers_settings', {
  shop: integer().primaryKey(),
  settings: jsonb().$type<DriversSettings>().notNull(),
  changedBy: text('changed_by').notNull(),
  changedAt: timestamp('changed_at', { withTimezone: true, mode: 'date' }).notNull().defaultNow(),
})
