import { type Static, type TSchema, Type } from 'typebox'
import { ReportMeta, reportQuestion } from '../reports/contract.ts'
import { COHORT_SIZES, RETURNS } from './vocabulary.ts'

const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])

const question = {
  ...reportQuestion,
  /** What is a row: a week from Monday, or a month. A week unless told otherwise. */
  size: Type.Optional(Type.Enum([...COHORT_SIZES])),
  /** What counts as coming back. Any contact unless told otherwise. */
  returns: Type.Optional(Type.Enum([...RETURNS])),
}

export const CohortsQuestion = Type.Object({
  ...question,
  /** Tells persons apart by the channel of their first contact. */
  split: Type.Optional(Type.Enum(['channel'])),
})
export type CohortsQuestion = Static<typeof CohortsQuestion>

/** A share with its 95 % interval (Wilson). */
export const Share = Type.Object({
  n: Type.Integer(),
  share: Type.Number(),
  low: Type.Number(),
  high: Type.Number(),
})
export type Share = Static<typeof Share>

/** Who came back in one stretch after the first day: in it (`within`), or in it or before (`by`), of how many. */
export const Retention = Type.Object({ of: Type.Integer(), within: Share, by: Share })
export type Retention = Static<typeof Retention>

/** One entry for each stretch, from the first; null where it isn't over for everybody, or nobody is there. */
const Curve = Type.Array(Nullable(Retention))

export const Cohort = Type.Object({
  /** Days of the shop on which its persons came first, half-open. */
  from: Type.String(),
  to: Type.String(),
  n: Type.Integer(),
  cells: Curve,
})
export type Cohort = Static<typeof Cohort>

/** How far apart the two sides are in a stretch: a share minus the other side's, its interval, p and its discovery rate. */
const Difference = Type.Object({
  difference: Type.Number(),
  low: Type.Number(),
  high: Type.Number(),
  p: Type.Number(),
  /** The smallest false discovery rate at which it counts as found among all stretches (Benjamini–Hochberg). */
  q: Type.Number(),
})
export type Difference = Static<typeof Difference>

export const Cohorts = Type.Object({
  size: Type.Enum([...COHORT_SIZES]),
  returns: Type.Enum([...RETURNS]),
  /** Days of one stretch. */
  stretchDays: Type.Integer(),
  /** Everything before this day of the shop is recorded and over. */
  observedTo: Type.String(),
  /** The day of the first record of the shop: who came before it looks new. null: nothing is recorded. */
  historyFrom: Nullable(Type.String()),
  /** Persons of all cohorts. */
  n: Type.Integer(),
  cohorts: Type.Array(Cohort),
  mean: Curve,
  /** Of the breakdown, most persons first; `value` is null for all others together and '' where it isn't known. */
  groups: Type.Array(Type.Object({ value: Nullable(Type.String()), n: Type.Integer(), mean: Curve })),
  /** The other side of a comparison. */
  other: Nullable(
    Type.Object({
      n: Type.Integer(),
      mean: Curve,
      within: Type.Array(Nullable(Difference)),
      by: Type.Array(Nullable(Difference)),
    }),
  ),
})
export type Cohorts = Static<typeof Cohorts>

export const CohortsAnswer = Type.Object({ meta: ReportMeta, ...Cohorts.properties })
export type CohortsAnswer = Static<typeof CohortsAnswer>

export const CohortPersonsQuestion = Type.Object({
  ...question,
  /** The first day of the cohort, as in `cohorts`. */
  cohort: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }),
  /** The stretch, from 1. */
  stretch: Type.Integer({ minimum: 1, maximum: 12 }),
  kind: Type.Optional(Type.Enum(['all', 'within', 'by', 'not_by'])),
  cursor: Type.Optional(Type.String({ maxLength: 500 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
})
export type CohortPersonsQuestion = Static<typeof CohortPersonsQuestion>

export const CohortPersons = Type.Object({
  items: Type.Array(
    Type.Object({
      id: Type.String(),
      /** null for a visitor of whom nothing is known. */
      name: Nullable(Type.String()),
      /** The first day, of the shop. */
      firstOn: Type.String(),
    }),
  ),
  nextCursor: Nullable(Type.String()),
})
export type CohortPersons = Static<typeof CohortPersons>
export type CohortPerson = CohortPersons['items'][number]
