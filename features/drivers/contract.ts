import { type Static, Type } from 'typebox'
import { ReportMeta, reportQuestion } from '../reports/contract.ts'
import { Key } from '../touchpoints/contract.ts'
import { KINDS, LEFT_OUT, OUTCOMES, REFUSALS } from './vocabulary.ts'

export { USUAL_DAYS } from './vocabulary.ts'

export const DriversQuestion = Type.Object(
  { ...reportQuestion, outcome: Type.Optional(Type.Enum([...OUTCOMES])) },
  { additionalProperties: false },
)
export type DriversQuestion = Static<typeof DriversQuestion>

/** A value with its 95 % interval. Effects on shares run from −1 to 1, on ratings −200 … 200, on recommendation −10 … 10. */
export const Estimate = Type.Object({ value: Type.Number(), low: Type.Number(), high: Type.Number() })
export type Estimate = Static<typeof Estimate>
const NullableEstimate = Type.Union([Estimate, Type.Null()])

/** Minor units of the shop's currency, of the whole period; `margin` is null until the shop has told its margin. */
export const Money = Type.Object({ revenue: Estimate, margin: NullableEstimate })
export type Money = Static<typeof Money>

/** A band of a standard's value below what is kept: from beyond `from` up to `to`; null: without an end. */
export const Level = Type.Object({
  level: Type.Enum(['between', 'missed', 'badly']),
  from: Type.Union([Type.Number(), Type.Null()]),
  to: Type.Union([Type.Number(), Type.Null()]),
  persons: Type.Integer(),
  effect: NullableEstimate,
  /** The plain difference to those for whom the standard was kept. */
  naive: NullableEstimate,
})
export type Level = Static<typeof Level>

/**
 * How to prove it. `holdout`: these customers are left without it by lot; `staggered`: places or operators begin one after
 * another. Weeks until a difference of the found size would be seen four times in five; null: not within two years.
 */
export const Trial = Type.Object({
  kind: Type.Enum(['holdout', 'staggered']),
  weeks: Type.Union([Type.Integer(), Type.Null()]),
  persons: Type.Integer({ description: 'In both groups together.' }),
})
export type Trial = Static<typeof Trial>

export const Driver = Type.Object({
  /** Unique in the answer: `chat.first_answer_seconds`, `event.insert`, `met.catalogue`, `operator.Тарас`. */
  key: Type.String(),
  kind: Type.Enum([...KINDS]),
  /** Built-in events go by their key (`insert`, `newsletter`, `defect`, `solved`, `second_defect`, `second_solved`, `operator`). */
  event: Type.Union([Type.String(), Type.Null()]),
  /** The value of a field (an operator's name), or a name the shop gave. */
  name: Type.Union([Type.String(), Type.Null()]),
  stage: Key,
  touchpoint: Type.Union([Key, Type.Null()]),
  measure: Type.Union([Key, Type.Null()]),
  unit: Type.Union([Type.String(), Type.Null()]),
  /** Persons for whom it is known, and of them those for whom the standard was missed, or the event came. */
  persons: Type.Integer(),
  exposed: Type.Integer(),
  /** Mean effect on those exposed, all else alike: the outcome as it was minus as it would have been. */
  effect: NullableEstimate,
  p: Type.Union([Type.Number(), Type.Null()]),
  /** Corrected for the number of drivers looked at, of what the shop does or of what customers choose (Benjamini–Hochberg). */
  q: Type.Union([Type.Number(), Type.Null()]),
  /** `harms`, `helps`: the interval leaves zero and q < 0.05. `none`: too small to matter for sure, which for marks comes first. */
  verdict: Type.Enum(['harms', 'helps', 'none', 'unsure']),
  /** The plain difference between those exposed and the others. */
  naive: NullableEstimate,
  /**
   * True where the naive difference would have misled: it leaves zero while the effect's interval holds zero and not it, or their
   * intervals exclude each other.
   */
  isConfounded: Type.Boolean(),
  /** Customers choose it themselves, or what makes the difference is in no event: association at most. */
  isChosen: Type.Boolean(),
  /** The same by a logistic curve (mean marginal effect); null for values, and where it doesn't settle. */
  curve: NullableEstimate,
  levels: Type.Array(Level),
  /** Part of what is explained, of all drivers 1; of a standard also how far it is kept. */
  importance: Type.Number(),
  kept: Type.Union([Type.Number(), Type.Null()]),
  /** What mending would bring in the period: gains above zero; null for ratings and recommendation, and for what helps already. */
  money: Type.Union([Money, Type.Null()]),
  /** Of the loss, the share that can be won back, as the shop judges it; 1 unless told otherwise. */
  attainable: Type.Number(),
  trial: Type.Union([Trial, Type.Null()]),
  /** Why there is no effect; null: there is one. */
  leftOut: Type.Union([Type.Enum([...LEFT_OUT]), Type.Null()]),
  /** The other of two twins, by its key. */
  twin: Type.Union([Type.String(), Type.Null()]),
})
export type Driver = Static<typeof Driver>

