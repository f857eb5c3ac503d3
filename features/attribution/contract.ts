import { type Static, Type } from 'typebox'

const strict = { additionalProperties: false }

/** Days or instants; the last 90 days unless told otherwise. */
export const AttributionQuestion = Type.Object(
  {
    from: Type.Optional(Type.String({ maxLength: 40 })),
    to: Type.Optional(Type.String({ maxLength: 40 })),
    /** A saved segment. */
    segment: Type.Optional(Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })),
    /** What stands for the way by which a visit came. */
    by: Type.Optional(Type.Enum(['channel', 'source', 'touchpoint'])),
    /** Which orders count: all placed, or those that the customer also took. */
    conversion: Type.Optional(Type.Enum(['ordered', 'bought_out'])),
    /** `without`: journeys that didn't end with an order are left aside (the Markov chain is the one to notice). */
    nulls: Type.Optional(Type.Enum(['with', 'without'])),
    /** Of the Markov chain: how many steps back the next one depends on. */
    order: Type.Optional(Type.Integer({ minimum: 1, maximum: 2 })),
  },
  strict,
)
export type AttributionQuestion = Static<typeof AttributionQuestion>

export const MODELS = [
  'first',
  'last',
  'last-non-direct',
  'linear',
  'position',
  'time-decay',
  'markov',
  'shapley',
] as const

export const ChannelCredit = Type.Object({
  /** A channel, a source in lower case, a touchpoint's key, or `other`: the rare ones together. */
  channel: Type.String(),
  conversions: Type.Number(),
  /** Minor units of the shop's currency. */
  value: Type.Number(),
  /** Of the conversions that can be credited, with a 95 % range over journeys. */
  share: Type.Number(),
  low: Type.Number(),
  high: Type.Number(),
  /** Markov: the share of conversions lost were this channel lost. */
  removalEffect: Type.Optional(Type.Number()),
})
export type ChannelCredit = Static<typeof ChannelCredit>

export const AttributionModelResult = Type.Object({
  model: Type.Enum([...MODELS]),
  /** In the same order in every model. */
  channels: Type.Array(ChannelCredit),
})

export const Attribution = Type.Object({
  meta: Type.Object({
    from: Type.String(),
    to: Type.String(),
    fromDay: Type.String(),
    /** The last day included. */
    toDay: Type.String(),
    timeZone: Type.String(),
    currency: Type.String(),
    segment: Type.Union([Type.Object({ id: Type.Integer(), name: Type.String() }), Type.Null()]),
    by: Type.Enum(['channel', 'source', 'touchpoint']),
    conversion: Type.Enum(['ordered', 'bought_out']),
    nulls: Type.Enum(['with', 'without']),
    order: Type.Integer(),
    /** Journeys: one for each order, and those without one. */
    journeys: Type.Integer(),
    paths: Type.Integer(),
    /** Share of journeys of persons of whom nothing but an anonymous id is known. */
    unidentifiedShare: Type.Number(),
    rejected: Type.Integer(),
    duplicates: Type.Integer(),
    lagSeconds: Type.Number(),
    linkVersion: Type.Integer(),
    rulesVersion: Type.Integer(),
    computedAt: Type.String(),
  }),
  totals: Type.Object({
    conversions: Type.Integer(),
    value: Type.Integer(),
    /** Journeys without an order. */
    nulls: Type.Integer(),
    /** Orders in another currency: counted, their money isn't. */
    foreign: Type.Integer(),
    /** Orders before which no visit was recorded: they are nobody's. */
    unknown: Type.Object({ conversions: Type.Integer(), value: Type.Integer() }),
  }),
  models: Type.Array(AttributionModelResult),
})
export type Attribution = Static<typeof Attribution>
