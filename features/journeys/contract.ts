import { type Static, Type } from 'typebox'
import { Standard } from '../touchpoints/contract.ts'

// Apart from the schemas, so that a browser gets them without the schema library.
export { FLOOR_NUMBER, FLOOR_WORD } from '../../kernel/stats/floors.ts'
export { SEGMENTS } from './segments.ts'

/** A mean over persons with its 95 % interval, clustered by person. `n` counts persons. */
export const Estimate = Type.Object({
  n: Type.Integer(),
  mean: Type.Number(),
  low: Type.Number(),
  high: Type.Number(),
})
export type Estimate = Static<typeof Estimate>

/** null: fewer than 30 persons. `said` runs from −100 to 100, `kept` from 0 to 1. */
const Measured = Type.Union([Estimate, Type.Null()])

export const MapTouchpoint = Type.Object({
  key: Type.String(),
  /** Persons with at least one contact here, in this stage. */
  persons: Type.Integer(),
  contacts: Type.Integer(),
  /** Persons ÷ persons of the stage. */
  reach: Type.Number(),
  said: Measured,
  kept: Measured,
  /** Said as the standards let expect, by calibration on the shop's own persons; never mixed with `said`. */
  expected: Measured,
  /** Persons who said something here, and their share. */
  heard: Type.Object({ persons: Type.Integer(), share: Type.Number() }),
  /** Persons for whom a standard was measured here. */
  measured: Type.Integer(),
  /**
   * Page templates by the 75th percentile of all their loadings: how many keep the standard for sure, miss it for sure,
   * lie between, or have too few loadings to tell. null where no loading is measured.
   */
  templates: Type.Union([
    Type.Object({
      kept: Type.Integer(),
      between: Type.Integer(),
      missed: Type.Integer(),
      unsure: Type.Integer(),
    }),
    Type.Null(),
  ]),
  /** `kept` speaks of nothing but how fast pages load. */
  isByLoad: Type.Boolean(),
})
export type MapTouchpoint = Static<typeof MapTouchpoint>

export const MapStage = Type.Object({
  key: Type.String(),
  persons: Type.Integer(),
  contacts: Type.Integer(),
  said: Measured,
  kept: Measured,
  expected: Measured,
  heard: Type.Object({ persons: Type.Integer(), share: Type.Number() }),
  measured: Type.Integer(),
  /** To any later stage within the same journey: share of this stage's persons, and the median time from here to there. */
  next: Type.Union([Type.Object({ share: Type.Number(), medianSeconds: Type.Number() }), Type.Null()]),
  /** Where persons went after their last contact here, within the journey: a stage's key, or null for nowhere. */
  after: Type.Array(
    Type.Object({
      stage: Type.Union([Type.String(), Type.Null()]),
      persons: Type.Integer(),
      share: Type.Number(),
    }),
  ),
  touchpoints: Type.Array(MapTouchpoint),
  /** Promises that could be judged here (delivery dates, prices): how many were kept and broken. */
  promises: Type.Union([Type.Object({ kept: Type.Integer(), broken: Type.Integer() }), Type.Null()]),
})
export type MapStage = Static<typeof MapStage>

/** A sentence as a key of the catalogue `journeys:sentences.*` and its values; none is made that its interval doesn't support. */
export const Sentence = Type.Object({
  key: Type.String(),
  values: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()])),
  stage: Type.Union([Type.String(), Type.Null()]),
  touchpoint: Type.Union([Type.String(), Type.Null()]),
  tone: Type.Enum(['won', 'lost', 'even']),
})
export type Sentence = Static<typeof Sentence>

export const MapMeta = Type.Object({
  /** Half-open, ISO 8601 UTC; as calendar days in the shop's zone they are `fromDay` and `toDay` (the last day included). */
  from: Type.String(),
  to: Type.String(),
  fromDay: Type.String(),
  toDay: Type.String(),
  timeZone: Type.String(),
  segment: Type.String(),
  persons: Type.Integer(),
  contacts: Type.Integer(),
  events: Type.Integer(),
  /** Share of persons of whom nothing but an anonymous id is known. */
  unidentifiedShare: Type.Number(),
  rejected: Type.Integer(),
  duplicates: Type.Integer(),
  lagSeconds: Type.Number(),
  linkVersion: Type.Integer(),
  rulesVersion: Type.Integer(),
  /** Events of the period that wait to be classified by the newest rules. */
  unclassified: Type.Integer(),
  computedAt: Type.String(),
})
export type MapMeta = Static<typeof MapMeta>

export const JourneyMap = Type.Object({
  meta: MapMeta,
  stages: Type.Array(MapStage),
  sentences: Type.Object({
    better: Type.Union([Sentence, Type.Null()]),
    worse: Type.Union([Sentence, Type.Null()]),
    next: Type.Union([Sentence, Type.Null()]),
  }),
  /** Stages with the most certain gain and loss; null where no interval leaves zero (said) or a half (kept). */
  largestGain: Type.Union([Sentence, Type.Null()]),
  largestLoss: Type.Union([Sentence, Type.Null()]),
  /** The same stages in the period or segment compared with; null without a comparison. */
  compared: Type.Union([Type.Object({ meta: MapMeta, stages: Type.Array(MapStage) }), Type.Null()]),
})
export type JourneyMap = Static<typeof JourneyMap>

