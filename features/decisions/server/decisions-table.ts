import { bigint, date, doublePrecision, integer, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import type { DecisionState, Direction, EffectMeasure } from '../vocabulary.ts'

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

export const decisions = pgTable('decisions', {
  id: bigint({ mode: 'number' }).generatedAlwaysAsIdentity().primaryKey(),
  shop: integer().notNull(),
  day: date({ mode: 'string' }).notNull(),
  title: text().notNull(),
  stage: text(),
  touchpoint: text(),
  cost: bigint({ mode: 'number' }),
  currency: text().notNull(),
  expected: text().notNull().default(''),
  note: text().notNull().default(''),
  segment: bigint({ mode: 'number' }),
  expectedMeasure: text('expected_measure').$type<EffectMeasure>(),
  expectedDirection: text('expected_direction').$type<Direction>(),
  expectedSize: doublePrecision('expected_size'),
  owner: uuid(),
  state: text().$type<DecisionState>().notNull().default('trying'),
  endDay: date('end_day', { mode: 'string' }),
  createdBy: text('created_by').notNull(),
  createdAt: instant('created_at').notNull().defaultNow(),
  updatedAt: instant('updated_at').notNull().defaultNow(),
  removedAt: instant('removed_at'),
})

export type DecisionRow = typeof decisions.$inferSelect
