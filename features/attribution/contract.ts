import { type Static, type TSchema, Type } from 'typebox'
import { ReportMeta, reportQuestion } from '../reports/contract.ts'

const strict = { additionalProperties: false }
const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])

export const WAYS = ['channel', 'source', 'campaign', 'touchpoint'] as const

const question = {
  ...reportQuestion,
  /** What stands for the way by which a visit came. */
  by: Type.Optional(Type.Enum([...WAYS])),
  /** Which orders count: all placed, or those that the customer also took. */
  conversion: Type.Optional(Type.Enum(['ordered', 'bought_out'])),
  /** `without`: journeys that didn't end with an order are left aside (the Markov chain is the one to notice). */
  nulls: Type.Optional(Type.Enum(['with', 'without'])),
  /** Of the Markov chain: how many steps back the next one depends on. */
  order: Type.Optional(Type.Integer({ minimum: 1, maximum: 2 })),
}

export const AttributionQuestion = Type.Object(question, strict)
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

/** A figure with its 95 % range; `high` is null where nothing bounds it. */
const Bounded = Type.Object({ value: Type.Number(), low: Type.Number(), high: Nullable(Type.Number()) })
export type Bounded = Static<typeof Bounded>

const Range = Type.Object({ low: Type.Number(), high: Type.Number() })

export const ChannelCredit = Type.Object({
  /** A channel, a source or campaign in lower case, a touchpoint's key, or `other`: the rare ones together. */
  channel: Type.String(),
  conversions: Type.Number(),
  conversionsRange: Range,
  /** Minor units of the shop's currency. */
  value: Type.Number(),
  valueRange: Range,
  /** Of the conversions that can be credited, with a 95 % range over journeys. */
  share: Type.Number(),
  low: Type.Number(),
  high: Type.Number(),
  /** Markov: the share of conversions lost were this channel lost. */
  removalEffect: Type.Optional(Type.Number()),
  /** How the share differs from the compared side's; q: the smallest false discovery rate at which that counts. */
  change: Type.Optional(
    Type.Object({
      share: Type.Number(),
      difference: Type.Number(),
      low: Type.Number(),
      high: Type.Number(),
      q: Type.Number(),
    }),
  ),
  /** Minor units for an order that the model credits; null without costs. */
  costPerOrder: Nullable(Bounded),
  /** Money credited for each unit of money spent. */
  return: Nullable(Bounded),
})
export type ChannelCredit = Static<typeof ChannelCredit>

export const AttributionModelResult = Type.Object({
  model: Type.Enum([...MODELS]),
  /** In the same order in every model. */
  channels: Type.Array(ChannelCredit),
})

const WayCost = Type.Object({
  way: Type.String(),
  amount: Type.Integer(),
  impressions: Nullable(Type.Integer()),
  clicks: Nullable(Type.Integer()),
})
export type WayCost = Static<typeof WayCost>

export const PeriodCosts = Type.Object({
  /** All costs of the period, minor units. */
  amount: Type.Integer(),
  /** Costs are of everybody: beside a part of the customers they would mislead, so nothing is divided by them. */
  isWithheld: Type.Boolean(),
  days: Type.Integer(),
  daysWithCosts: Type.Integer(),
  /** Runs of days for which nothing is known, both ends included; the first ten. */
  gaps: Type.Array(Type.Object({ from: Type.String(), to: Type.String() })),
  /** By the ways of the models. */
  ways: Type.Array(WayCost),
  /** Ways that cost money and are on no path; the dearest fifty. */
  unmatched: Type.Array(WayCost),
  unmatchedAmount: Type.Integer(),
})
export type PeriodCosts = Static<typeof PeriodCosts>

const Totals = Type.Object({
  conversions: Type.Integer(),
  value: Type.Number(),
  /** Journeys without an order. */
  nulls: Type.Integer(),
  /** Orders in another currency: counted, their money isn't. */
  foreign: Type.Integer(),
  /** Orders before which no visit was recorded: they are nobody's. */
  unknown: Type.Object({ conversions: Type.Integer(), value: Type.Number() }),
})
export type Totals = Static<typeof Totals>

export const Attribution = Type.Object({
  meta: Type.Intersect([
    ReportMeta,
    Type.Object({
      by: Type.Enum([...WAYS]),
      conversion: Type.Enum(['ordered', 'bought_out']),
      nulls: Type.Enum(['with', 'without']),
      order: Type.Integer(),
      /** Journeys: one for each order, and those without one. */
      journeys: Type.Integer(),
      paths: Type.Integer(),
    }),
  ]),
  totals: Totals,
  comparedTotals: Nullable(Totals),
  /** By way: orders and journeys that met it, whoever is credited. In the order of the models' channels. */
  reach: Type.Array(
    Type.Object({ channel: Type.String(), orders: Type.Integer(), journeys: Type.Integer() }),
  ),
  /** How many rare ways are together in `other`. */
  joinedWays: Type.Integer(),
  models: Type.Array(AttributionModelResult),
  /** null where the period has none. */
  costs: Nullable(PeriodCosts),
})
export type Attribution = Static<typeof Attribution>

