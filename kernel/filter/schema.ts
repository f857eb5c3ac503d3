import Type from 'typebox'

export const OPERATORS = [
  'equals',
  'not_equals',
  'in',
  'not_in',
  'contains',
  'not_contains',
  'starts_with',
  'ends_with',
  'matches',
  'less',
  'at_most',
  'more',
  'at_least',
  'between',
  'before',
  'since',
  'within',
  'has',
  'not_has',
  'exists',
  'not_exists',
] as const

export type Operator = (typeof OPERATORS)[number]
export type FilterValue = string | number | boolean | ReadonlyArray<string | number>

export interface Condition {
  field: string
  op: Operator
  value?: FilterValue
  ignoreCase?: boolean
}

/** A filter as it is sent and kept. Its meaning is in README.md of this folder. */
export type Filter = { all: Filter[] } | { any: Filter[] } | { not: Filter } | Condition

export const MAX_DEPTH = 12
export const MAX_CONDITIONS = 200
export const MAX_LIST = 500
export const MAX_TEXT = 500

const ConditionSchema = Type.Object(
  {
    field: Type.String({ maxLength: 1000 }),
    op: Type.Enum([...OPERATORS]),
    value: Type.Optional(
      Type.Union([
        Type.String({ maxLength: MAX_TEXT }),
        Type.Number(),
        Type.Boolean(),
        Type.Array(Type.Union([Type.String({ maxLength: MAX_TEXT }), Type.Number()]), { maxItems: MAX_LIST }),
      ]),
    ),
    ignoreCase: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
)

/**
 * The shape of a filter, for requests and their documentation. It doesn't know which operator goes with which field:
 * `parseFilter` says that, with the place of each mistake.
 */
export const FilterSchema = Type.Cyclic(
  {
    Filter: Type.Union([
      Type.Object(
        { all: Type.Array(Type.Ref('Filter'), { maxItems: MAX_CONDITIONS }) },
        { additionalProperties: false },
      ),
      Type.Object(
        { any: Type.Array(Type.Ref('Filter'), { maxItems: MAX_CONDITIONS }) },
        { additionalProperties: false },
      ),
      Type.Object({ not: Type.Ref('Filter') }, { additionalProperties: false }),
      ConditionSchema,
    ]),
  },
  'Filter',
)
