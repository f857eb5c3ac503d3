import { type Static, Type } from 'typebox'
import { ReportMeta } from '../reports/contract.ts'
import {
  COMPARISONS,
  DECISION_STATES,
  DIRECTIONS,
  type Direction,
  EFFECT_MEASURES,
  type EffectMeasure,
  REASONS,
  VERDICT_WORDS,
} from './vocabulary.ts'

/** As the registry writes its keys. */
const KEY_PATTERN = '^[a-z][a-z0-9_]{0,39}$'
const Key = Type.String({ pattern: KEY_PATTERN })

/** `YYYY-MM-DD` in the shop's zone. */
const DayText = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })
const MAX_COST = 1e13
// One schema of two types and not a union of two: in a union the server's coercion would read null as 0 or ''.
const NullableKey = Type.Unsafe<string | null>({ type: ['string', 'null'], pattern: KEY_PATTERN })

function nullableOf<T extends string>(values: readonly T[]) {
  return Type.Unsafe<T | null>({ type: ['string', 'null'], enum: [...values, null] })
}

const fields = {
  /** When the change took effect; may lie ahead. */
  day: DayText,
  /** What was changed, in the shop's words. */
  title: Type.String({ minLength: 1, maxLength: 120 }),
  /** Where: a touchpoint, a stage, or the whole path where both are null. */
  stage: NullableKey,
  touchpoint: NullableKey,
  /** Minor units of the shop's currency; null where nobody counted. */
  cost: Type.Unsafe<number | null>({ type: ['integer', 'null'], minimum: 0, maximum: MAX_COST }),
  /** What the shop expects of it. */
  expected: Type.String({ maxLength: 300 }),
  note: Type.String({ maxLength: 2_000 }),
  /** The saved segment to which the change applied; null: everybody. */
  segment: Type.Unsafe<number | null>({
    type: ['integer', 'null'],
    minimum: 1,
    maximum: Number.MAX_SAFE_INTEGER,
  }),
  /** What should move, which way, and by how many points (hundredths of what is possible); null: not said. */
  expectedMeasure: nullableOf<EffectMeasure>(EFFECT_MEASURES),
  expectedDirection: nullableOf<Direction>(DIRECTIONS),
  expectedSize: Type.Unsafe<number | null>({ type: ['number', 'null'], exclusiveMinimum: 0, maximum: 200 }),
  /** The member who answers for it. */
  owner: Type.Unsafe<string | null>({ type: ['string', 'null'], minLength: 1, maxLength: 60 }),
  state: Type.Enum([...DECISION_STATES]),
  /** The first day on which it no longer held, of one that was undone. */
  endDay: Type.Unsafe<string | null>({ type: ['string', 'null'], pattern: '^\\d{4}-\\d{2}-\\d{2}$' }),
}

export const Decision = Type.Object({
  id: Type.Integer(),
  ...fields,
  /** How the owner is called; null where nobody is named, or is no member any more. */
  ownerName: Type.Union([Type.String(), Type.Null()]),
  currency: Type.String(),
  createdBy: Type.String(),
  createdAt: Type.String({ format: 'date-time' }),
  updatedAt: Type.String({ format: 'date-time' }),
})
export type Decision = Static<typeof Decision>

export const NewDecision = Type.Object(
  {
    day: fields.day,
    title: fields.title,
    stage: Type.Optional(fields.stage),
    touchpoint: Type.Optional(fields.touchpoint),
    cost: Type.Optional(fields.cost),
    expected: Type.Optional(fields.expected),
    note: Type.Optional(fields.note),
    segment: Type.Optional(fields.segment),
    expectedMeasure: Type.Optional(fields.expectedMeasure),
    expectedDirection: Type.Optional(fields.expectedDirection),
    expectedSize: Type.Optional(fields.expectedSize),
    owner: Type.Optional(fields.owner),
    state: Type.Optional(fields.state),
    endDay: Type.Optional(fields.endDay),
  },
  { additionalProperties: false },
)
export type NewDecision = Static<typeof NewDecision>

