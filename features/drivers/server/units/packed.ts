/** What an event says beside being a contact; the numbers stand in packed events. */
export const SAYS = {
  nothing: 0,
  started: 1,
  answered: 2,
  placed: 3,
  arrived: 4,
  received: 5,
  refused: 6,
  cancelled: 7,
  packed: 8,
  feedback: 9,
  opened: 10,
  resolved: 11,
  subscribed: 12,
  delivered: 13,
  read: 14,
  measured: 15,
  promised: 16,
} as const
export type Says = (typeof SAYS)[keyof typeof SAYS]

/**
 * An event as the statement packs it: time (ms), what it says, touchpoint, arrival, order, what it is about (a contact, a
 * case, what was measured), measure, measured value, value (money of an order in minor units, a mark from −1 to 1, a
 * recommendation from 0 to 10), texts by what it says, and the shop's own facts as bits.
 *
 * Texts of an order: payment, delivery, region, category, photos, length of the description. Of a contact's start: channel,
 * topic; of its answer: by whom, operator. Of a mark: kind, operator. Of a case: solved. Of a packed order: insert. Of a promise: the day. Of all
 * else: device, category, source.
 */
export type PackedEvent = [
  at: number,
  says: number,
  touchpoint: string,
  arrival: string,
  order: string,
  about: string,
  measure: string,
  measured: number | null,
  value: number | null,
  texts: string[],
  facts: number,
]

/** Longer texts are cut. */
export const LONGEST_TEXT = 80
