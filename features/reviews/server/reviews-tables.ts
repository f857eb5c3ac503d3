import { bigint, date, integer, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

export const reviews = pgTable(
  'reviews',
  {
    shop: integer().notNull(),
    touchpoint: text().notNull(),
    everyWeeks: integer('every_weeks'),
    owner: uuid(),
    nextOn: date('next_on', { mode: 'string' }),
    updatedAt: instant('updated_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.shop, table.touchpoint] })],
)
export type ReviewRow = typeof reviews.$inferSelect

export const reviewChecks = pgTable('review_checks', {
  id: bigint({ mode: 'number' }).generatedAlwaysAsIdentity().primaryKey(),
  shop: integer().notNull(),
  touchpoint: text().notNull(),
  checkedOn: date('checked_on', { mode: 'string' }).notNull(),
  note: text().notNull().default(''),
  checkedBy: text('checked_by').notNull(),
  dueBefore: date('due_before', { mode: 'string' }),
  createdAt: instant('created_at').notNull().defaultNow(),
  removedAt: instant('removed_at'),
})
export type CheckRow = typeof reviewChecks.$inferSelect
