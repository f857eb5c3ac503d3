import { type Static, Type } from 'typebox'

/**
 * The event that completes a standard spanning several events: `properties` {touchpoint, measure, value,
 * [measure]: value, of}; its time is that of the contact which it judges, its messageId `measured:<measure>:<of>`.
 */
export const MEASURED_EVENT = 'Standard Measured'

/** What this room measures itself, in the unit of the standard. */
export const measures = [
  'first_answer_seconds',
  'answer_seconds',
  'callback_minutes',
  'first_reply_hours',
  'solved',
  'confirmation_minutes',
  'confirming_call_minutes',
  'price_same',
  'days_late',
] as const
export type Measure = (typeof measures)[number]

/** When people of the shop are at work, in the shop's zone; minutes since midnight, half-open. */
export const WorkingHours = Type.Object({
  /** 1 Monday … 7 Sunday. */
  days: Type.Array(Type.Integer({ minimum: 1, maximum: 7 }), { minItems: 1, maxItems: 7, uniqueItems: true }),
  opens: Type.Integer({ minimum: 0, maximum: 1_439 }),
  closes: Type.Integer({ minimum: 1, maximum: 1_440 }),
})
export type WorkingHours = Static<typeof WorkingHours>

export const USUAL_HOURS: WorkingHours = { days: [1, 2, 3, 4, 5], opens: 9 * 60, closes: 18 * 60 }
