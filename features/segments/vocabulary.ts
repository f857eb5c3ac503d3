/** The states of an order that conditions name; `paid` beside the track. */
export const SEGMENT_ORDER_STATES = [
  'placed',
  'confirmed',
  'paid',
  'packed',
  'shipped',
  'arrived',
  'received',
  'refused',
  'returned',
  'cancelled',
] as const
export type SegmentOrderState = (typeof SEGMENT_ORDER_STATES)[number]

/** Kinds of `Feedback Given`, with the scores that their scales have. */
export const FEEDBACK_SCALES = {
  csat: { low: 1, high: 5 },
  stars: { low: 1, high: 5 },
  face: { low: 1, high: 5 },
  ces: { low: 1, high: 7 },
  nps: { low: 0, high: 10 },
} as const
export type FeedbackKind = keyof typeof FEEDBACK_SCALES
export const FEEDBACK_KINDS = Object.keys(FEEDBACK_SCALES) as FeedbackKind[]

export const TOUCH_FIELDS = ['channel', 'touchpoint', 'source', 'campaign'] as const
export type TouchField = (typeof TOUCH_FIELDS)[number]
