import { eq } from 'drizzle-orm'
import type { Db } from '../../../platform/postgres.ts'
import { guides } from './guide-table.ts'

export type GuideRow = typeof guides.$inferSelect

export async function findGuideRow(db: Db, shop: number): Promise<GuideRow | undefined> {
  return (await db.select().from(guides).where(eq(guides.shop, shop)))[0]
}

export async function setClosed(db: Db, shop: number, closedAt: Date | null): Promise<void> {
  await db
    .insert(guides)
    .values({ shop, closedAt })
    .onConflictDoUpdate({ target: guides.shop, set: { closedAt } })
}

/** This server was found from outside at this address. */
export async function setReached(db: Db, shop: number, reachedUrl: string, at: Date): Promise<void> {
  const reached = { reachedUrl, reachedAt: at }
  await db
    .insert(guides)
    .values({ shop, ...reached })
    .onConflictDoUpdate({ target: guides.shop, set: reached })
}
