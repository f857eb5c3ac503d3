/**
 * The rates of the simulated shop. All chances are sums of a base and of effects, never squeezed into 0 … 1: so each
 * effect is the same for everybody, and a regression that controls for the rest finds exactly what was planted.
 */

export const SHARES = {
  evening: 0.4,
  /** Search and display ads among arrivals; see sources.ts. */
  ad: 0.33,
  direct: 0.13,
  phone: 0.6,
  keen: 0.45,
} as const

/** The chance that a visitor orders. */
export const ORDER_CHANCE = {
  base: 0.36,
  evening: -0.11,
  ad: -0.12,
  direct: 0.05,
  young: -0.12,
  /** Those who write or call want it more. */
  chat: 0.16,
  phone: 0.25,
  otherContact: 0.1,
  /** Need differs between people by up to so much either way; nothing recorded shows it. */
  need: 0.05,
} as const

/** The chance that a chat's first human answer takes over 30 minutes. */
export const SLOW_ANSWER = { base: 0.05, byEvening: 0.3, byAd: 0.3 } as const

/** Who sees the catalogue: ads lead to a product's page. */
export const CATALOGUE_REACH = { fromAd: 0.6, other: 0.92 } as const

/** Old price list at the telephone: of calls about coffee machines so many hear the old price. */
export const BREACH_SHARE = 0.7

/** Hard questions, and to whom they go. */
export const CASE_MIX = {
  hardShare: 0.25,
  hardToStar: 0.55,
  easyToStar: 0.08,
  /** On the scale from 1 to 5. */
  hardLoss: -1.2,
} as const

/** Marks from 1 to 5 for a contact by how long the answer took; the first limit that holds counts. */
export const CONTACT_MARKS: readonly { upToSeconds: number; mark: number }[] = [
  { upToSeconds: 120, mark: 4.5 },
  { upToSeconds: 600, mark: 4.2 },
  { upToSeconds: 1_800, mark: 3.9 },
  { upToSeconds: Number.POSITIVE_INFINITY, mark: 3.3 },
]

/** The chance to be late by region, and to be refused by payment. */
export const DELIVERY = {
  lateInSlowRegion: 0.7,
  lateElsewhere: 0.07,
  refusedOnDelivery: 0.07,
  refusedPrepaid: 0.015,
  cancelled: 0.03,
} as const

export const REPEAT_CHANCE = { base: 0.1 } as const

/** Who opens one of the first two newsletters, and the lot by which a fifth of subscribers gets none. */
export const OPENING = {
  subscribers: 0.55,
  sent: 0.8,
  keenShare: SHARES.keen,
  keen: 0.75,
  others: 0.15,
} as const

export const FAILURES = { first: 0.13, second: 0.38, solvedWell: 0.62 } as const

/** Recommendation from 0 to 10: the mean of a calm customer, and how far people differ either way. */
export const RECOMMENDATION = { calm: 8.6, spread: 1, answeredByCalm: 0.2 } as const

/** The chance to answer a question after a contact, a delivery, a checkout, at the exit, in a parcel. */
export const ANSWERED = { contact: 0.25, delivery: 0.2, checkout: 0.1, exit: 0.02, parcel: 0.15 } as const
