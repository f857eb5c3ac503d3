import { type Static, Type } from 'typebox'
import { rejectReasons } from './contract.ts'

/** ISO 8601, UTC. */
const Instant = Type.String({ format: 'date-time' })
const Cursor = Type.Optional(Type.String({ maxLength: 500 }))
const Limit = Type.Optional(Type.Integer({ minimum: 1, maximum: 200 }))
const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()])

/** A recorded event as lists and the live stream show it. */
export const Arrival = Type.Object({
  /** Unique in the shop. */
  hash: Type.String(),
  messageId: Type.String(),
  kind: Type.String(),
  name: Type.String(),
  at: Instant,
  receivedAt: Instant,
  source: Type.Integer(),
  channel: Type.String(),
  identity: Type.String(),
  identityKind: Type.String(),
  userId: Type.String(),
  anonymousId: Type.String(),
  path: Type.String(),
  marks: Type.Array(Type.String()),
})
export type Arrival = Static<typeof Arrival>

export const ArrivalList = Type.Object({ items: Type.Array(Arrival), nextCursor: nullable(Type.String()) })

export const ArrivalQuery = Type.Object({
  /** A message id, user id or anonymous id as a whole, or a part of an event's name. */
  q: Type.Optional(Type.String({ maxLength: 255 })),
  kind: Type.Optional(Type.Enum(['track', 'page', 'screen', 'identify', 'group', 'alias'] as const)),
  cursor: Cursor,
  limit: Limit,
})
export type ArrivalQuery = Static<typeof ArrivalQuery>

/** Everything that is stored of one event. */
export const EventDetail = Type.Object({
  ...Arrival.properties,
  sentAt: Instant,
  facts: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()])),
  properties: Type.Unknown(),
  traits: Type.Unknown(),
  context: Type.Unknown(),
  derived: Type.Object({
    channel: Type.String(),
    touchpoint: Type.String(),
    stage: Type.String(),
    rulesVersion: Type.Integer(),
  }),
})
export type EventDetail = Static<typeof EventDetail>

export const Refusal = Type.Object({
  receivedAt: Instant,
  source: Type.Integer(),
  reason: Type.String(),
  detail: Type.String(),
  messageId: Type.String(),
  name: Type.String(),
  /** As it arrived, cut at 32 KB. */
  payload: Type.String(),
})
export type Refusal = Static<typeof Refusal>

export const RefusalList = Type.Object({ items: Type.Array(Refusal), nextCursor: nullable(Type.String()) })
export const RefusalQuery = Type.Object({
  reason: Type.Optional(Type.Enum(rejectReasons)),
  cursor: Cursor,
  limit: Limit,
})
export type RefusalQuery = Static<typeof RefusalQuery>

/** What became of everything that arrived, by hour (UTC), oldest first; hours without anything are left out. */
export const ArrivalCounts = Type.Object({
  hours: Type.Array(
    Type.Object({
      hour: Instant,
      accepted: Type.Integer(),
      duplicate: Type.Integer(),
      rejected: Type.Integer(),
    }),
  ),
  reasons: Type.Array(Type.Object({ reason: Type.String(), n: Type.Integer() })),
})
export type ArrivalCounts = Static<typeof ArrivalCounts>

/** One message of the live stream. `skipped` arrived too, but too fast to be shown one by one. */
export type LiveArrivals = { arrivals: Arrival[]; refusals: Refusal[]; skipped: number }
