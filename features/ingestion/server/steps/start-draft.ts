import type { FeedEvent } from '../../../../platform/feed/event-row.ts'
import type { Draft, JsonObject, StepContext } from './step.ts'

/** A draft with every column in place, so that all rows have one shape (the engine of JavaScript is quick with those). */
export function startDraft(message: JsonObject, context: StepContext): Draft {
  return { message, properties: {}, traits: {}, context: {}, weight: 0, row: emptyRow(context) }
}

function emptyRow({ shop, source, receivedAt }: StepContext): FeedEvent {
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
