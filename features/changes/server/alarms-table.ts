import { bigint, date, integer, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core'
import type { Alarm, AlarmChange } from '../contract.ts'
import type { AlarmState, Metric } from '../vocabulary.ts'

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

export const alarms = pgTable('alarms', {
  id: bigint({ mode: 'number' }).generatedAlwaysAsIdentity().primaryKey(),
  shop: integer().notNull(),
  metric: text().$type<Metric>().notNull(),
  place: text().notNull(),
  audience: text().notNull(),
  direction: text().$type<'up' | 'down'>().notNull(),
  fromDay: date('from_day', { mode: 'string' }).notNull(),
  lastDay: date('last_day', { mode: 'string' }).notNull(),
  foundAt: instant('found_at').notNull(),
  change: jsonb().$type<AlarmChange>().notNull(),
  facets: jsonb().$type<AlarmChange[]>().notNull().default([]),
  orders: jsonb().$type<NonNullable<Alarm['orders']>>(),
  state: text().$type<AlarmState>().notNull().default('new'),
  note: text().notNull().default(''),
  changedBy: text('changed_by'),
  changedAt: instant('changed_at'),
})

export type AlarmRow = typeof alarms.$inferSelect
