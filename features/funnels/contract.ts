import { type Static, type TSchema, Type } from 'typebox'
import { type Filter, FilterSchema } from '../../kernel/filter/schema.ts'
import { ReportMeta, reportQuestion } from '../reports/contract.ts'
import { MAX_WINDOW_DAYS, PAGE_KEYS, STEP_ORDERS, STEP_STATES, UNITS } from './vocabulary.ts'

const strict = { additionalProperties: false }
const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const Key = Type.Optional(Type.String({ minLength: 1, maxLength: 80 }))

/** Which events make the step: those of which everything that is given holds. At least one thing is given. */
export const FunnelStep = Type.Object(
  {
    /** What the event is, or the way its visit came by. */
    touchpoint: Key,
    stage: Key,
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    /** The event reports that an order reached this state. */
    state: Type.Optional(Type.Enum([...STEP_STATES])),
    where: Type.Optional(Type.Unsafe<Filter>(FilterSchema)),
    /** May be left out on the way; the next step is then counted without it. */
    optional: Type.Optional(Type.Boolean()),
    label: Type.Optional(Type.String({ maxLength: 80 })),
  },
  strict,
)
export type FunnelStep = Static<typeof FunnelStep>

const question = {
  /** Days of the period: an attempt begins in them. */
  ...reportQuestion,
  /** JSON: a list of 2 to 64 `FunnelStep`. The shop's standard funnel unless told otherwise. */
  steps: Type.Optional(Type.String({ maxLength: 12_000 })),
  /**
   * `ordered`: one after the other, anything between; `strict`: nothing between; `any`: in whatever order, all inside
   * the period.
   */
  order: Type.Optional(Type.Enum([...STEP_ORDERS])),
  /** From an attempt's first step to its last, in days of 24 hours. */
  window: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: MAX_WINDOW_DAYS })),
  /** What is counted: persons by the best of their attempts, or visits (half an hour of silence ends one). */
  per: Type.Optional(Type.Enum([...UNITS])),
  /** A column (device, channel…) or a path (`traits.city`, `properties.brand`) by which the persons are told apart. */
  by: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
}

export const FunnelQuestion = Type.Object(question)
export type FunnelQuestion = Static<typeof FunnelQuestion>

/** A share with its 95 % interval: by Wilson for persons, with persons as clusters for visits. */
export const Share = Type.Object({
  n: Type.Integer(),
  of: Type.Integer(),
  share: Type.Number(),
  low: Type.Number(),
  high: Type.Number(),
})
export type Share = Static<typeof Share>

/** This side's share less the other's, with its 95 % interval (Newcombe). */
export const Change = Type.Object({
  difference: Type.Number(),
  low: Type.Number(),
  high: Type.Number(),
  /** Chance of a difference at least so large if there were none. */
  p: Type.Number(),
  /** The same after all comparisons of its kind in the report: the share of false findings among those up to this one. */
  q: Type.Number(),
})
export type Change = Static<typeof Change>

/** How many took how long: from `from` (inclusive) to `to` seconds, each 1.19 times as long as the one before. */
export const TimeBin = Type.Object({ from: Type.Number(), to: Type.Number(), n: Type.Integer() })
export type TimeBin = Static<typeof TimeBin>

export const StepFigures = Type.Object({
  n: Type.Integer(),
  /** The persons behind it: the same, or those whose visits they are. */
  persons: Type.Integer(),
  /** Of those who made the first step; null where nobody did. */
  ofFirst: Nullable(Share),
  /** Of those who made the last step before it that can't be left out; null for the first. */
  ofPrevious: Nullable(Share),
  /** Of those, how many came no further; 0 for a step that can be left out and for the last one. */
  left: Type.Integer(),
  /** Seconds from the first step to here, of the attempt that came here first. */
  took: Nullable(
    Type.Object({
      quarter: Type.Number(),
      half: Type.Number(),
      most: Type.Number(),
      nearlyAll: Type.Number(),
      bins: Type.Array(TimeBin),
    }),
  ),
})
export type StepFigures = Static<typeof StepFigures>

/** The same way on the other side of a comparison, and how this side differs from it. */
export const OtherStep = Type.Object({
  ...StepFigures.properties,
  changeOfFirst: Nullable(Change),
  changeOfPrevious: Nullable(Change),
})
export type OtherStep = Static<typeof OtherStep>

export const FunnelAnswer = Type.Object({
  meta: ReportMeta,
  way: Type.Object({
    windowDays: Type.Number(),
    order: Type.Enum([...STEP_ORDERS]),
    per: Type.Enum([...UNITS]),
    /** false: some who began in the period still have time to go on. */
    isOver: Type.Boolean(),
    isStandard: Type.Boolean(),
  }),
  steps: Type.Array(Type.Object({ step: FunnelStep, ...StepFigures.properties })),
  /** The most frequent values first; `value` is null for all the others together. Shares are of the first step. */
  groups: Type.Array(
    Type.Object({
      value: Nullable(Type.String()),
      n: Type.Array(Type.Integer()),
      shares: Type.Array(Nullable(Share)),
    }),
  ),
  /** Of the standard funnel: who came and didn't order; who had something in the cart and didn't order. */
  leaving: Nullable(Type.Object({ withoutBuying: Nullable(Share), inCart: Nullable(Share) })),
  other: Nullable(
    Type.Object({
      steps: Type.Array(OtherStep),
      leaving: Nullable(Type.Object({ withoutBuying: Nullable(Share), inCart: Nullable(Share) })),
    }),
  ),
})
export type FunnelAnswer = Static<typeof FunnelAnswer>

