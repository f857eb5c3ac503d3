import { bigint, date, integer, pgTable, text, timestamp } from 'drizzle-orm/pg-core'

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
  createdBy: text('created_by').notNull(),
  createdAt: instant('created_at').notNull().defaultNow(),
  updatedAt: instant('updated_at').notNull().defaultNow(),
  removedAt: instant('removed_at'),
})

export type DecisionRow = typeof decisions.$inferSelect
