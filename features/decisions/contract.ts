import { type Static, Type } from 'typebox'

/** As the registry writes its keys. */
const KEY_PATTERN = '^[a-z][a-z0-9_]{0,39}$'
const Key = Type.String({ pattern: KEY_PATTERN })

/** `YYYY-MM-DD` in the shop's zone. */
const DayText = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })
const MAX_COST = 1e13
// One schema of two types and not a union of two: in a union the server's coercion would read null as 0 or ''.
const NullableKey = Type.Unsafe<string | null>({ type: ['string', 'null'], pattern: KEY_PATTERN })

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
}

export const Decision = Type.Object({
  id: Type.Integer(),
  ...fields,
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
  },
  { additionalProperties: false },
)
export type NewDecision = Static<typeof NewDecision>

export const DecisionChange = Type.Partial(NewDecision)
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
