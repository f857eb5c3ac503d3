import { type Static, Type } from 'typebox'
import { ReportMeta } from '../reports/contract.ts'
import { DUES, RHYTHMS } from './vocabulary.ts'

const Key = Type.String({ pattern: '^[a-z][a-z0-9_]{0,39}$' })
const DAY_PATTERN = '^\\d{4}-\\d{2}-\\d{2}$'
const Nullable = <T extends string | number>(type: 'string' | 'integer', rest: object = {}) =>
  Type.Unsafe<T | null>({ type: [type, 'null'], ...rest })

/** Over persons, with its 95 % interval: said −100 … 100, kept 0 … 1. */
const Level = Type.Union([
  Type.Object({ n: Type.Integer(), mean: Type.Number(), low: Type.Number(), high: Type.Number() }),
  Type.Null(),
])
const figures = { persons: Type.Integer(), said: Level, kept: Level }
export const ReviewFigures = Type.Object(figures)
export type ReviewFigures = Static<typeof ReviewFigures>

export const ReviewCheck = Type.Object({
  id: Type.Integer(),
  touchpoint: Type.String(),
  day: Type.String(),
  note: Type.String(),
  by: Type.String(),
  createdAt: Type.String({ format: 'date-time' }),
})
export type ReviewCheck = Static<typeof ReviewCheck>
export const ReviewChecks = Type.Object({ items: Type.Array(ReviewCheck) })
export type ReviewChecks = Static<typeof ReviewChecks>

/** A touchpoint with its regular check. */
export const Review = Type.Object({
  touchpoint: Type.String(),
  stage: Type.String(),
  due: Type.Enum([...DUES]),
  /** The day of the shop on which it is due; null: never begun, or not regular. */
  nextOn: Type.Union([Type.String(), Type.Null()]),
  /** Days until then; negative: late. */
  daysLeft: Type.Union([Type.Integer(), Type.Null()]),
  everyWeeks: Type.Union([Type.Integer(), Type.Null()]),
  owner: Type.Union([Type.String(), Type.Null()]),
  ownerName: Type.Union([Type.String(), Type.Null()]),
  last: Type.Union([ReviewCheck, Type.Null()]),
  hasStandard: Type.Boolean(),
  /** Of the last eight weeks, and of the eight before. */
  now: ReviewFigures,
  before: ReviewFigures,
  weeks: Type.Array(ReviewFigures),
  /** The latest of the last half year, at this touchpoint or on its whole stage. */
  decisions: Type.Array(Type.Object({ id: Type.Integer(), day: Type.String(), title: Type.String() })),
})
export type Review = Static<typeof Review>

export const ReviewList = Type.Object({
  items: Type.Array(Review),
  /** The first day of each week of the trends. */
  days: Type.Array(Type.String()),
  meta: ReportMeta,
})
export type ReviewList = Static<typeof ReviewList>

/** How a touchpoint is to be checked; what is left out stays. */
export const ReviewChange = Type.Object(
  {
    everyWeeks: Type.Optional(Nullable<number>('integer', { enum: [...RHYTHMS, null] })),
    owner: Type.Optional(Nullable<string>('string', { minLength: 1, maxLength: 60 })),
    nextOn: Type.Optional(Nullable<string>('string', { pattern: DAY_PATTERN })),
  },
  { additionalProperties: false, minProperties: 1 },
)
export type ReviewChange = Static<typeof ReviewChange>

export const NewCheck = Type.Object(
  { note: Type.Optional(Type.String({ maxLength: 2_000 })) },
  { additionalProperties: false },
)
export type NewCheck = Static<typeof NewCheck>

export const TouchpointKey = Key