export const MapQuestion = Type.Object({
  /** A calendar day in the shop's zone (its beginning), or an instant; `to` is exclusive. The last 90 days unless told otherwise. */
  from: Type.Optional(Type.String()),
  to: Type.Optional(Type.String()),
  segment: Type.Optional(Type.String({ maxLength: 80 })),
  /** `previous`: the period of the same length before. `segment:<key>`: the same period, another segment. */
  compare: Type.Optional(Type.String({ maxLength: 90 })),
})
export type MapQuestion = Static<typeof MapQuestion>

const Moment = { from: MapQuestion.properties.from, to: MapQuestion.properties.to }

/** Who stands behind a figure: everybody there, who said something, for whom a standard was missed or kept, whose journey ended there. */
export const PersonsQuestion = Type.Object({
  ...Moment,
  segment: MapQuestion.properties.segment,
  stage: Type.String({ maxLength: 40 }),
  touchpoint: Type.Optional(Type.String({ maxLength: 40 })),
  kind: Type.Optional(Type.Enum(['present', 'heard', 'missed', 'kept', 'left'])),
  cursor: Type.Optional(Type.String({ maxLength: 500 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
})
export type PersonsQuestion = Static<typeof PersonsQuestion>

export const MapPerson = Type.Object({
  id: Type.String(),
  /** null for a visitor of whom nothing is known. */
  name: Type.Union([Type.String(), Type.Null()]),
  /** Their last contact there, ISO 8601 UTC. */
  lastAt: Type.String(),
  /** What they said there on average, −100 … 100, and how far standards were kept for them, 0 … 1. */
  said: Type.Union([Type.Number(), Type.Null()]),
  kept: Type.Union([Type.Number(), Type.Null()]),
})
export type MapPerson = Static<typeof MapPerson>

export const MapPersons = Type.Object({
  items: Type.Array(MapPerson),
  nextCursor: Type.Union([Type.String(), Type.Null()]),
})
export type MapPersons = Static<typeof MapPersons>

/** One stage over time: the period in days, weeks (from Monday) or months of the shop's calendar. */
export const StageQuestion = Type.Object({
  ...Moment,
  segment: MapQuestion.properties.segment,
  /** Chosen by the period's length unless told. */
  by: Type.Optional(Type.Enum(['day', 'week', 'month'])),
})
export type StageQuestion = Static<typeof StageQuestion>

/** What a part of the period says of the stage, by the same rules as the map of that part would. */
export const TrendPoint = Type.Object({
  /** Days of the shop, the last one included; the first and last part of a period may be cut short. */
  fromDay: Type.String(),
  toDay: Type.String(),
  persons: Type.Integer(),
  contacts: Type.Integer(),
  said: Measured,
  kept: Measured,
  /** Persons who said something, and for whom a standard was measured. */
  heard: Type.Integer(),
  measured: Type.Integer(),
})
export type TrendPoint = Static<typeof TrendPoint>

/** Readings above `from` up to `to` (from `from` up to below `to` where more is better); null: without an end. */
export const ReadingBin = Type.Object({
  from: Type.Union([Type.Number(), Type.Null()]),
  to: Type.Union([Type.Number(), Type.Null()]),
  n: Type.Integer(),
  outcome: Type.Enum(['kept', 'between', 'missed']),
})
export type ReadingBin = Static<typeof ReadingBin>

/** What a standard measured at one touchpoint of the stage. Below 30 persons `bins` are empty and the middles null. */
export const Readings = Type.Object({
  touchpoint: Type.String(),
  standard: Standard,
  readings: Type.Integer(),
  persons: Type.Integer(),
  /** Half of the readings lie below the first, three quarters below the second, nine of ten below the third. */
  quartiles: Type.Union([
    Type.Object({ half: Type.Number(), most: Type.Number(), nearlyAll: Type.Number() }),
    Type.Null(),
  ]),
  bins: Type.Array(ReadingBin),
})
export type Readings = Static<typeof Readings>

export const StageAnswer = Type.Object({
  meta: MapMeta,
  /** As on the map of the whole period. */
  stage: MapStage,
  by: Type.Enum(['day', 'week', 'month']),
  trend: Type.Array(TrendPoint),
  readings: Type.Array(Readings),
})
export type StageAnswer = Static<typeof StageAnswer>

export const WordsQuestion = Type.Object({
  ...Moment,
  segment: MapQuestion.properties.segment,
  touchpoint: Type.Optional(Type.String({ maxLength: 40 })),
  cursor: Type.Optional(Type.String({ maxLength: 500 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
})
export type WordsQuestion = Static<typeof WordsQuestion>

/** What a customer wrote, as plain text. */
export const StageWord = Type.Object({
  id: Type.String(),
  at: Type.String(),
  text: Type.String(),
  touchpoint: Type.String(),
  /** As it was given, of how many; null where only words were left. */
  score: Type.Union([Type.Object({ value: Type.Number(), of: Type.Number() }), Type.Null()]),
  /** How it felt, −100 … 100; null for answers that measure no feeling (NPS). */
  said: Type.Union([Type.Number(), Type.Null()]),
  person: Type.Object({ id: Type.String(), name: Type.Union([Type.String(), Type.Null()]) }),
})
export type StageWord = Static<typeof StageWord>

export const StageWords = Type.Object({
  items: Type.Array(StageWord),
  nextCursor: Type.Union([Type.String(), Type.Null()]),
})
export type StageWords = Static<typeof StageWords>

/** One contact as it comes, for the live map. */
export interface LiveContact {
  stage: string
  touchpoint: string
  /** ISO 8601 UTC. */
  at: string
}
