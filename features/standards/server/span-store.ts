import { sql } from 'drizzle-orm'
import type { Tx } from '../../../platform/postgres.ts'
import { type ContactSpan, findContactDeadline, joinContacts, judgeContact } from './contact-span.ts'
import type { MeasuredStandard } from './measured-standard.ts'
import { joinOrders, judgeOrder, type OrderSpan } from './order-span.ts'
import type { ShopClock } from './shop-clock.ts'
import type { SpanFact } from './span-facts.ts'

interface SpanKey {
  shop: number
  kind: SpanFact['kind']
  id: string
}

/**
 * Adds facts to what is known of their contacts and orders, and returns what can be judged now. Facts known already
 * change nothing. Safe with several writers: a row is locked before it is read.
 */
export async function addSpanFacts(
  tx: Tx,
  facts: readonly SpanFact[],
  clockOf: (shop: number) => ShopClock,
): Promise<MeasuredStandard[]> {
  const joined = new Map<string, SpanFact>()
  for (const fact of facts) joined.set(nameOf(fact), join(joined.get(nameOf(fact)), fact))
  const keys = [...joined.values()].sort(compareKeys)
  if (keys.length === 0) return []
  for (const known of await lockSpans(tx, keys))
    joined.set(nameOf(known), join(joined.get(nameOf(known)), known))
  const spans = [...joined.values()]
  await writeSpans(tx, spans)
  return spans.flatMap((span) => judge(span, clockOf(span.shop)))
}

/**
 * Gives up contacts that nobody answered in time; returns how many were looked at, and what is measured by that. Of a
 * shop that reports no answers on a channel at all, nothing follows from silence: its contacts there aren't judged.
 */
export async function giveUpContacts(
  tx: Tx,
  now: number,
  limit: number,
  clockOf: (shop: number) => ShopClock,
): Promise<{ taken: number; measured: MeasuredStandard[] }> {
  const { rows } = await tx.execute<SpanRow & { is_reported: boolean }>(
    sql`SELECT s.shop, s.kind, s.id, s.data, EXISTS (
            SELECT 1 FROM standard_spans a WHERE a.shop = s.shop AND a.data ? 'answeredAt'
              AND a.data -> 'start' ->> 'channel' = s.data -> 'start' ->> 'channel') AS is_reported
        FROM standard_spans s WHERE s.due_at <= to_timestamp(${now} / 1000.0)
        ORDER BY s.shop, s.kind, s.id COLLATE "C" LIMIT ${limit} FOR UPDATE OF s`,
  )
  const spans = rows
    .filter(({ is_reported }) => is_reported)
    .map((row) => join(toSpan(row), { ...toSpan(row), data: { isGivenUp: true } } as SpanFact))
  await writeSpans(tx, spans)
  await stopWaiting(tx, rows)
  return { taken: rows.length, measured: spans.flatMap((span) => judge(span, clockOf(span.shop))) }
}

async function stopWaiting(tx: Tx, keys: readonly SpanKey[]): Promise<void> {
  if (keys.length === 0) return
  const given = JSON.stringify(keys.map(({ shop, kind, id }) => ({ shop, kind, id })))
  await tx.execute(
    sql`UPDATE standard_spans s SET due_at = NULL
        FROM jsonb_to_recordset(${given}::jsonb) AS k(shop integer, kind text, id text)
        WHERE k.shop = s.shop AND k.kind = s.kind AND k.id = s.id`,
  )
}

function join(a: SpanFact | undefined, b: SpanFact): SpanFact {
  if (!a) return b
  return b.kind === 'contact'
    ? { ...b, data: joinContacts(a.data as ContactSpan, b.data) }
    : { ...b, data: joinOrders(a.data as OrderSpan, b.data) }
}

function judge(span: SpanFact, clock: ShopClock): MeasuredStandard[] {
  if (span.kind === 'order') return judgeOrder(span.shop, span.id, span.data, clock)
  const measured = judgeContact(span.shop, span.id, span.data, clock)
  return measured ? [measured] : []
}

const nameOf = ({ shop, kind, id }: SpanKey) => `${shop}\0${kind}\0${id}`

/** One order of locking for all writers, so that none waits for another in a circle. */
function compareKeys(a: SpanKey, b: SpanKey): number {
  return a.shop - b.shop || (nameOf(a) < nameOf(b) ? -1 : 1)
}

type SpanRow = SpanKey & { data: unknown } & Record<string, unknown>

const toSpan = ({ shop, kind, id, data }: SpanRow) => ({ shop, kind, id, data }) as SpanFact

async function lockSpans(tx: Tx, keys: readonly SpanKey[]): Promise<SpanFact[]> {
  const given = JSON.stringify(keys.map(({ shop, kind, id }) => ({ shop, kind, id })))
  await tx.execute(
    sql`INSERT INTO standard_spans (shop, kind, id, data) SELECT shop, kind, id, '{}'
        FROM jsonb_to_recordset(${given}::jsonb) AS k(shop integer, kind text, id text) ON CONFLICT DO NOTHING`,
  )
  const { rows } = await tx.execute<SpanRow>(
    sql`SELECT s.shop, s.kind, s.id, s.data FROM standard_spans s
        JOIN jsonb_to_recordset(${given}::jsonb) AS k(shop integer, kind text, id text)
          ON k.shop = s.shop AND k.kind = s.kind AND k.id = s.id
        ORDER BY s.shop, s.kind, s.id COLLATE "C" FOR UPDATE OF s`,
  )
  return rows.map(toSpan)
}

async function writeSpans(tx: Tx, spans: readonly SpanFact[]): Promise<void> {
  if (spans.length === 0) return
  const rows = spans.map((span) => ({
    shop: span.shop,
    kind: span.kind,
    id: span.id,
    data: span.data,
    identity: (span.kind === 'contact' ? span.data.start?.identity : span.data.placed?.identity) ?? null,
    due: span.kind === 'contact' ? (findContactDeadline(span.data) ?? null) : null,
  }))
  await tx.execute(
    sql`UPDATE standard_spans s SET data = r.data, identity = r.identity,
          due_at = to_timestamp(r.due / 1000.0), updated_at = now()
        FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
          AS r(shop integer, kind text, id text, data jsonb, identity uuid, due double precision)
        WHERE s.shop = r.shop AND s.kind = r.kind AND s.id = r.id`,
  )
}

const KEEP_DAYS = 180

/** What nobody has spoken of for half a year is settled; its measures stay. */
export async function forgetOldSpans(tx: Pick<Tx, 'execute'>): Promise<void> {
  await tx.execute(
    sql`DELETE FROM standard_spans WHERE updated_at < now() - make_interval(days => ${KEEP_DAYS}) AND due_at IS NULL`,
  )
}
