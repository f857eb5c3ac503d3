import { sql } from 'drizzle-orm'
import type { Log } from '../log.ts'
import { type Db, isPostgresAway, type Tx } from '../postgres.ts'
import type { FeedConsumer } from './consumer.ts'
import type { FeedEvent } from './event-row.ts'

export interface CursorRow {
  consumer: string
  lane: number
  seq: number
}

export async function readCursors(db: Db): Promise<CursorRow[]> {
  const { rows } = await db.execute<{ consumer: string; lane: number; seq: number }>(
    sql`SELECT consumer, lane, seq FROM feed_cursors`,
  )
  return rows.map((row) => ({ consumer: row.consumer, lane: Number(row.lane), seq: Number(row.seq) }))
}

class MovedByAnother extends Error {
  readonly seq: number
  constructor(seq: number) {
    super('another process has taken these events')
    this.seq = seq
  }
}

/**
 * Applies events and advances the cursor in one transaction, or in the last one of a consumer that takes its events in
 * slices; returns where the cursor stands then. Another process
 * that was faster is noticed by the cursor itself. A batch that keeps failing is applied event by event, and the
 * event at fault is set aside with its error, so that one event can't stop the path of all others.
 */
export async function applyBatch(
  context: { db: Db; log: Log },
  consumer: FeedConsumer,
  lane: number,
  from: number,
  events: FeedEvent[],
): Promise<number> {
  const { db, log } = context
  const last = (events.at(-1) as FeedEvent).seq
  try {
    const size = consumer.slice ?? events.length
    for (let at = 0; at < events.length; at += size) {
      const slice = events.slice(at, at + size)
      // biome-ignore lint/suspicious/noConfusingVoidType: what a consumer may return
      const after = await db.transaction(async (tx): Promise<(() => void) | void> => {
        await lockCursor(tx, consumer.name, lane, from)
        const done = await consumer.apply(tx, slice, log)
        if (at + size >= events.length) await moveCursor(tx, consumer.name, lane, last)
        return done
      })
      after?.()
    }
    return last
  } catch (error) {
    if (error instanceof MovedByAnother) return error.seq
    if (isPostgresAway(error)) throw error
    log.warn({ err: error, consumer: consumer.name }, 'a batch of events failed; applying them one by one')
    return applyOneByOne(context, consumer, lane, from, events)
  }
}

async function applyOneByOne(
  { db, log }: { db: Db; log: Log },
  consumer: FeedConsumer,
  lane: number,
  from: number,
  events: FeedEvent[],
): Promise<number> {
  for (const event of events) {
    try {
      const after = await db.transaction((tx) => consumer.apply(tx, [event], log))
      after?.()
    } catch (error) {
      if (isPostgresAway(error)) throw error
      log.error(
        { err: error, consumer: consumer.name, messageId: event.message_id },
        'an event was set aside',
      )
      await setAside(db, consumer.name, event, error)
    }
  }
  const last = (events.at(-1) as FeedEvent).seq
  return db.transaction(async (tx) => {
    await lockCursor(tx, consumer.name, lane, from)
    await moveCursor(tx, consumer.name, lane, last)
    return last
  })
}

async function lockCursor(tx: Tx, consumer: string, lane: number, expected: number): Promise<void> {
  await tx.execute(
    sql`INSERT INTO feed_cursors (consumer, lane, seq) VALUES (${consumer}, ${lane}, 0) ON CONFLICT DO NOTHING`,
  )
  const { rows } = await tx.execute<{ seq: number }>(
    sql`SELECT seq FROM feed_cursors WHERE consumer = ${consumer} AND lane = ${lane} FOR UPDATE`,
  )
  const seq = Number(rows[0]?.seq ?? 0)
  if (seq > expected) throw new MovedByAnother(seq)
}

async function moveCursor(tx: Tx, consumer: string, lane: number, seq: number): Promise<void> {
  await tx.execute(
    sql`UPDATE feed_cursors SET seq = ${seq}, updated_at = now() WHERE consumer = ${consumer} AND lane = ${lane}`,
  )
}

async function setAside(db: Db, consumer: string, event: FeedEvent, error: unknown): Promise<void> {
  const reason = error instanceof Error ? error.message : String(error)
  await db.execute(
    sql`INSERT INTO feed_failures (consumer, shop, lane, seq, message_id, reason)
        VALUES (${consumer}, ${event.shop}, ${event.lane}, ${event.seq}, ${event.message_id}, ${reason})
        ON CONFLICT (consumer, shop, message_id) DO UPDATE SET reason = excluded.reason, failed_at = now()`,
  )
}
