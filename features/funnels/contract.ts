import { type Static, type TSchema, Type } from 'typebox'
import { type Filter, FilterSchema } from '../../kernel/filter/schema.ts'
import { MAX_WINDOW_DAYS, STEP_ORDERS, STEP_STATES, UNITS } from './vocabulary.ts'

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
  /** Calendar days of the shop or instants, half-open: an attempt begins in it. The last 90 days unless told otherwise. */
  from: Type.Optional(Type.String()),
  to: Type.Optional(Type.String()),
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
  /** A saved segment. */
  segment: Type.Optional(Type.Integer({ minimum: 1 })),
  /** A column (device, channel…) or a path (`traits.city`, `properties.brand`) by which the persons are told apart. */
  by: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
}

export const FunnelQuestion = Type.Object(question)
export type FunnelQuestion = Static<typeof FunnelQuestion>

/** A share with its 95 % interval (Wilson). The ends are null for sessions: those of one person aren't independent. */
export const Share = Type.Object({
  n: Type.Integer(),
  of: Type.Integer(),
  share: Type.Number(),
  low: Nullable(Type.Number()),
  high: Nullable(Type.Number()),
})
export type Share = Static<typeof Share>

export const StepFigures = Type.Object({
  n: Type.Integer(),
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
    }),
  ),
})
export type StepFigures = Static<typeof StepFigures>

export const FunnelAnswer = Type.Object({
  meta: Type.Object({
    from: Type.String(),
    to: Type.String(),
    timeZone: Type.String(),
    windowDays: Type.Number(),
    order: Type.Enum([...STEP_ORDERS]),
    per: Type.Enum([...UNITS]),
    /** false: some who began in the period still have time to go on. */
    isOver: Type.Boolean(),
    /** Share of the counted who are known by a browser alone. */
    unidentifiedShare: Type.Number(),
    lagSeconds: Type.Number(),
    linkVersion: Type.Integer(),
    rulesVersion: Type.Integer(),
    computedAt: Type.String(),
  }),
  steps: Type.Array(Type.Object({ step: FunnelStep, ...StepFigures.properties })),
  /** The most frequent values first, each by the number at every step; `value` is null for all the others together. */
  groups: Type.Array(Type.Object({ value: Nullable(Type.String()), n: Type.Array(Type.Integer()) })),
  /** Of the standard funnel: who came and didn't order; who had something in the cart and didn't order. */
  leaving: Nullable(Type.Object({ withoutBuying: Nullable(Share), inCart: Nullable(Share) })),
})
export type FunnelAnswer = Static<typeof FunnelAnswer>

export const FunnelPersonsQuestion = Type.Object({
  ...question,
  /** The step's place, from 1. */
  step: Type.Integer({ minimum: 1, maximum: 64 }),
  /** `reached` the step, or `left`: came to it and not to the next one that can't be left out. */
  kind: Type.Optional(Type.Enum(['reached', 'left'])),
  cursor: Type.Optional(Type.String({ maxLength: 500 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
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