const list = {
  cursor: Type.Optional(Type.String({ maxLength: 500 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
  /** Whose persons are listed: this side's, or those it is compared with. */
  side: Type.Optional(Type.Enum(['this', 'other'])),
}

export const FunnelPersonsQuestion = Type.Object({
  ...question,
  /** The step's place, from 1. */
  step: Type.Integer({ minimum: 1, maximum: 64 }),
  /** `reached` the step, or `left`: came to it and not to the next one that can't be left out. */
  kind: Type.Optional(Type.Enum(['reached', 'left'])),
  ...list,
  /** JSON: values of the breakdown whose persons are listed; with `outside`, all persons but theirs. */
  values: Type.Optional(Type.String({ maxLength: 8_000 })),
  outside: Type.Optional(Type.Boolean()),
})
export type FunnelPersonsQuestion = Static<typeof FunnelPersonsQuestion>

export const FunnelPersons = Type.Object({
  items: Type.Array(
    Type.Object({
      id: Type.String(),
      /** null for a visitor of whom nothing is known. */
      name: Nullable(Type.String()),
      /** When they first came to the step, ISO 8601 UTC. */
      at: Type.String(),
    }),
  ),
  nextCursor: Nullable(Type.String()),
})
export type FunnelPerson = Static<typeof FunnelPersons>['items'][number]
export type FunnelPersons = Static<typeof FunnelPersons>

/** What persons can be told apart by: found in the latest events, the most frequent first. */
export const FunnelFields = Type.Object({
  items: Type.Array(
    Type.Object({
      field: Type.String(),
      kind: Type.Enum(['text', 'number', 'yes_no']),
      /** About how many different values there are among the events looked at. */
      values: Type.Integer(),
    }),
  ),
})
export type FunnelFields = Static<typeof FunnelFields>

/** A figure to look at beside one's own, never a target. */
export const ReferenceFigure = Type.Object(
  {
    about: Type.Enum(['left_without_buying', 'left_in_cart']),
    share: Type.Number({ minimum: 0, maximum: 1 }),
    /** Who says so, where; empty: it has no traceable source. */
    source: Type.String({ maxLength: 300 }),
    /** The day of the source; null where there is none. */
    date: Nullable(Type.String({ format: 'date' })),
  },
  strict,
)
export type ReferenceFigure = Static<typeof ReferenceFigure>

export const ReferenceFigures = Type.Object({ items: Type.Array(ReferenceFigure, { maxItems: 20 }) }, strict)
export type ReferenceFigures = Static<typeof ReferenceFigures>

/** A mean over persons with its 95 % interval; the ends are null where fewer than two persons can't tell it. */
const Mean = Type.Object({ mean: Type.Number(), low: Nullable(Type.Number()), high: Nullable(Type.Number()) })

/** How persons spread over a whole number. */
export const Spread = Type.Object({
  n: Type.Integer(),
  mean: Nullable(Mean),
  values: Type.Array(Type.Object({ value: Type.Integer(), n: Type.Integer(), share: Nullable(Share) })),
  /** Not counted: answers that are no number, or orders before which the history is too short. */
  leftOut: Type.Integer(),
})
export type Spread = Static<typeof Spread>

const MeanChange = Nullable(
  Type.Object({
    difference: Type.Number(),
    low: Type.Number(),
    high: Type.Number(),
    p: Type.Number(),
    q: Type.Number(),
  }),
)

export const ChoosingQuestion = Type.Object(reportQuestion)
export type ChoosingQuestion = Static<typeof ChoosingQuestion>

/** Two figures that are never one: how many shops customers say they compared, and how often they came before ordering. */
export const ChoosingAnswer = Type.Object({
  meta: ReportMeta,
  compared: Spread,
  visits: Spread,
  other: Nullable(
    Type.Object({
      compared: Spread,
      visits: Spread,
      changeOfCompared: MeanChange,
      changeOfVisits: MeanChange,
    }),
  ),
})
export type ChoosingAnswer = Static<typeof ChoosingAnswer>

export const ChoosingPersonsQuestion = Type.Object({
  ...reportQuestion,
  about: Type.Enum(['compared', 'visits']),
  /** This many, or (`andMore`) so many and more. */
  value: Type.Integer({ minimum: 0, maximum: 1000 }),
  andMore: Type.Optional(Type.Boolean()),
  ...list,
})
export type ChoosingPersonsQuestion = Static<typeof ChoosingPersonsQuestion>

export const ReturningQuestion = Type.Object({
  ...reportQuestion,
  /** Pages by the touchpoint that they are, or by the template that their measurement names. */
  pages: Type.Optional(Type.Enum([...PAGE_KEYS])),
})
export type ReturningQuestion = Static<typeof ReturningQuestion>

export const ReturningAnswer = Type.Object({
  meta: ReportMeta,
  by: Type.Enum([...PAGE_KEYS]),
  pages: Type.Array(
    Type.Object({
      page: Type.String(),
      /** Of those who saw it in the period and whose 30 days are over: who came back; null where there is nobody. */
      back: Nullable(Share),
      /** Left out: their 30 days aren't over. */
      open: Type.Integer(),
      other: Nullable(Share),
      change: Nullable(Change),
    }),
  ),
})
export type ReturningAnswer = Static<typeof ReturningAnswer>

export const ReturningPersonsQuestion = Type.Object({
  ...ReturningQuestion.properties,
  page: Type.String({ minLength: 1, maxLength: 200 }),
  kind: Type.Enum(['back', 'gone']),
  ...list,
})
export type ReturningPersonsQuestion = Static<typeof ReturningPersonsQuestion>
