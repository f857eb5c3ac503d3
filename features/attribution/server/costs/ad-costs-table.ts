import { bigint, date, integer, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'

export const adCosts = pgTable(
  'ad_costs',
  {
    shop: integer().notNull(),
    day: date({ mode: 'string' }).notNull(),
    channel: text().notNull(),
    source: text().notNull(),
    medium: text().notNull(),
    campaign: text().notNull(),
    amount: bigint({ mode: 'number' }).notNull(),
    currency: text().notNull(),
    impressions: bigint({ mode: 'number' }),
    clicks: bigint({ mode: 'number' }),
    importedAt: timestamp('imported_at', { withTimezone: true, mode: 'date' }).notNull().defaultNow(),
  },
  (table) => [
    primaryKey({
      columns: [table.shop, table.day, table.channel, table.source, table.medium, table.campaign],
    }),
  ],
)
