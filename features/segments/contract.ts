import { type Static, type TSchema, Type } from 'typebox'
import type { Filter } from '../../kernel/filter/schema.ts'
import { MAX_STEPS } from './limits.ts'
import { FEEDBACK_KINDS, SEGMENT_ORDER_STATES, TOUCH_FIELDS } from './vocabulary.ts'

const strict = { additionalProperties: false }
const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])

/** `YYYY-MM-DD` in the shop's zone. */
const DayText = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })
const Days = Type.Integer({ minimum: 1, maximum: 3_650 })

/**
 * When something happened; left out, whenever. `lastDays: 7` is today and the seven whole days before it. `from` and
 * `to` are days of the shop, half-open. `period` is the period of the report that the segment is used in; where there
 * is none, whenever.
 */
export const When = Type.Union([
  Type.Object({ lastDays: Days }, strict),
  Type.Object({ from: DayText, to: DayText }, strict),
  Type.Object({ period: Type.Literal('report') }, strict),
])
export type When = Static<typeof When>

/** How many times. `exactly 0` is "never". */
export const Times = Type.Object(
  {
    how: Type.Enum(['at_least', 'at_most', 'exactly']),
    n: Type.Integer({ minimum: 0, maximum: 1_000_000 }),
  },
  strict,
)
export type Times = Static<typeof Times>

/** Which events are meant: those of which everything that is given holds. At least one thing is given. */
export const Which = Type.Object(
  {
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    touchpoint: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
    stage: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
    channel: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
    /** A filter of kernel/filter on the event. */
    where: Type.Optional(Type.Unsafe<Filter>(Type.Object({}))),
  },
  strict,
)
export type Which = Static<typeof Which>

const when = Type.Optional(When)

/** One condition a person meets or doesn't, by what it is about. */
export const conditionSchemas = {
  /** Known by a user id, an e-mail, a phone or a messenger; or only as a browser. */
  known: Type.Object({ about: Type.Literal('known'), is: Type.Boolean() }, strict),
  /**
   * What was said last of the person: a condition of kernel/filter on `traits.<name>` or on `context.locale` and its
   * like, asked of the person's latest event that has the field. Of whom it was never said: of nothing.
   */
  trait: Type.Object({ about: Type.Literal('trait'), where: Type.Unsafe<Filter>(Type.Object({})) }, strict),
  event: Type.Object({ about: Type.Literal('event'), which: Which, times: Times, when }, strict),
  /** Each step strictly later than the one before; all within so many days (of 24 hours) from the first to the last. */
  sequence: Type.Object(
    {
      about: Type.Literal('sequence'),
      steps: Type.Array(Which, { minItems: 2, maxItems: MAX_STEPS }),
      withinDays: Type.Optional(Days),
      when,
    },
    strict,
  ),
  /** Number of different orders that reached a state in that time. */
  orders: Type.Object(
    { about: Type.Literal('orders'), state: Type.Enum([...SEGMENT_ORDER_STATES]), times: Times, when },
    strict,
  ),
  /** Money of the orders that reached a state in that time, minor units of the shop's currency; each order once. */
  spent: Type.Object(
    {
      about: Type.Literal('spent'),
      state: Type.Enum([...SEGMENT_ORDER_STATES]),
      how: Type.Enum(['at_least', 'at_most']),
      amount: Type.Integer({ minimum: 0, maximum: 1e13 }),
      when,
    },
    strict,
  ),
  /** The latest order was placed less or more than so many days ago; of whoever never ordered neither holds. */
  last_order: Type.Object(
    { about: Type.Literal('last_order'), how: Type.Enum(['less', 'more']), days: Days },
    strict,
  ),
  /** What the person answered, by the score as it was given; ends included. */
  answer: Type.Object(
    {
      about: Type.Literal('answer'),
      kind: Type.Enum([...FEEDBACK_KINDS]),
      low: Type.Number({ minimum: 0, maximum: 10 }),
      high: Type.Number({ minimum: 0, maximum: 10 }),
      which: Type.Enum(['any', 'last']),
      when,
    },
    strict,
  ),
  /** By which way the person came first, or last: the earliest or latest event that a touchpoint claims. */
  touch: Type.Object(
    {
      about: Type.Literal('touch'),
      which: Type.Enum(['first', 'last']),
      by: Type.Enum([...TOUCH_FIELDS]),
      values: Type.Array(Type.String({ minLength: 1, maxLength: 200 }), { minItems: 1, maxItems: 100 }),
    },
    strict,
  ),
  /** Saw at least one page on such a device. */
  device: Type.Object({ about: Type.Literal('device'), is: Type.Enum(['phone', 'computer']), when }, strict),
  parcel: Type.Object(
    {
      about: Type.Literal('parcel'),
      is: Type.Enum(['late', 'on_time']),
      which: Type.Enum(['any', 'last']),
      when,
    },
    strict,
  ),
  /** The person's own mean valence × 100, of whoever said something at least `answers` times. */
  attitude: Type.Object(
    {
      about: Type.Literal('attitude'),
      how: Type.Enum(['at_least', 'at_most']),
      value: Type.Number({ minimum: -100, maximum: 100 }),
      answers: Type.Integer({ minimum: 1, maximum: 1_000 }),
      when,
    },
    strict,
  ),
  /** Belongs to another segment of the shop. */
  segment: Type.Object(
    {
      about: Type.Literal('segment'),
      segment: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
    },
    strict,
  ),
} as const