export const PathOrdersQuestion = Type.Object(
  {
    ...question,
    /** On whose path the way stands; '' for orders before which no visit is known, `other` for the rare ones. */
    way: Type.String({ maxLength: 600 }),
    cursor: Type.Optional(Type.String({ maxLength: 500 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
  },
  strict,
)
export type PathOrdersQuestion = Static<typeof PathOrdersQuestion>

export const PathOrder = Type.Object({
  order: Type.String(),
  at: Type.String(),
  person: Type.String(),
  name: Nullable(Type.String()),
  /** Minor units of the shop's currency; null in another one. */
  value: Nullable(Type.Number()),
  /** The ways that led to it, in the order of time; the last hundred. */
  path: Type.Array(Type.String()),
})
export type PathOrder = Static<typeof PathOrder>

export const PathOrders = Type.Object({ items: Type.Array(PathOrder), nextCursor: Nullable(Type.String()) })
export type PathOrders = Static<typeof PathOrders>

/** Orders in each whole week, the first one first: how restless they are tells how long a trial takes. */
export const WeeklyOrders = Type.Object({ weeks: Type.Array(Type.Integer()) })
export type WeeklyOrders = Static<typeof WeeklyOrders>

const Word = Type.String({ maxLength: 255 })

/** How a table of ad costs is to be read; `save` false only looks. */
export const CostImportQuestion = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 1_000 }),
    save: Type.Optional(Type.Boolean()),
    source: Type.Optional(Word),
    medium: Type.Optional(Word),
    dateOrder: Type.Optional(Type.Enum(['dmy', 'mdy'])),
    decimal: Type.Optional(Type.Enum(['.', ','])),
  },
  strict,
)
export type CostImportQuestion = Static<typeof CostImportQuestion>

export const COST_PROBLEMS = ['no_source', 'ambiguous_days', 'ambiguous_amounts', 'no_rows'] as const

export const CostImport = Type.Object({
  isSaved: Type.Boolean(),
  kind: Type.Enum(['google_ads', 'yandex_direct', 'meta', 'plain']),
  columns: Type.Array(Type.Object({ field: Type.String(), column: Type.String() })),
  rows: Type.Integer(),
  sums: Type.Integer(),
  bad: Type.Integer(),
  badRows: Type.Array(Type.Object({ line: Type.Integer(), reason: Type.String(), detail: Type.String() })),
  /** What stands in the way of saving. */
  problems: Type.Array(Type.Enum([...COST_PROBLEMS])),
  days: Nullable(Type.Object({ from: Type.String(), to: Type.String() })),
  /** Days of campaigns, and how many of them stood already and take the new figures. */
  entries: Type.Integer(),
  replaced: Type.Integer(),
  amount: Type.Integer(),
  currency: Type.String(),
  campaigns: Type.Integer(),
  /** By the channel to which the costs are put. */
  channels: Type.Array(Type.Object({ channel: Type.String(), amount: Type.Integer() })),
})
export type CostImport = Static<typeof CostImport>

const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })

export const CostListQuestion = Type.Object(
  {
    from: Type.Optional(Day),
    to: Type.Optional(Day),
    cursor: Type.Optional(Type.String({ maxLength: 500 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  },
  strict,
)
export type CostListQuestion = Static<typeof CostListQuestion>

/** A campaign with what it cost in the asked days. */
export const CostCampaign = Type.Object({
  channel: Type.String(),
  source: Type.String(),
  medium: Type.String(),
  campaign: Type.String(),
  amount: Type.Integer(),
  currency: Type.String(),
  impressions: Nullable(Type.Integer()),
  clicks: Nullable(Type.Integer()),
  days: Type.Integer(),
  firstDay: Type.String(),
  lastDay: Type.String(),
})
export type CostCampaign = Static<typeof CostCampaign>

export const CostList = Type.Object({
  /** The dearest first. */
  items: Type.Array(CostCampaign),
  nextCursor: Nullable(Type.String()),
})
export type CostList = Static<typeof CostList>

/** Days of the shop, half-open. */
export const CostRemoval = Type.Object({ from: Day, to: Day }, strict)
export const CostsRemoved = Type.Object({ entries: Type.Integer(), amount: Type.Integer() })
export type CostsRemoved = Static<typeof CostsRemoved>
