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

/** What every report may be asked, to spread into a room's querystring; `readReportQuestion` reads it. */
export const reportQuestion = {
  /** Days of the shop or instants, half-open; the last 90 days unless told otherwise. */
  from: Type.Optional(Moment),
  to: Type.Optional(Moment),
  segment: Type.Optional(
    Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER, description: 'A saved segment.' }),
  ),
  sample: Type.Optional(
    Type.Number({
      exclusiveMinimum: 0,
      maximum: 1,
      description: 'Of every hundred persons so many hundredths: 0.1 looks at one person in ten.',
    }),
  ),
  compare: Type.Optional(
    Type.String({
      maxLength: 40,
      description:
        '`previous`: the period before, of the same length. `segment:7`: that segment, same period.',
    }),
  ),
}
const ReportQuestion = Type.Object(reportQuestion)
export type ReportQuestion = Static<typeof ReportQuestion>

const NamedSegment = Type.Union([Type.Object({ id: Type.Integer(), name: Type.String() }), Type.Null()])

const side = {
  from: Type.String(),
  to: Type.String(),
  fromDay: Type.String(),
  toDay: Type.String({ description: 'The last day included.' }),
  segment: NamedSegment,
}

/** What every report says of itself: of when, of whom, how surely, and from which state of the data. */
export const ReportMeta = Type.Object({
  ...side,
  timeZone: Type.String(),
  currency: Type.String(),
  /** The share of persons looked at; null: all of them. Counts are those of the sample and aren't scaled. */
  sample: Type.Union([Type.Number(), Type.Null()]),
  /** How many persons, journeys or orders (the report says which) were looked at; null where it doesn't say. */
  n: Type.Union([Type.Integer(), Type.Null()]),
  /** The other side of a comparison. */
  compared: Type.Union([Type.Object(side), Type.Null()]),
  /** Share of the counted of whom nothing but a browser is known. */
  unidentifiedShare: Type.Number(),
  rejected: Type.Integer(),
  duplicates: Type.Integer(),
  lagSeconds: Type.Number(),
  linkVersion: Type.Integer(),
  rulesVersion: Type.Integer(),
  computedAt: Type.String(),
  /** Events have come since; a new answer is being made, and whoever asks again gets it once it is there. */
  isOutdated: Type.Optional(Type.Boolean()),
})
export type ReportMeta = Static<typeof ReportMeta>
