import { personsJoin } from '../../people/server/reads.ts'
import { JOURNEY_SILENCE_MS } from '../../reports/server/reads.ts'
import { bordersQuery } from './borders-query.ts'
import { contactsQuery } from './contacts-query.ts'
import type { MapPlan, Query } from './map-plan.ts'
import type { OrderNames } from './order-names.ts'
import {
  BORDER,
  LOADING,
  MARK,
  OUTCOME,
  PROMISE_OUTCOME,
  readCode,
  readKind,
  readTime,
  readValue,
  VALENCE_STEPS,
} from './packed.ts'
import { segmentCondition } from './segment.ts'

/** What a row of the answer says. Keys: a place is stage · 1024 + touchpoint's code, a way is stage · 64 + stage. */
export const LINE = {
  total: 0,
  place: 1,
  stage: 2,
  saidPlace: 3,
  saidStage: 4,
  keptPlace: 5,
  keptStage: 6,
  next: 7,
  after: 8,
  promises: 9,
  waiting: 10,
  measuredPlace: 11,
  measuredStage: 12,
} as const

/** n persons, the sum of their x, of its square, and of their y; the middle y of those whose x is 1. */
export interface MapRow {
  line: number
  key: number
  n: number
  sum: number
  squares: number
  other: number
  middle: number
}

/**
 * The whole map in one pass: events fold to identities, identities to persons, a person's marks to some lines, and
 * these to the lines of the answer, some hundreds whatever the number of events.
 */
export function mapQuery(plan: MapPlan, names: OrderNames): Query {
  const contacts = contactsQuery(plan.codes)
  const borders = bordersQuery(names)
  const segment = segmentCondition(plan.segment, names)
  const { join, person } = personsJoin()
  return {
    sql: `SELECT row.1 AS line, row.2 AS key, count() AS n, sum(row.3) AS sum, sum(row.3 * row.3) AS squares,
  sum(row.4) AS other, quantileExactIf(0.5)(row.4, row.1 = ${LINE.next} AND row.3 = 1) AS middle
FROM (SELECT arrayJoin(${linesSql}) AS row FROM (${factsSql} FROM (${journeysSql} FROM (${placesSql} FROM (
  SELECT ${person} AS person, sum(e.events) AS events, max(e.known OR links.person != toUUID('00000000-0000-0000-0000-000000000000')) AS known,
    sum(e.waiting) AS waiting, arraySort(groupArrayArray(e.marks)) AS marks
  FROM (${contacts.sql} UNION ALL ${borders.sql}) AS e ${join}
  ${segment.sql === '' ? '' : `WHERE ${segment.sql}`}
  GROUP BY person HAVING events > 0
)))))
GROUP BY line, key`,
    params: {
      shop: plan.shop,
      ...plan.period,
      silence: JOURNEY_SILENCE_MS,
      ...contacts.params,
      ...borders.params,
      ...segment.params,
      ...stageParams(plan),
    },
  }
}

function stageParams({ codes: { touchpoints } }: MapPlan): Record<string, unknown> {
  return {
    stage_of: [0, ...touchpoints.map(({ stage }) => stage)],
    stage_ordered: [0, ...touchpoints.map(({ whileOrdered }) => whileOrdered)],
    stage_received: [0, ...touchpoints.map(({ afterReceipt }) => afterReceipt)],
  }
}

const stageBy = (list: string) =>
  `transform(${readCode('m')}, {codes:Array(UInt16)}, {${list}:Array(UInt8)}, 0)`
const border = (value: number) => `(${readKind('m')} = ${MARK.border} AND ${readValue('m')} = ${value})`

/** Adds `places`: for each mark stage · 1024 + code, the stage by the state of the person's orders; 0 for a border. */
const placesSql = `SELECT events, known, waiting, marks,
  arrayCumSum(m -> toInt8(${border(BORDER.opened)}) - toInt8(${border(BORDER.ended)}), marks) AS opened,
  arrayCumSum(m -> toInt8(${border(BORDER.received)}) - toInt8(${border(BORDER.released)}), marks) AS owned,
  arrayMap((m, o, a) -> if(${readKind('m')} = ${MARK.border}, 0,
    multiIf(o > 0, ${stageBy('stage_ordered')}, a > 0, ${stageBy('stage_received')}, ${stageBy('stage_of')}) * 1024 + ${readCode('m')}), marks, opened, owned) AS places`

/**
 * Adds the person's steps: contacts one after the other, those in the same stage and journey taken together. A step is
 * journey · 64 + stage, with the time of its first contact. A silence of 30 days begins a new journey, unless the
 * person had an order on its way, or received within 60 days, all the time.
 */