export const DecisionChange = Type.Partial(NewDecision, { additionalProperties: false, minProperties: 1 })
export type DecisionChange = Static<typeof DecisionChange>

export const DecisionListQuery = Type.Object({
  /** Days of the shop, half-open. */
  from: Type.Optional(DayText),
  to: Type.Optional(DayText),
  stage: Type.Optional(Key),
  touchpoint: Type.Optional(Key),
  cursor: Type.Optional(Type.String({ maxLength: 500 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
})
export type DecisionListQuery = Static<typeof DecisionListQuery>

export const DecisionList = Type.Object({
  items: Type.Array(Decision),
  nextCursor: Type.Union([Type.String(), Type.Null()]),
})
export type DecisionList = Static<typeof DecisionList>

/** 95 % interval of a mean over persons; said in −100 … 100, kept and orders in 0 … 1, money in minor units. */
const Level = Type.Object({
  n: Type.Integer(),
  mean: Type.Number(),
  low: Type.Number(),
  high: Type.Number(),
})
const MaybeLevel = Type.Union([Level, Type.Null()])
const Side = Type.Object({ before: MaybeLevel, after: MaybeLevel })
const Change = Type.Object({
  difference: Type.Number(),
  low: Type.Number(),
  high: Type.Number(),
  /** Chance of so large a difference, either way, if there were none. */
  p: Type.Number(),
  /** Persons of the smallest of the groups that are compared: below 100 a word and a range are told, and no number. */
  smallest: Type.Integer(),
})
export type Change = Static<typeof Change>

export const MeasureVerdict = Type.Object({
  measure: Type.Enum([...EFFECT_MEASURES]),
  word: Type.Enum([...VERDICT_WORDS]),
  comparison: Type.Enum([...COMPARISONS]),
  place: Side,
  others: Side,
  /** How much more the place changed than the others did; without a comparison how much it changed. */
  change: Type.Union([Change, Type.Null()]),
  /** The same between the earlier and the later half of the time before, when nothing had been changed yet. */
  before: Type.Union([Change, Type.Null()]),
  /** The two went apart before the change already, so that the comparison says little. */
  isApartBefore: Type.Boolean(),
  /** Enough was seen of both before the change, and no difference. False too where too few were there to see any. */
  isAlikeBefore: Type.Boolean(),
  weeks: Type.Array(
    Type.Object({ day: Type.String(), at: Type.Integer(), place: MaybeLevel, others: MaybeLevel }),
  ),
})
export type MeasureVerdict = Static<typeof MeasureVerdict>

export const Verdict = Type.Object({
  decision: Type.Integer(),
  word: Type.Enum([...VERDICT_WORDS]),
  /** Why there is no verdict; `lookAgain` is the day from which there may be one. */
  reason: Type.Union([Type.Enum([...REASONS]), Type.Null()]),
  lookAgain: Type.Union([Type.String(), Type.Null()]),
  /** Of the measure that was expected to move, or of all. */
  isCausal: Type.Boolean(),
  weeksAfter: Type.Integer(),
  measures: Type.Array(MeasureVerdict),
  expected: Type.Union([
    Type.Object({
      measure: Type.Enum([...EFFECT_MEASURES]),
      direction: Type.Enum([...DIRECTIONS]),
      size: Type.Union([Type.Number(), Type.Null()]),
      /** Found within what was expected, in the direction but less, not seen, the other way, or not known yet. */
      came: Type.Enum(['as_expected', 'less', 'not_seen', 'opposite', 'unknown']),
    }),
    Type.Null(),
  ]),
  /** Money of orders within 14 days that came more than in the comparison, for all who met the place after. */
  gained: Type.Union([
    Type.Object({
      persons: Type.Integer(),
      weeks: Type.Integer(),
      mean: Type.Number(),
      low: Type.Number(),
      high: Type.Number(),
      currency: Type.String(),
    }),
    Type.Null(),
  ]),
  /** Other decisions at the same place in the time that is compared. */
  besides: Type.Array(Type.Object({ id: Type.Integer(), day: Type.String(), title: Type.String() })),
  meta: ReportMeta,
})
export type Verdict = Static<typeof Verdict>
