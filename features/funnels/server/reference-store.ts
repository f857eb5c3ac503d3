import { sql } from 'drizzle-orm'
import type { Db, Tx } from '../../../platform/postgres.ts'
import type { ReferenceFigure } from '../contract.ts'

/** Repeated everywhere, proven nowhere: both stand here without a source, and the page says so. */
const DEFAULT_FIGURES: readonly ReferenceFigure[] = [
  { about: 'left_without_buying', share: 0.96, source: '', date: null },
  { about: 'left_in_cart', share: 0.7, source: '', date: null },
]

/** The shop's own figures to look at beside its funnel, else those that are quoted most. */
export async function listReferenceFigures(db: Db, shop: number): Promise<ReferenceFigure[]> {
  const { rows } = await db.execute<{ figures: ReferenceFigure[] }>(
    sql`SELECT figures FROM funnel_references WHERE shop = ${shop}`,
  )
  return rows[0]?.figures ?? [...DEFAULT_FIGURES]
}

export async function saveReferenceFigures(
  tx: Tx,
  shop: number,
  figures: readonly ReferenceFigure[],
): Promise<void> {
  await tx.execute(sql`
    INSERT INTO funnel_references (shop, figures) VALUES (${shop}, ${JSON.stringify(figures)}::jsonb)
    ON CONFLICT (shop) DO UPDATE SET figures = excluded.figures, updated_at = now()`)
}
