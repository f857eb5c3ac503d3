import type { FeedEvent } from './event-row.ts'

/**
 * An event of which nothing is known yet, with every column in place, so that all rows have one shape (the engine of
 * JavaScript is quick with those).
 */
export function createEmptyEvent(shop: number, source: number, receivedAt: number): FeedEvent {
  return {
    shop,
    identity: '',
    sent_ts: 0,
    message_hash: '',
    ts: 0,
    received_at: receivedAt,
    source,
    kind: 'track',
    name: '',
    message_id: '',
    identity_kind: '',
    anonymous_id: '',
    user_id: '',
    session_id: '',
    url: '',
    path: '',
    referrer: '',
    utm_source: '',
    utm_medium: '',
    utm_campaign: '',
    utm_content: '',
    utm_term: '',
    click_id: '',
    order_id: '',
    amount: null,
    currency: '',
    properties: '{}',
    traits: '{}',
    context: '{}',
    original_time: '',
    marks: [],
    valence: null,
    channel: '',
    arrival: '',
    touchpoint: '',
    stage: '',
    measure: '',
    measured: null,
    rules_version: 0,
    lane: 0,
    seq: 0,
  }
}
