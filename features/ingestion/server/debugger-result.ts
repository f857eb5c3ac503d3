import type { FeedEvent, RejectRow } from '../../../platform/feed/event-row.ts'
import type { Arrival, EventDetail, Refusal } from '../debugger-contract.ts'

export interface ArrivalRow {
  message_hash: string
  message_id: string
  kind: string
  name: string
  at: number
  received: number
  source: number
  channel: string
  identity: string
  identity_kind: string
  user_id: string
  anonymous_id: string
  path: string
  marks: string[]
}

export type EventRowFound = ArrivalRow & { sent: number } & Record<string, unknown>

const iso = (ms: number) => new Date(ms).toISOString()

export function toArrival(row: ArrivalRow): Arrival {
  return {
    hash: row.message_hash,
    messageId: row.message_id,
    kind: row.kind,
    name: row.name,
    at: iso(row.at),
    receivedAt: iso(row.received),
    source: row.source,
    channel: row.channel,
    identity: row.identity,
    identityKind: row.identity_kind,
    userId: row.user_id,
    anonymousId: row.anonymous_id,
    path: row.path,
    marks: row.marks,
  }
}

/** The same from the event as it was just committed. */
export function toArrivalOfEvent(event: FeedEvent): Arrival {
  return toArrival({ ...event, at: event.ts, received: event.received_at })
}

/** Facts that stand in columns of their own; empty ones are left out. */
const FACTS = [
  'session_id',
  'url',
  'referrer',
  'utm_source',
  'utm_medium',
  'utm_campaign',
  'utm_content',
  'utm_term',
  'click_id',
  'order_id',
  'amount',
  'currency',
  'original_time',
] as const

export function toEventDetail(row: EventRowFound): EventDetail {
  const facts = Object.fromEntries(
    FACTS.flatMap((name) => {
      const value = row[name]
      return value === '' || value === null || value === undefined ? [] : [[name, value as string | number]]
    }),
  )
  return {
    ...toArrival(row),
    sentAt: iso(row.sent),
    facts,
    properties: readJson(row.properties),
    traits: readJson(row.traits),
    context: readJson(row.context),
    derived: {
      channel: row.channel,
      touchpoint: String(row.touchpoint),
      stage: String(row.stage),
      rulesVersion: Number(row.rules_version),
    },
  }
}

function readJson(text: unknown): unknown {
  try {
    return text === '' ? {} : JSON.parse(String(text))
  } catch {
    return text
  }
}

export interface RefusalRow {
  received: number
  source: number
  reason: string
  detail: string
  message_id: string
  name: string
  payload: string
}

export function toRefusal(row: RefusalRow): Refusal {
  const { received, message_id, ...rest } = row
  return { ...rest, receivedAt: iso(received), messageId: message_id }
}

export function toRefusalOfReject(row: RejectRow): Refusal {
  return {
    receivedAt: iso(row.received_at),
    source: row.source,
    reason: row.reason,
    detail: row.detail,
    messageId: row.message_id,
    name: row.name,
    payload: row.payload,
  }
}
