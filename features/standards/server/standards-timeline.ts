import { sql } from 'drizzle-orm'
import type { Deps, TimelineItem, TimelineQuery } from '../../../platform/room.ts'
import type { Measure } from '../contract.ts'

interface Row extends Record<string, unknown> {
  measure: Measure
  subject: string
  value: number
  at: number
  detail: Record<string, unknown>
}

/** Told beside the contact; how late a parcel came is told by the order itself. */
export async function listMeasuredMoments({ db }: Deps, query: TimelineQuery): Promise<TimelineItem[]> {
  const { shop, identities, before, after, limit } = query
  if (identities.length === 0) return []
  const { rows } = await db.execute<Row>(
    sql`SELECT measure, subject, value, round(extract(epoch FROM at) * 1000)::bigint AS at, detail
        FROM measured_standards
        WHERE shop = ${shop} AND identity = ANY(${sql.param(identities)}::uuid[]) AND measure <> 'days_late' AND value IS NOT NULL
          AND at >= to_timestamp(${after} / 1000.0) AND at < to_timestamp(${before} / 1000.0)
        ORDER BY at DESC LIMIT ${limit}`,
  )
  return rows.map(describeMeasured)
}

const SECONDS_OF: Partial<Record<Measure, number>> = {
  first_answer_seconds: 1,
  answer_seconds: 1,
  callback_minutes: 60,
  first_reply_hours: 3_600,
  confirmation_minutes: 60,
  confirming_call_minutes: 60,
}

/** Pure: a measured standard as a moment of the path; `seconds` is how long it took. */
export function describeMeasured({ measure, subject, value, at, detail }: Row): TimelineItem {
  const item = { at, room: 'standards', ref: `${measure} ${subject}` }
  const channel = typeof detail.channel === 'string' ? { channel: detail.channel } : {}
  if (detail.answered === false)
    return { ...item, ...channel, kind: 'timeline.not_answered', values: {}, tone: 'lost' }
  if (measure === 'price_same') return { ...item, ...describePrice(value, detail) }
  if (measure === 'solved')
    return {
      ...item,
      ...channel,
      kind: value === 1 ? 'timeline.solved' : 'timeline.not_solved',
      values: {},
      tone: value === 1 ? 'won' : 'lost',
    }
  const seconds = Math.round(value * (SECONDS_OF[measure] ?? 1))
  return { ...item, ...channel, kind: `timeline.${measure}`, values: { seconds }, tone: 'quiet' }
}

function describePrice(value: number, { promised, given }: Record<string, unknown>) {
  const values = { promised: Number(promised), given: Number(given) }
  return value === 1
    ? ({ kind: 'timeline.price_same', values, tone: 'quiet' } as const)
    : ({ kind: 'timeline.price_differs', values, tone: 'lost' } as const)
}
