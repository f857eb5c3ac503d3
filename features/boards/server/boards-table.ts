import { bigint, boolean, integer, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })
const made = {
  shop: integer().notNull(),
  createdBy: text('created_by').notNull(),
  createdAt: instant('created_at').notNull().defaultNow(),
  removedAt: instant('removed_at'),
}

export const boards = pgTable('boards', {
  id: bigint({ mode: 'number' }).generatedAlwaysAsIdentity().primaryKey(),
  name: text().notNull(),
  folded: text().notNull(),
  isHome: boolean('is_home').notNull().default(false),
  ...made,
})

export const boardCards = pgTable('board_cards', {
  id: bigint({ mode: 'number' }).generatedAlwaysAsIdentity().primaryKey(),
  board: bigint({ mode: 'number' }).notNull(),
  name: text().notNull(),
  path: text().notNull(),
  search: text().notNull(),
  position: integer().notNull(),
  ...made,
})

export const callTicks = pgTable(
  'call_ticks',
  {
    shop: integer().notNull(),
    reason: text().notNull(),
    subject: text().notNull(),
    identity: uuid().notNull(),
    calledBy: text('called_by').notNull(),
    calledAt: instant('called_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.shop, table.reason, table.subject] })],
)
