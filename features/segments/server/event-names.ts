import { listEventNames } from '../../orders/server/reads.ts'
import type { SegmentOrderState } from '../vocabulary.ts'

/** What a person answered. */
export const WORD_EVENT = 'Feedback Given'

/** Events about a contact that are none themselves: no touchpoint is met by them. */
export const MEASUREMENT_EVENTS = ['Standard Measured', 'Page Measured']

/** SQL: an event's name as the orders room reads it. */
export const orderName = "trimBoth(replaceRegexpAll(lower(name), '[\\\\s_-]+', ' '))"

/** Names of the events by which an order reaches a state, lower case with single spaces. */
export function listStateEvents(state: SegmentOrderState): string[] {
  return listEventNames(state === 'paid' ? ['paid', 'payment'] : [state])
}