export type About = keyof typeof conditionSchemas
export type ConditionAbout<A extends About> = Static<(typeof conditionSchemas)[A]>
export type Condition = { [A in About]: ConditionAbout<A> }[About]
/** Who belongs to a segment. `all` of nothing is everybody, `any` of nothing nobody. */
export type Definition = { all: Definition[] } | { any: Definition[] } | { not: Definition } | Condition

/** A definition in requests and answers: anything here; `parseDefinition` says what is wrong, and where. */
export const DefinitionSchema = Type.Unsafe<Definition>(Type.Unknown())

/** Where a mistake in a definition is, as a JSON pointer, and what to do. */
export interface DefinitionProblem {
  path: string
  message: string
}

const fields = {
  name: Type.String({ minLength: 1, maxLength: 120 }),
  note: Type.String({ maxLength: 500 }),
  definition: DefinitionSchema,
}

export const Segment = Type.Object({
  id: Type.Integer(),
  ...fields,
  /** Grows with each change of the definition: part of every cache key. */
  version: Type.Integer(),
  createdBy: Type.String(),
  updatedAt: Type.String({ format: 'date-time' }),
  /** The segments of the shop that refer to it. */
  usedBy: Type.Array(Type.Object({ id: Type.Integer(), name: Type.String() })),
})
export type Segment = Static<typeof Segment>

export const NewSegment = Type.Object(
  { name: fields.name, note: Type.Optional(fields.note), definition: fields.definition },
  strict,
)
export type NewSegment = Static<typeof NewSegment>

/** `baseVersion` is the version that was edited: the change is refused when somebody changed it meanwhile. */
export const SegmentChange = Type.Object(
  { ...NewSegment.properties, baseVersion: Type.Integer({ minimum: 1 }) },
  strict,
)
export type SegmentChange = Static<typeof SegmentChange>

export const SegmentListQuery = Type.Object({
  q: Type.Optional(Type.String({ maxLength: 120 })),
  cursor: Type.Optional(Type.String({ maxLength: 500 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
})
export type SegmentListQuery = Static<typeof SegmentListQuery>

export const SegmentList = Type.Object({
  items: Type.Array(Segment),
  nextCursor: Nullable(Type.String()),
})
export type SegmentList = Static<typeof SegmentList>

/** `segment` is the saved one being edited, so that a reference back to itself is told. */
export const SizeQuestion = Type.Object(
  { definition: DefinitionSchema, segment: Type.Optional(Type.Integer({ minimum: 1 })) },
  strict,
)

export const SegmentSize = Type.Object({
  /** Persons who belong to it now. */
  n: Type.Integer(),
  /** All persons of the shop. */
  of: Type.Integer(),
  tookMs: Type.Number(),
  asOf: Type.String({ format: 'date-time' }),
})
export type SegmentSize = Static<typeof SegmentSize>

export const SegmentPerson = Type.Object({
  id: Type.String(),
  /** '' for a visitor of whom nothing is known. */
  label: Type.String(),
  email: Type.String(),
  phone: Type.String(),
  isKnown: Type.Boolean(),
  firstSeenAt: Type.String({ format: 'date-time' }),
  lastSeenAt: Type.String({ format: 'date-time' }),
})
export type SegmentPerson = Static<typeof SegmentPerson>

export const SegmentPersonsQuery = Type.Object({
  cursor: Type.Optional(Type.String({ maxLength: 500 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
})

export const SegmentPersons = Type.Object({
  items: Type.Array(SegmentPerson),
  nextCursor: Nullable(Type.String()),
})
export type SegmentPersons = Static<typeof SegmentPersons>

/** What conditions can be set to: what the history has, most frequent first. */
export const SegmentChoices = Type.Object({
  events: Type.Array(Type.String()),
  traits: Type.Array(Type.String()),
  sources: Type.Array(Type.String()),
  campaigns: Type.Array(Type.String()),
})
export type SegmentChoices = Static<typeof SegmentChoices>
