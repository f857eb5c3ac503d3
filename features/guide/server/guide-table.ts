import { integer, pgTable, text, timestamp } from 'drizzle-orm/pg-core'

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

/** The little that doesn't follow from what the shop has. */
export const guides = pgTable('guides', {
  shop: integer().primaryKey(),
  closedAt: instant('closed_at'),
  reachedUrl: text('reached_url'),
  reachedAt: instant('reached_at'),
})