/** Does goodwill earned before soften a later failure? The effect of a failure for the content minus for the others. */
export const Goodwill = Type.Object({
  content: Estimate,
  others: Estimate,
  difference: Estimate,
  p: Type.Number(),
  persons: Type.Integer(),
})
export type Goodwill = Static<typeof Goodwill>

/** NPS as answered, and as it would be had everybody answered as people with their history do: −100 … 100. Difference: raw minus weighted. */
export const Answering = Type.Object({
  raw: Estimate,
  weighted: Estimate,
  difference: Estimate,
  answered: Type.Integer(),
  asked: Type.Integer(),
})
export type Answering = Static<typeof Answering>

export const DriversAnswer = Type.Object({
  meta: ReportMeta,
  outcome: Type.Enum([...OUTCOMES]),
  /** What is counted: people who came, orders that arrived, buyers, answers. */
  units: Type.Integer(),
  persons: Type.Integer(),
  /** The outcome's mean; units for whom it isn't over yet and who are left out. */
  mean: Type.Union([Type.Number(), Type.Null()]),
  unripe: Type.Integer(),
  /** Days in which units began whose outcome is over: money is that of so many. */
  days: Type.Integer(),
  /** Days within which the outcome is looked for; null: at once. */
  followUpDays: Type.Union([Type.Integer(), Type.Null()]),
  /** The day of the last event that is recorded, by the shop's clock; null: none is. */
  recordedUntil: Type.Union([Type.String(), Type.Null()]),
  refusal: Type.Union([
    Type.Object({
      reason: Type.Enum([...REFUSALS]),
      n: Type.Integer(),
      needed: Type.Union([Type.Integer(), Type.Null()]),
    }),
    Type.Null(),
  ]),
  /** In the order in which to mend: what can be won back first; then what helps, then the rest. */
  drivers: Type.Array(Driver),
  /** All that harms for certain, mended together as far as it can be won back; rows don't add up to it. Null where nothing does. */
  total: Type.Union([
    Type.Object({ effect: Estimate, money: Type.Union([Money, Type.Null()]) }),
    Type.Null(),
  ]),
  r2: Type.Union([Type.Number(), Type.Null()]),
  /** By what everything is controlled: `source`, `device`, `month`, `part_of_day`, `category`, `region`, `payment`, … */
  controls: Type.Array(Type.String()),
  goodwill: Type.Union([Goodwill, Type.Null()]),
  answering: Type.Union([Answering, Type.Null()]),
  /** Contribution margin as the shop told it, a share of revenue. */
  margin: Type.Union([Type.Number(), Type.Null()]),
  /** Some of the persons were drawn; null: all were looked at. */
  drawn: Type.Union([Type.Object({ persons: Type.Integer(), of: Type.Integer() }), Type.Null()]),
})
export type DriversAnswer = Static<typeof DriversAnswer>

/** Settings: what the shop knows and no event tells. */
export const DriversSettings = Type.Object(
  {
    margin: Type.Unsafe<number | null>({ type: ['number', 'null'], minimum: 0, maximum: 1 }),
    /** By the driver's key. */
    attainable: Type.Record(Type.String({ maxLength: 120 }), Type.Number({ minimum: 0, maximum: 1 })),
    /** Facts of the shop's own: an event that came, or a property of it that has a value or is at least a number. */
    facts: Type.Array(
      Type.Object(
        {
          key: Key,
          name: Type.String({ minLength: 1, maxLength: 80 }),
          event: Type.String({ minLength: 1, maxLength: 100 }),
          property: Type.Unsafe<string | null>({ type: ['string', 'null'], maxLength: 100 }),
          equals: Type.Unsafe<string | null>({ type: ['string', 'null'], maxLength: 200 }),
          atLeast: Type.Unsafe<number | null>({ type: ['number', 'null'] }),
          stage: Key,
        },
        { additionalProperties: false },
      ),
      { maxItems: 20 },
    ),
  },
  { additionalProperties: false },
)
export type DriversSettings = Static<typeof DriversSettings>

export const DriverPersonsQuestion = Type.Object(
  {
    ...DriversQuestion.properties,
    driver: Type.String({ maxLength: 160 }),
    /** Who was exposed and didn't reach the outcome, who was exposed at all, or who wasn't. */
    kind: Type.Optional(Type.Enum(['lost', 'exposed', 'unexposed'])),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
    cursor: Type.Optional(Type.String({ maxLength: 200 })),
  },
  { additionalProperties: false },
)
export type DriverPersonsQuestion = Static<typeof DriverPersonsQuestion>

/** All of them at once, as a file. */
export const DriverPersonsFile = Type.Omit(DriverPersonsQuestion, ['limit', 'cursor'], {
  additionalProperties: false,
})

export const DriverPersons = Type.Object({
  items: Type.Array(
    Type.Object({ id: Type.String(), name: Type.Union([Type.String(), Type.Null()]), at: Type.String() }),
  ),
  nextCursor: Type.Union([Type.String(), Type.Null()]),
})
export type DriverPersons = Static<typeof DriverPersons>
