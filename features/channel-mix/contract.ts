import { type Static, type TSchema, Type } from 'typebox'
import { ReportMeta, reportQuestion } from '../reports/contract.ts'
import { CARE_WAYS, MIX_GROUPS } from './vocabulary.ts'

const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])

/** An estimate with its 95 % interval, clustered by person. `n` counts the persons it rests on. */
const Estimate = Type.Object({
  n: Type.Integer(),
  mean: Type.Number(),
  low: Type.Number(),
  high: Type.Number(),
})
export type Estimate = Static<typeof Estimate>

/** What was said about orders, as it is and as it would be were all mixes alike in what they are adjusted for. */
const Opinion = Type.Object({
  /** Persons who said something, and orders about which something was said. */
  persons: Type.Integer(),
  orders: Type.Integer(),
  /** Persons who said something ÷ persons. */
  heardShare: Type.Number(),
  /** null: fewer than 30 persons. */
  raw: Nullable(Estimate),
  /** null: too few alike cases in the other mixes to compare with. */
  adjusted: Nullable(Estimate),
})
export type Opinion = Static<typeof Opinion>

const figures = {
  orders: Type.Integer(),
  persons: Type.Integer(),
  share: Nullable(Estimate),
  /** Of the money in the shop's currency; null without any. */
  revenueShare: Nullable(Estimate),
  /** Minor units. */
  value: Type.Integer(),
  /** Of the orders that came to an end after they were sent; null: fewer than 30 persons. */
  boughtOut: Nullable(Estimate),
  /** Orders with a problem. */
  problems: Type.Integer(),
  /** −100 … 100. */
  said: Opinion,
  /** 0 … 10. */
  recommendation: Opinion,
}
export const MixFigures = Type.Object(figures)
export type MixFigures = Static<typeof MixFigures>

const Group = Type.Object({ key: Type.Enum([...MIX_GROUPS]), ...figures })
const Mix = Type.Object({
  /** Bits of the ways (vocabulary.ts); −1 for all the rare ones together. */
  key: Type.Integer(),
  ways: Type.Array(Type.Enum([...CARE_WAYS])),
  ...figures,
})
export type MixItem = Static<typeof Mix>

/** Orders alike in what they are adjusted for. */
const Stratum = Type.Object({
  problem: Type.Boolean(),
  /** null where it isn't told apart by this. */
  returning: Nullable(Type.Boolean()),
  /** null where it isn't told apart by this; '' for all categories too small to stand alone. */
  category: Nullable(Type.String()),
  orders: Type.Integer(),
  /** Groups in which too few said something about such orders. */
  missing: Type.Array(Type.Enum([...MIX_GROUPS])),
})
export type Stratum = Static<typeof Stratum>

const Adjusting = Type.Object({
  by: Type.Array(Type.Enum(['problem', 'returning', 'category'])),
  groups: Type.Array(Type.Enum([...MIX_GROUPS])),
  strata: Type.Integer(),
  /** Share of all orders that lie in strata where every group can be compared. */
  covered: Type.Number(),
  /** The strata left out, the largest first, ten at most. */
  left: Type.Array(Stratum),
})
export type Adjusting = Static<typeof Adjusting>

const Side = Type.Object({
  orders: Type.Integer(),
  persons: Type.Integer(),
  value: Type.Integer(),
  /** Orders in another currency than the shop's. */
  foreign: Type.Integer(),
  problems: Type.Integer(),
  groups: Type.Array(Group),
  mixes: Type.Array(Mix),
  /** null: fewer than two groups of which enough is known. */
  adjusting: Type.Object({ said: Nullable(Adjusting), recommendation: Nullable(Adjusting) }),
})
export type MixSide = Static<typeof Side>

const Change = Type.Object({
  group: Nullable(Type.Enum([...MIX_GROUPS])),
  mix: Nullable(Type.Integer()),
  about: Type.Enum(['share', 'said']),
  /** This side less the other. */
  difference: Type.Number(),
  low: Type.Number(),
  high: Type.Number(),
  p: Type.Number(),
  /** The smallest false discovery rate at which it counts as found (Benjamini–Hochberg over all changes). */
  rate: Type.Number(),
})
export type MixChange = Static<typeof Change>

export const ChannelMixQuestion = Type.Object(reportQuestion)
export type ChannelMixQuestion = Static<typeof ChannelMixQuestion>

export const ChannelMix = Type.Object({
  meta: ReportMeta,
  ...Side.properties,
  other: Nullable(Side),
  changes: Type.Array(Change),
})
export type ChannelMix = Static<typeof ChannelMix>

export const MixOrdersQuestion = Type.Object({
  ...reportQuestion,
  group: Type.Optional(Type.Enum([...MIX_GROUPS])),
  /** Bits of the ways, exactly these. */
  mix: Type.Optional(Type.Integer({ minimum: 0, maximum: 1023 })),
  problem: Type.Optional(Type.Boolean()),
  cursor: Type.Optional(Type.String({ maxLength: 500 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
})
export type MixOrdersQuestion = Static<typeof MixOrdersQuestion>

export const MixOrders = Type.Object({
  items: Type.Array(
    Type.Object({
      id: Type.String(),
      at: Type.String(),
      person: Type.Object({ id: Type.String(), name: Nullable(Type.String()) }),
      ways: Type.Array(Type.Enum([...CARE_WAYS])),
      problem: Type.Boolean(),
      /** −100 … 100; null where nothing was said. */
      said: Nullable(Type.Number()),
    }),
  ),
  nextCursor: Nullable(Type.String()),
})
export type MixOrders = Static<typeof MixOrders>
export type MixOrder = MixOrders['items'][number]
