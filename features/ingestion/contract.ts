import { type Static, Type } from 'typebox'

/** Why an event was not recorded. The list is closed: screens explain each of them in three languages. */
export const rejectReasons = [
  'malformed_json',
  'malformed_request',
  'not_an_object',
  'unknown_type',
  'no_event_name',
  'wrong_type',
  'too_large',
  'too_deep',
  'too_many_keys',
  'bad_time',
  'id_too_long',
  'no_identity',
  'bot',
  'no_consent',
  'store_refused',
] as const
export type RejectReason = (typeof rejectReasons)[number]

/** What the sender of an event reads; the screens have the same in the language of the shop. */
export const REJECT_SENTENCES: Record<RejectReason, string> = {
  malformed_json: 'The request is not JSON.',
  malformed_request: 'The request has no events: send one event as an object, or {"batch": [...]}.',
  not_an_object: 'An event is a JSON object.',
  unknown_type: 'The type is one of track, page, screen, identify, group and alias.',
  no_event_name: 'A track event has a name in "event".',
  wrong_type: 'A field has a value of another kind than the specification says.',
  too_large: 'An event has at most 32 KB.',
  too_deep: 'An event is nested at most 32 levels deep.',
  too_many_keys: 'An object in an event has at most 256 keys.',
  bad_time: 'A time is written as ISO 8601, for example 2026-01-31T12:00:00Z.',
  id_too_long: 'An id (userId, anonymousId) has at most 255 characters.',
  no_identity: 'An event says whose it is: userId, anonymousId, or an e-mail or phone in traits.',
  bot: 'The event comes from a robot.',
  no_consent: 'The visitor does not want to be recorded.',
  store_refused: 'The event store could not take this event.',
}

/** Left out by the shop's own rules, as opposed to events that something is wrong with. */
export const DROP_REASONS: ReadonlySet<RejectReason> = new Set(['bot', 'no_consent'])

/** What is remarkable about an event that was recorded. */
export const eventMarks = [
  'skewed',
  'future',
  'past',
  'clamped',
  'untimed',
  'cut',
  'bad_amount',
  'bad_score',
  'placeholder_id',
] as const
export type EventMark = (typeof eventMarks)[number]

export const EventOutcome = Type.Object({
  index: Type.Integer({ description: 'Place in the batch, from 0.' }),
  reason: Type.String({ description: `One of ${rejectReasons.join(', ')}.` }),
  message: Type.String(),
})

/** `success` means that the whole request was dealt with; what was not recorded is listed with its reason. */
export const IngestAnswer = Type.Object({
  success: Type.Boolean(),
  recorded: Type.Integer(),
  duplicates: Type.Integer(),
  rejected: Type.Array(EventOutcome),
})
export type IngestAnswer = Static<typeof IngestAnswer>
