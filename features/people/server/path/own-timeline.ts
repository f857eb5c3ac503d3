import { sql } from 'drizzle-orm'
import type { Deps, TimelineItem, TimelineQuery } from '../../../../platform/room.ts'
import { isOrderEvent } from '../../../orders/server/reads.ts'
import { MEASURED_EVENT } from '../../../standards/contract.ts'
import { asked } from '../list/describe-people.ts'
import { type MomentRow, momentsQuery, orderEventNamesQuery } from './moments-query.ts'
import { toMoment } from './moments-result.ts'

export const ownParts = ['visits', 'events', 'who'] as const
export type OwnPart = (typeof ownParts)[number]

export interface OwnTimelineQuery extends TimelineQuery {
  channel?: string
  parts: ReadonlySet<OwnPart>
}

type Stores = Pick<Deps, 'db' | 'clickhouse'>

/** This room's part of a path: visits, events that no other room tells, and how the person became known. */
export async function listOwnMoments(deps: Stores, query: OwnTimelineQuery): Promise<TimelineItem[]> {
  const items = await Promise.all([listMoments(deps, query), listWho(deps, query)])
  return items
    .flat()
    .sort((a, b) => b.at - a.at)
    .slice(0, query.limit)
}

async function listMoments({ clickhouse }: Stores, query: OwnTimelineQuery): Promise<TimelineItem[]> {
  const { shop, identities, before, after, channel, limit, parts } = query
  if (!parts.has('visits') && !parts.has('events')) return []
  const only =
    parts.has('visits') && parts.has('events') ? undefined : parts.has('visits') ? 'visits' : 'events'
  const names = await clickhouse.query<{ name: string }>(...asked(orderEventNamesQuery(shop, identities)))
  const told = [...names.map(({ name }) => name).filter(isOrderEvent), MEASURED_EVENT]
  const question = { shop, identities, before, after, channel, told, only, limit } as const
  const rows = await clickhouse.query<MomentRow>(...asked(momentsQuery(question)))
  return rows.map(toMoment)
}

interface RecognitionRow extends Record<string, unknown> {
  at: number
  message: string
  /** Kinds of identities that the event made known, with their values. */
  known: Record<string, string>
  rule: string
}

/** When the person was recognised: signed in, gave an e-mail, was joined by a member. */
async function listWho({ db }: Stores, query: OwnTimelineQuery): Promise<TimelineItem[]> {
  const { shop, person, before, after, channel, limit, parts } = query
  if (!parts.has('who') || channel !== undefined) return []
  const window = sql`>= to_timestamp(${after} / 1000.0)`
  const until = sql`< to_timestamp(${before} / 1000.0)`
  const { rows } = await db.execute<RecognitionRow>(sql`
    SELECT (extract(epoch FROM linked_at) * 1000)::bigint AS at, evidence->>'messageId' AS message,
      jsonb_object_agg(kind, value) AS known, min(evidence->>'rule') AS rule
    FROM person_identities
    WHERE shop = ${shop} AND person = ${person} AND kind <> 'anonymous' AND linked_at ${window} AND linked_at ${until}
    GROUP BY 1, 2 ORDER BY 1 DESC LIMIT ${limit}`)
  const merges = await db.execute<{ at: number; from_label: string; made_by: string | null; id: number }>(sql`
    SELECT (extract(epoch FROM made_at) * 1000)::bigint AS at, from_label, made_by, id FROM person_merges
    WHERE shop = ${shop} AND into_person = ${person} AND undone_at IS NULL AND made_at ${window} AND made_at ${until}
    ORDER BY made_at DESC LIMIT ${limit}`)
  return [...rows.map(toRecognition), ...merges.rows.map(toMergeMoment)]
}

function toRecognition({ at, message, known, rule }: RecognitionRow): TimelineItem {
  const values = { rule, user: known.user ?? null, email: known.email ?? null, phone: known.phone ?? null }
  return { at, room: 'people', kind: 'timeline.recognised', values, tone: 'quiet', ref: message }
}

function toMergeMoment(row: {
  at: number
  from_label: string
  made_by: string | null
  id: number
}): TimelineItem {
  const values = { other: row.from_label, by: row.made_by }
  return {
    at: row.at,
    room: 'people',
    kind: 'timeline.merged',
    values,
    tone: 'quiet',
    ref: `merge-${row.id}`,
  }
}
