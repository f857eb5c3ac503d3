import { type IdentityKind, identityKey, messageHash } from '../../../../kernel/hash128.ts'
import { createEmptyEvent } from '../../../../platform/feed/empty-event.ts'
import type { EventKind, FeedEvent } from '../../../../platform/feed/event-row.ts'

/** What a test says of an event; the rest is filled in as ingestion would. */
export interface EventSketch {
  kind?: EventKind
  name?: string
  messageId?: string
  user?: string
  anonymous?: string
  /** Of an event without ids: the kind and normalised value of its own identity. */
  own?: [IdentityKind, string]
  at?: number
  properties?: Record<string, unknown>
  traits?: Record<string, unknown>
  context?: Record<string, unknown>
  order?: string
  path?: string
  channel?: string
  referrer?: string
  session?: string
}

export const SKETCH_START = Date.UTC(2026, 2, 1)
const MINUTE_MS = 60_000

/** Events as consumers see them, a minute apart unless told otherwise. */
export function sketchEvents(shop: number, sketches: EventSketch[]): FeedEvent[] {
  return sketches.map((sketch, index) => sketchEvent(shop, sketch, index))
}

function sketchEvent(shop: number, sketch: EventSketch, index: number): FeedEvent {
  const { user = '', anonymous = '', own } = sketch
  const [kind, value] = user
    ? (['user', user] as const)
    : anonymous
      ? (['anonymous', anonymous] as const)
      : (own ?? ['anonymous', 'nobody'])
  const at = sketch.at ?? SKETCH_START + index * MINUTE_MS
  const messageId = sketch.messageId ?? `m${index}`
  const isTrack = (sketch.kind ?? 'track') === 'track'
  return {
    ...createEmptyEvent(shop, 1, at + 500),
    identity: identityKey(shop, kind, value),
    identity_kind: kind,
    sent_ts: at,
    ts: at,
    message_id: messageId,
    message_hash: messageHash(shop, messageId),
    kind: sketch.kind ?? 'track',
    name: sketch.name ?? (isTrack ? 'Product Viewed' : ''),
    anonymous_id: anonymous,
    user_id: user,
    session_id: sketch.session ?? '',
    url: sketch.path === undefined ? '' : `https://shop.ua${sketch.path}`,
    path: sketch.path ?? '',
    referrer: sketch.referrer ?? '',
    order_id: sketch.order ?? '',
    channel: sketch.channel ?? 'site',
    properties: JSON.stringify(sketch.properties ?? {}),
    traits: JSON.stringify(sketch.traits ?? {}),
    context: JSON.stringify(sketch.context ?? {}),
  }
}
