import { type Static, Type } from 'typebox'
import { ReportMeta, reportQuestion } from '../reports/contract.ts'
import { Key } from '../touchpoints/contract.ts'
import { OUTCOMES, WINDOWS } from './vocabulary.ts'

const question = {
  ...reportQuestion,
  /** Whose contacts are counted; the product page unless told otherwise. */
  touchpoint: Type.Optional(Key),
  outcome: Type.Optional(Type.Enum([...OUTCOMES])),
  /** Contacts of so many days before the day are counted; 30 unless told otherwise. */
  window: Type.Optional(Type.Integer({ enum: [...WINDOWS] })),
}

export const ExposureQuestion = Type.Object(question, { additionalProperties: false })
export type ExposureQuestion = Static<typeof ExposureQuestion>

/** A value with its 95 % interval. */
const Estimate = Type.Object({ value: Type.Number(), low: Type.Number(), high: Type.Number() })
export type Estimate = Static<typeof Estimate>

/**
 * Values of orders and repeat orders: how many a hundred such customers place in 30 days. Of attitude: −100 … 100. Of
 * recommendation: 0 … 10.
 */
export const ExposureBin = Type.Object({
  /** So many contacts, `to` included; null: and more. */
  from: Type.Integer(),
  to: Type.Union([Type.Integer(), Type.Null()]),
  persons: Type.Integer({ description: 'Who had such a day.' }),
  days: Type.Integer(),
  events: Type.Integer({ description: 'Days on which it came; of marks, days with a mark.' }),
  plain: Type.Union([Type.Number(), Type.Null()], { description: 'As if nothing else differed.' }),
  adjusted: Type.Union([Estimate, Type.Null()], { description: 'All else alike.' }),
  gain: Type.Union([Estimate, Type.Null()], { description: 'What it has more than the group before it.' }),
})
export type ExposureBin = Static<typeof ExposureBin>

export const REFUSALS = [
  'no_contacts',
  'no_outcome',
  'few_exposed',
  'few_unexposed',
  'few_outcomes',
  'told_apart',
  'no_future',
  'active',
  'ends',
  'unclear',
] as const
export type Refusal = (typeof REFUSALS)[number]

export const ExposureAnswer = Type.Object({
  meta: ReportMeta,
  touchpoint: Type.String(),
  outcome: Type.Enum([...OUTCOMES]),
  window: Type.Integer(),
  /** Why the curve may not be believed, or can't be drawn; null: it may. */
  refusal: Type.Union([Type.Enum([...REFUSALS]), Type.Null()]),
  /** Persons with a day at risk, such days, and how often the outcome came on them. */
  persons: Type.Integer(),
  days: Type.Integer(),
  events: Type.Integer(),
  /** Outcomes needed at the least, where there were too few. */
  needed: Type.Union([Type.Integer(), Type.Null()]),
  bins: Type.Array(ExposureBin),
  smooth: Type.Array(
    Type.Object({ contacts: Type.Integer(), value: Type.Number(), low: Type.Number(), high: Type.Number() }),
  ),
  /** What the contacts that there were have brought, against none. */
  effect: Type.Union([Estimate, Type.Null()]),
  /** The group (by its first number) after which more contacts don't bring more; null: none, or nobody can say. */
  enough: Type.Union([Type.Integer(), Type.Null()]),
  /** How much ln(1 + contacts) matters before the day and after it; days of which both are known. */
  future: Type.Union([
    Type.Object({
      past: Estimate,
      future: Estimate,
      pastP: Type.Number(),
      futureP: Type.Number(),
      lead: Estimate,
      days: Type.Integer(),
    }),
    Type.Null(),
  ]),
  /** Of how many persons with the outcome, and without it, some were drawn; null: all were looked at. */
  drawn: Type.Union([Type.Object({ persons: Type.Integer(), of: Type.Integer() }), Type.Null()]),
})
export type ExposureAnswer = Static<typeof ExposureAnswer>

export const ExposurePersonsQuestion = Type.Object(
  {
    ...question,
    /** The group, by its first number of contacts. */
    bin: Type.Integer({ minimum: 0, maximum: 1_000_000 }),
    /** Its last number; none: and more. */
    last: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
    cursor: Type.Optional(Type.String({ maxLength: 200 })),
  },
  { additionalProperties: false },
)
export type ExposurePersonsQuestion = Static<typeof ExposurePersonsQuestion>

export const ExposurePersons = Type.Object({
  items: Type.Array(
    Type.Object({ id: Type.String(), name: Type.Union([Type.String(), Type.Null()]), at: Type.String() }),
  ),
  nextCursor: Type.Union([Type.String(), Type.Null()]),
})
export type ExposurePersons = Static<typeof ExposurePersons>
