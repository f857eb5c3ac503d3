/**
 * One event as it is stored, in the order of the columns of an insert. Times are milliseconds since 1970 (UTC),
 * `amount` is in minor units, `properties`, `traits` and `context` are JSON texts, hashes are UUID texts.
 */
export interface EventRow {
  shop: number
  identity: string
  sent_ts: number
  message_hash: string
  ts: number
  received_at: number
  source: number
  kind: EventKind
  name: string
  message_id: string
  identity_kind: string
  anonymous_id: string
  user_id: string
  session_id: string
  url: string
  path: string
  referrer: string
  utm_source: string
  utm_medium: string
  utm_campaign: string
  utm_content: string
  utm_term: string
  click_id: string
  order_id: string
  amount: number | null
  currency: string
  properties: string
  traits: string
  context: string
  original_time: string
  marks: string[]
  /** How what the person said felt, from -1 to 1; null when the event says nothing of it. */
  valence: number | null
  channel: string
  /** The touchpoint by which a visit began, '' for everything else. */
  arrival: string
  touchpoint: string
  /** The touchpoint's own stage; the one that depends on orders is decided when the path is read. */
  stage: string
  /** Which standard of the touchpoint the event measures, and the value. */
  measure: string
  measured: number | null
  rules_version: number
}

/** An event as consumers see it: committed under its lane's sequence number. */
export interface FeedEvent extends EventRow {
  lane: number
  seq: number
}

export type EventKind = 'track' | 'page' | 'screen' | 'identify' | 'group' | 'alias'

export const EVENT_COLUMNS = [
  'shop',
  'identity',
  'sent_ts',
  'message_hash',
  'ts',
  'received_at',
  'source',
  'kind',
  'name',
  'message_id',
  'identity_kind',
  'anonymous_id',
  'user_id',
  'session_id',
  'url',
  'path',
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
  'properties',
  'traits',
  'context',
  'original_time',
  'marks',
  'valence',
  'channel',
  'arrival',
  'touchpoint',
  'stage',
  'measure',
  'measured',
  'rules_version',
] as const satisfies readonly (keyof EventRow)[]

export const STORED_COLUMNS = [...EVENT_COLUMNS, 'lane', 'seq', 'precedence'] as const

/** What could not be accepted, kept as it arrived. */
export interface RejectRow {
  shop: number
  received_at: number
  source: number
  reason: string
  detail: string
  message_id: string
  name: string
  payload: string
  /** Counted apart: something was wrong with it, or the shop's own rules leave it out. Not stored. */
  outcome: 'rejected' | 'dropped'
}

export const REJECT_COLUMNS = [
  'shop',
  'received_at',
  'source',
  'reason',
  'detail',
  'message_id',
  'name',
  'payload',
] as const satisfies readonly (keyof RejectRow)[]

export const STORED_REJECT_COLUMNS = [...REJECT_COLUMNS, 'lane', 'seq'] as const

/** Everything that one flush committed. */
export interface CommittedFlush {
  lane: number
  seq: number
  events: FeedEvent[]
  rejects: RejectRow[]
}
