import { sql } from 'drizzle-orm'
import type { Log } from './log.ts'
import type { Db, Tx } from './postgres.ts'

/** What one room tells the others. Written in the transaction that made it true, so it is told if and only if it is. */
export interface DomainEvent {
  id: number
  shop: number
  name: string
  payload: Record<string, unknown>
}

export interface DomainSubscription {
  /** Unique: it names the cursor. */
  name: string
  to: readonly string[]
  /** Runs in the transaction that advances the cursor. */
  apply(tx: Tx, event: DomainEvent): Promise<void>
}

export async function emit(
  tx: Tx,
  shop: number,
  name: string,
  payload: Record<string, unknown>,
): Promise<void> {
  await tx.execute(
    sql`INSERT INTO domain_events (shop, name, payload) VALUES (${shop}, ${name}, ${JSON.stringify(payload)}::jsonb)`,
  )
}

/** Applies what is new for one subscription; returns how many events it took. */
export async function deliverDomainEvents(
  db: Db,
  subscription: DomainSubscription,
  limit = 100,
): Promise<number> {
  return db.transaction(async (tx) => {
    await tx.execute(
      sql`INSERT INTO domain_cursors (subscriber, last_id) VALUES (${subscription.name}, 0) ON CONFLICT DO NOTHING`,
    )
    const cursor = await tx.execute<{ last_id: number }>(
      sql`SELECT last_id FROM domain_cursors WHERE subscriber = ${subscription.name} FOR UPDATE`,
    )
    const { rows } = await tx.execute<DomainEvent & Record<string, unknown>>(
      sql`SELECT id, shop, name, payload FROM domain_events
          WHERE id > ${cursor.rows[0]?.last_id ?? 0} AND xid < pg_snapshot_xmin(pg_current_snapshot())
          ORDER BY id LIMIT ${limit}`,
    )
    for (const event of rows) if (subscription.to.includes(event.name)) await subscription.apply(tx, event)
    const last = rows.at(-1)
    if (last)
      await tx.execute(
        sql`UPDATE domain_cursors SET last_id = ${last.id} WHERE subscriber = ${subscription.name}`,
      )
    return rows.length
  })
}

/** Delivers until stopped; a wake-up is a hint, the table is the truth. */
export function startDomainDelivery(db: Db, subscriptions: DomainSubscription[], log: Log, pollMs = 1_000) {
  let closed = false
  let wake: (() => void) | undefined
  async function loop(): Promise<void> {
    while (!closed) {
      let taken = 0
      for (const subscription of subscriptions) {
        try {
          taken += await deliverDomainEvents(db, subscription)
        } catch (error) {
          log.warn(
            { err: error, subscription: subscription.name },
            'domain events wait; they will be tried again',
          )
        }
      }
      if (taken === 0 && !closed)
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, pollMs)
          wake = () => {
            clearTimeout(timer)
            resolve()
          }
        })
    }
  }
  const running = subscriptions.length === 0 ? Promise.resolve() : loop()
  return {
    wake: () => wake?.(),
    async close() {
      closed = true
      wake?.()
      await running
    },
  }
}
