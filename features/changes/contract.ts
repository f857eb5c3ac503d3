import { type Static, Type } from 'typebox'
import { ReportMeta, reportQuestion } from '../reports/contract.ts'
import { ALARM_STATES, DIMENSIONS, METRICS } from './vocabulary.ts'

const strict = { additionalProperties: false }
const DayText = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })
const PlaceKey = Type.String({ pattern: '^[a-z][a-z0-9_]{0,39}(\\.[a-z][a-z0-9_]{0,39})?$' })
/** `dimension:value`; '' is everybody. */
const AudienceKey = Type.String({ maxLength: 160 })
const Nullable = <T extends Parameters<typeof Type.Array>[0]>(schema: T) => Type.Union([schema, Type.Null()])

export const ChangesQuestion = Type.Object({ sample: reportQuestion.sample }, strict)
export type ChangesQuestion = Static<typeof ChangesQuestion>

export const ChangedAudience = Type.Object({
  key: Type.String(),
  dimension: Type.Enum([...DIMENSIONS]),
  value: Type.String(),
  /** Persons of it, and persons of whom this is known. */
  persons: Type.Integer(),
  known: Type.Integer(),
})
export type ChangedAudience = Static<typeof ChangedAudience>

/** A value of a week with its 95 % interval; shares 0 … 1, what was said −100 … 100, times in the unit of the standard. */
export const TrendPoint = Type.Object({
  /** The week's Monday. */
  day: DayText,
  n: Type.Integer(),
  value: Nullable(Type.Number()),
  low: Nullable(Type.Number()),
  high: Nullable(Type.Number()),
})
export type TrendPoint = Static<typeof TrendPoint>

const ChangeSchema = Type.Object({
  metric: Type.Enum([...METRICS]),
  /** '' where the whole path is meant; else a touchpoint, with its measure where it has several standards. */
  place: Type.String(),
  audience: Type.String(),
  /** Means before and since, and the difference with its 95 % interval; times as they are, their difference as a factor. */
  before: Type.Number(),
  after: Type.Number(),
  low: Type.Number(),
  high: Type.Number(),
  /** Of a time: its unit. */
  unit: Nullable(Type.String()),
  n: Type.Integer(),
  past: Type.Integer(),
  p: Type.Number(),
})
export const AlarmChange = ChangeSchema
export type AlarmChange = Static<typeof AlarmChange>

const MarkedDecision = Type.Object({ id: Type.Integer(), day: DayText, title: Type.String() })

export const Alarm = Type.Object({
  id: Type.Integer(),
  ...ChangeSchema.properties,
  direction: Type.Enum(['up', 'down']),
  /** The Monday of its first week, and of the last week in which it was seen. */
  fromDay: DayText,
  lastDay: DayText,
  foundAt: Type.String({ format: 'date-time' }),
  /** What else changed by the same cause. */
  facets: Type.Array(ChangeSchema),
  /** Of a new audience: how many of it and of the others order within 14 days. */
  orders: Nullable(
    Type.Object({
      own: Type.Number(),
      others: Type.Number(),
      low: Type.Number(),
      high: Type.Number(),
      n: Type.Integer(),
      othersN: Type.Integer(),
    }),
  ),
  state: Type.Enum([...ALARM_STATES]),
  note: Type.String(),
  /** Who wrote the note, and when; where there is none, who changed the alarm last. */
  changedBy: Nullable(Type.String()),
  changedAt: Nullable(Type.String({ format: 'date-time' })),
})
export type Alarm = Static<typeof Alarm>

export const SeenAlarm = Type.Object({
  ...Alarm.properties,
  /** Whether the newest weeks still show it. */
  isOn: Type.Boolean(),
  trend: Type.Array(TrendPoint),
  /** What the shop changed within two weeks before it, or in its first week. */
  decisions: Type.Array(MarkedDecision),
})
export type SeenAlarm = Static<typeof SeenAlarm>

export const GapSchema = Type.Object({
  place: Type.String(),
  audience: Type.String(),
  own: Type.Number(),
  others: Type.Number(),
  low: Type.Number(),
  high: Type.Number(),
  n: Type.Integer(),
  othersN: Type.Integer(),
  speed: Nullable(
    Type.Object({ own: Type.Number(), others: Type.Number(), unit: Type.String(), isUpper: Type.Boolean() }),
  ),
  facets: Type.Array(
    Type.Object({ place: Type.String(), audience: Type.String(), own: Type.Number(), others: Type.Number() }),
  ),
})
export type GapAnswer = Static<typeof GapSchema>

export const ChangesAnswer = Type.Object({
  meta: ReportMeta,
  /** Mondays of the first and the last week looked at. */
  firstDay: DayText,
  lastDay: DayText,
  looked: Type.Object({
    touchpoints: Type.Integer(),
    audiences: Type.Integer(),
    weeks: Type.Integer({ description: 'Weeks in which somebody was there.' }),
    series: Type.Integer({ description: 'Series with enough data.' }),
    enough: Type.Integer({ description: 'Weeks that are needed before anything can be told.' }),
  }),
  audiences: Type.Array(ChangedAudience),
  alarms: Type.Array(SeenAlarm),
  gaps: Type.Array(GapSchema),
})
export type ChangesAnswer = Static<typeof ChangesAnswer>

export const WeeklyQuestion = Type.Object(
  {
    touchpoint: Type.Optional(PlaceKey),
    audience: Type.Optional(AudienceKey),
    sample: reportQuestion.sample,
  },
  strict,
)
export type WeeklyQuestion = Static<typeof WeeklyQuestion>

export const WeeklyTrend = Type.Object({ metric: Type.Enum([...METRICS]), points: Type.Array(TrendPoint) })
export type WeeklyTrend = Static<typeof WeeklyTrend>

export const WeeklyAnswer = Type.Object({
  meta: ReportMeta,
  /** '' for the whole path. */
  touchpoint: Type.String(),
  audience: Type.String(),
  unit: Nullable(Type.String()),
  /** Speed is the slowest quarter's border, else the middle. */
  isUpper: Type.Boolean(),
  trends: Type.Array(WeeklyTrend),
  decisions: Type.Array(MarkedDecision),
})
export type WeeklyAnswer = Static<typeof WeeklyAnswer>

export const AlarmListQuery = Type.Object(
  {
    state: Type.Optional(Type.Enum([...ALARM_STATES])),
    cursor: Type.Optional(Type.String({ maxLength: 500 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
  },
  strict,
)
export type AlarmListQuery = Static<typeof AlarmListQuery>

export const AlarmList = Type.Object({
  items: Type.Array(Alarm),
  nextCursor: Nullable(Type.String()),
  /** Alarms nobody has looked at. */
  fresh: Type.Integer(),
})
export type AlarmList = Static<typeof AlarmList>

export const AlarmStateChange = Type.Object(
  {
    state: Type.Enum([...ALARM_STATES]),
    note: Type.Optional(Type.String({ maxLength: 500 })),
  },
  strict,
)
export type AlarmStateChange = Static<typeof AlarmStateChange>