const journeysSql = `SELECT events, known, waiting, marks, places,
  arrayCumSum((o, a) -> o + a = 0, opened, owned) AS gaps,
  arrayFilter((p, m) -> ${readKind('m')} = ${MARK.contact}, places, marks) AS contacts,
  arrayMap(m -> ${readTime('m')}, arrayFilter(m -> ${readKind('m')} = ${MARK.contact}, marks)) AS times,
  arrayFilter((g, m) -> ${readKind('m')} = ${MARK.contact}, arrayMap((g, o, a) -> g - (o + a = 0), gaps, opened, owned), marks) AS gaps_before,
  arrayCumSum((t, g) -> t > {silence:Int64} AND g > 0, arrayDifference(times), arrayDifference(gaps_before)) AS journeys,
  arrayMap((p, j) -> j * 64 + intDiv(p, 1024), contacts, journeys) AS walked,
  arrayFilter((w, d, i) -> i = 1 OR d != 0, walked, arrayDifference(walked), arrayEnumerate(walked)) AS steps,
  arrayFilter((t, d, i) -> i = 1 OR d != 0, times, arrayDifference(walked), arrayEnumerate(walked)) AS step_times,
  arrayDistinct(arrayMap(w -> bitAnd(w, 63), steps)) AS walked_stages,
  arrayMap(s -> arrayLastIndex(w -> bitAnd(w, 63) = s, steps), walked_stages) AS last_steps,
  arrayMap(l -> indexOf(steps, steps[l]), last_steps) AS first_steps,
  arrayMap(f -> arrayFirstIndex((w, i) -> i > f AND w > steps[f] AND intDiv(w, 64) = intDiv(steps[f], 64), steps, arrayEnumerate(steps)), first_steps) AS later_steps`

const isSaid = `${readKind('m')} = ${MARK.fact} AND ${readValue('m')} <= ${2 * VALENCE_STEPS}`
const isJudged = `${readKind('m')} = ${MARK.fact} AND ${readValue('m')} BETWEEN ${OUTCOME} AND ${PROMISE_OUTCOME + 2}`
const isMeasured = `${readKind('m')} = ${MARK.fact} AND ${readValue('m')} BETWEEN ${OUTCOME} AND ${LOADING}`

/** Adds where the person was, what they said and how standards were met, each with its place. */
const factsSql = `SELECT events, known, waiting, contacts, steps, step_times, walked_stages, last_steps, first_steps, later_steps,
  arrayDistinct(arrayFilter(p -> p > 1023, places)) AS present,
  arrayDistinct(arrayMap(p -> intDiv(p, 1024), present)) AS present_stages,
  arrayFilter((p, m) -> ${isSaid}, places, marks) AS said_places,
  arrayMap(m -> ${readValue('m')} / ${VALENCE_STEPS} - 1, arrayFilter(m -> ${isSaid}, marks)) AS said,
  arrayFilter((p, m) -> ${isJudged}, places, marks) AS kept_places,
  arrayMap(m -> ${readValue('m')} - ${OUTCOME}, arrayFilter(m -> ${isJudged}, marks)) AS outcomes,
  arrayMap(o -> (o % 10) / 2, outcomes) AS kept,
  arrayDistinct(arrayFilter((p, m) -> ${isMeasured}, places, marks)) AS measured`

const row = (line: number, key: string, x = '0', y = '0') =>
  `(toUInt8(${line}), toUInt32(${key}), toFloat64(${x}), toFloat64(${y}))`
/** A person's mean of values by places, or by their stages. */
const means = (line: number, places: string, values: string) =>
  `arrayMap(k -> ${row(line, 'k', `arrayAvg(arrayFilter((v, p) -> p = k, ${values}, ${places}))`)}, arrayDistinct(${places}))`
const stagesOf = (places: string) => `arrayMap(p -> intDiv(p, 1024), ${places})`
const promise = (value: number) =>
  `arrayCount((o, p) -> o = ${value} AND intDiv(p, 1024) = k, outcomes, kept_places)`

const linesSql = `arrayConcat(
  [${row(LINE.total, '0', 'events', 'known')}, ${row(LINE.waiting, '0', 'waiting')}],
  arrayMap(k -> ${row(LINE.place, 'k', 'countEqual(contacts, k)')}, present),
  arrayMap(k -> ${row(LINE.stage, 'k')}, present_stages),
  ${means(LINE.saidPlace, 'said_places', 'said')},
  ${means(LINE.saidStage, stagesOf('said_places'), 'said')},
  ${means(LINE.keptPlace, 'kept_places', 'kept')},
  ${means(LINE.keptStage, stagesOf('kept_places'), 'kept')},
  arrayMap((s, f, l) -> ${row(LINE.next, 's', 'l > 0', 'if(l > 0, toFloat64(step_times[l]) - step_times[f], 0) / 1000')}, walked_stages, first_steps, later_steps),
  arrayMap((s, l) -> ${row(LINE.after, 's * 64 + if(intDiv(steps[l + 1], 64) = intDiv(steps[l], 64), bitAnd(steps[l + 1], 63), 0)')}, walked_stages, last_steps),
  arrayMap(k -> ${row(LINE.promises, 'k', promise(PROMISE_OUTCOME - OUTCOME + 2), promise(PROMISE_OUTCOME - OUTCOME))},
    arrayDistinct(${stagesOf(`arrayFilter((p, o) -> o >= ${PROMISE_OUTCOME - OUTCOME}, kept_places, outcomes)`)})),
  arrayMap(k -> ${row(LINE.measuredPlace, 'k')}, measured),
  arrayMap(k -> ${row(LINE.measuredStage, 'k')}, arrayDistinct(${stagesOf('measured')}))
)`
