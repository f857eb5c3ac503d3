import { type Static, Type } from 'typebox'

const Moment = Type.String({
  minLength: 1,
  maxLength: 48,
  description: 'A day (2026-01-31, in the shop’s zone) or an instant (ISO 8601, or milliseconds since 1970).',
})

/** Half-open: `from` belongs to the period, `to` doesn't. Without them everything counts. */
export const SummaryQuestion = Type.Object({ from: Type.Optional(Moment), to: Type.Optional(Moment) })
export type SummaryQuestion = Static<typeof SummaryQuestion>

export const Summary = Type.Object({
  events: Type.Integer(),
  persons: Type.Integer(),
  identities: Type.Integer(),
  journeys: Type.Integer({ description: 'Stretches of contact with less than 30 days of silence in them.' }),
  orders: Type.Integer(),
  rejected: Type.Integer({ description: 'Refused with a reason, by whole hours of their arrival.' }),
  duplicates: Type.Integer({
    description: 'Sent again and not counted again, by whole hours of their arrival.',
  }),
  dropped: Type.Integer({ description: 'Left out by the shop’s rules: robots and visitors who said no.' }),
  lagSeconds: Type.Number({ description: 'How far people and orders are behind the events.' }),
})
export type Summary = Static<typeof Summary>
