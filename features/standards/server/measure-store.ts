import { type SQL, sql } from 'drizzle-orm'
import type { Db } from '../../../platform/postgres.ts'
import type { Measure } from '../contract.ts'
import type { MeasuredStandard } from './measured-standard.ts'

const FIELDS = sql.raw(`shop integer, measure text, subject text, touchpoint text, value double precision,
  at double precision, identity uuid, "identityKind" text, "order" text, detail jsonb`)

/**
 * Puts measured standards into the outbox. What is there already and says the same stays as it is; a correction
 * replaces it and will replace the event in the history. `keepFirst`: later ones of the same subject are repeats.
 */
export async function putMeasures(
  db: Db,
  measured: readonly MeasuredStandard[],
  options: { keepFirst?: boolean } = {},
): Promise<void> {
  const unique = new Map<string, MeasuredStandard>()
  for (const one of measured) {
    const name = `${one.shop}\0${one.measure}\0${one.subject}`
    if (!(options.keepFirst && unique.has(name))) unique.set(name, one)
  }
  if (unique.size === 0) return
  await db.execute(
    sql`INSERT INTO measured_standards AS m
          (shop, measure, subject, touchpoint, value, at, first_at, identity, identity_kind, order_id, detail)
        SELECT shop, measure, subject, touchpoint, value, to_timestamp(at / 1000.0), to_timestamp(at / 1000.0), identity,
          "identityKind", "order", detail
        FROM jsonb_to_recordset(${JSON.stringify([...unique.values()])}::jsonb) AS r(${FIELDS})
        ON CONFLICT (shop, measure, subject) DO ${options.keepFirst ? sql`NOTHING` : CORRECT}`,
  )
}

const CORRECT: SQL = sql`UPDATE SET touchpoint = excluded.touchpoint, value = excluded.value, at = excluded.at,
    detail = excluded.detail, version = m.version + 1
  WHERE (m.touchpoint, m.value, m.at, m.detail)
    IS DISTINCT FROM (excluded.touchpoint, excluded.value, excluded.at, excluded.detail)`

/** Takes back what turned out not to be one: the history goes on without it. */
export async function withdrawMeasures(
  db: Db,
  shop: number,
  measure: Measure,
  subjects: readonly string[],
): Promise<void> {
  if (subjects.length === 0) return
  await db.execute(
    sql`UPDATE measured_standards SET value = NULL, version = version + 1
        WHERE shop = ${shop} AND measure = ${measure} AND subject = ANY(${sql.param(subjects)}::text[]) AND value IS NOT NULL`,
  )
}

/** A measured standard on its way into the history. */
export interface WaitingMeasure extends Omit<MeasuredStandard, 'value'> {
  /** Null: withdrawn. */
  value: number | null
  /** The time under which it is recorded; stays when the measure is corrected. */
  firstAt: number
  version: number
}

interface MeasureRow extends Record<string, unknown> {
  shop: number
  measure: Measure
  subject: string
  touchpoint: string
  value: number | null
  at: number
  first_at: number
  identity: string
  identity_kind: string
  order_id: string
  detail: Record<string, unknown>
  version: number
}

const COLUMNS =
  sql.raw(`shop, measure, subject, touchpoint, ${ownValue()}, identity, identity_kind, order_id, detail, version,
  round(extract(epoch FROM at) * 1000)::bigint AS at, round(extract(epoch FROM first_at) * 1000)::bigint AS first_at`)

/** No value for days late that the shop's own event tells: the same promise would count twice. */
function ownValue(): string {
  return `CASE WHEN measure = 'days_late' AND EXISTS (SELECT 1 FROM standard_spans s WHERE s.shop = m.shop
    AND s.kind = 'order' AND s.id = m.subject AND s.data ? 'isLatenessTold') THEN NULL ELSE value END AS value`
}

/** The next measures that the history doesn't know yet or knows otherwise, of one of the shops. */
export async function listWaiting(
  db: Db,
  shops: readonly number[],
  limit: number,
): Promise<WaitingMeasure[]> {
  if (shops.length === 0) return []
  const { rows } = await db.execute<MeasureRow>(
    sql`SELECT ${COLUMNS} FROM measured_standards m
        WHERE recorded < version AND shop = ANY(${sql.param(shops)}::int[]) ORDER BY shop, first_at LIMIT ${limit}`,
  )
  return rows.map(({ first_at, identity_kind, order_id, ...row }) => ({
    ...row,
    firstAt: first_at,
    identityKind: identity_kind,
    order: order_id,
  }))
}

/** Noted in one statement, some 20 ms on the embedded PostgreSQL. */
const NOTE_CHUNK = 1_000

/**
 * Notes that the history says now what these versions say; returns those that are gone meanwhile, because the person
 * was erased.
 */
export async function markRecorded(db: Db, measures: readonly WaitingMeasure[]): Promise<WaitingMeasure[]> {
  const gone: WaitingMeasure[] = []
  for (let at = 0; at < measures.length; at += NOTE_CHUNK)
    gone.push(...(await markChunk(db, measures.slice(at, at + NOTE_CHUNK))))
  return gone
}

async function markChunk(db: Db, measures: readonly WaitingMeasure[]): Promise<WaitingMeasure[]> {
  const given = measures.map(({ shop, measure, subject, version }) => ({ shop, measure, subject, version }))
  const { rows } = await db.execute<{ measure: string; subject: string }>(
    sql`UPDATE measured_standards m SET recorded = greatest(m.recorded, r.version)
        FROM jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
          AS r(shop integer, measure text, subject text, version integer)
        WHERE m.shop = r.shop AND m.measure = r.measure AND m.subject = r.subject
        RETURNING m.measure, m.subject`,
  )
  const there = new Set(rows.map(({ measure, subject }) => `${measure}\0${subject}`))
  return measures.filter(({ measure, subject }) => !there.has(`${measure}\0${subject}`))
}
