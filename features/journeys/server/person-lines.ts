import {
  BORDER,
  LOADING_OUTCOME,
  MARK,
  OUTCOME,
  PROMISE_OUTCOME,
  readCode,
  readKind,
  readTime,
  readValue,
  VALENCE_STEPS,
} from './packed.ts'

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
} as const

/** Columns that a step adds to each person's row, by their names; they may use those of the steps before, not of their own. */
type Step = Record<string, string>

/**
 * SQL: from a row for each person with `marks`, `events`, `known` and `waiting` to the lines of the map. A subquery for
 * each step: the engine writes out every name that stands for an expression of the same subquery, again and again.
 */
export function addLines(persons: string): string {
  return `SELECT arrayJoin(${lines}) AS row FROM (${addSteps(persons, STEPS)})`
}

/** SQL: the same rows with `places`, `said`, `outcomes` and so on of each person; with the steps they walked on demand. */
export function addPlaces(persons: string, withSteps: boolean): string {
  return addSteps(persons, withSteps ? STEPS : STEPS.slice(0, STEPS.indexOf(JOURNEYS) + 1))
}

function addSteps(persons: string, steps: readonly Step[]): string {
  return steps.reduce((from, step) => {
    const columns = Object.entries(step).map(([name, sql]) => `${sql} AS ${name}`)
    return `SELECT *, ${columns.join(',\n  ')}\nFROM (${from})`
  }, persons)
}

const isBorder = `${readKind('m')} IN (${MARK.begin}, ${MARK.end})`
const isAt = (border: number) => `(${isBorder} AND ${readValue('m')} = ${border})`
const isContact = `${readKind('m')} = ${MARK.contact}`
const isFact = `${readKind('m')} = ${MARK.fact}`
const stageBy = (list: string) =>
  `transform(${readCode('m')}, {codes:Array(UInt16)}, {${list}:Array(UInt8)}, 0)`
const stagesOf = (places: string) => `arrayMap(p -> intDiv(p, 1024), ${places})`

/** How many orders are open, and how many own the time after their receipt, from each mark on. */
const ORDERS: Step = {
  opened: `arrayCumSum(m -> toInt8(${isAt(BORDER.opened)}) - toInt8(${isAt(BORDER.ended)}), marks)`,
  owned: `arrayCumSum(m -> toInt8(${isAt(BORDER.received)}) - toInt8(${isAt(BORDER.released)}), marks)`,
}

/** The place of each mark, by the state of the person's orders at that moment (0 for a border); how often nothing was owned before it. */
const PLACES: Step = {
  places: `arrayMap((m, o, a) -> if(${isBorder}, 0,
    multiIf(o > 0, ${stageBy('stage_ordered')}, a > 0, ${stageBy('stage_received')}, ${stageBy('stage_of')}) * 1024 + ${readCode('m')}), marks, opened, owned)`,
  gaps: `arrayMap((g, o, a) -> g - (o + a = 0), arrayCumSum((o, a) -> o + a = 0, opened, owned), opened, owned)`,
}

const CONTACTS: Step = {
  contacts: `arrayFilter((p, m) -> ${isContact}, places, marks)`,
  times: `arrayMap(m -> ${readTime('m')}, arrayFilter(m -> ${isContact}, marks))`,
  gaps_before: `arrayFilter((g, m) -> ${isContact}, gaps, marks)`,
  present: 'arrayDistinct(arrayFilter(p -> p > 1023, places))',
  said_places: `arrayFilter((p, m) -> ${isFact} AND ${readValue('m')} <= ${2 * VALENCE_STEPS}, places, marks)`,
  said: `arrayMap(m -> ${readValue('m')} / ${VALENCE_STEPS} - 1, arrayFilter(m -> ${isFact} AND ${readValue('m')} <= ${2 * VALENCE_STEPS}, marks))`,
  kept_places: `arrayFilter((p, m) -> ${isFact} AND ${readValue('m')} BETWEEN ${OUTCOME} AND ${LOADING_OUTCOME + 2}, places, marks)`,
  outcomes: `arrayMap(m -> ${readValue('m')} - ${OUTCOME}, arrayFilter(m -> ${isFact} AND ${readValue('m')} BETWEEN ${OUTCOME} AND ${LOADING_OUTCOME + 2}, marks))`,
}

/**
 * Contacts as journey · 64 + stage. A silence of 30 days begins a new journey, unless the person had an order on its
 * way, or received within 60 days, all the time.
 */
const JOURNEYS: Step = {
  walked: `arrayMap((p, j) -> j * 64 + intDiv(p, 1024), contacts,
    arrayCumSum((t, g) -> t > {silence:Int64} AND g > 0, arrayDifference(times), arrayDifference(gaps_before)))`,
  kept: 'arrayMap(o -> (o % 10) / 2, outcomes)',
}

/** Contacts one after the other in the same stage and journey are one step, with the time of its first contact. */
const TURNS: Step = {
  turns: 'arrayFilter((i, w) -> i = 1 OR w != 0, arrayEnumerate(walked), arrayDifference(walked))',
}
const STEPS_WALKED: Step = {
  steps: 'arrayMap(i -> walked[i], turns)',
  step_times: 'arrayMap(i -> times[i], turns)',
}

/** Of each stage the last step, and the first of that stage in the same journey. */
const LAST: Step = {
  stages: 'arrayDistinct(arrayMap(w -> bitAnd(w, 63), steps))',
  last_steps: 'arrayMap(s -> arrayLastIndex(w -> bitAnd(w, 63) = s, steps), stages)',
}
const FIRST: Step = { first_steps: 'arrayMap(l -> indexOf(steps, steps[l]), last_steps)' }

/** The first step into a later stage of that journey; 0 for none. */
const LATER: Step = {
  later_steps: `arrayMap(f -> arrayFirstIndex((w, i) -> i > f AND w > steps[f] AND intDiv(w, 64) = intDiv(steps[f], 64), steps, arrayEnumerate(steps)), first_steps)`,
}

const STEPS: readonly Step[] = [ORDERS, PLACES, CONTACTS, JOURNEYS, TURNS, STEPS_WALKED, LAST, FIRST, LATER]

const row = (line: number, key: string, x = '0', y = '0') =>
  `(toUInt8(${line}), toUInt32(${key}), toFloat64(${x}), toFloat64(${y}))`
/** A person's mean of values by places, or by their stages. */
const means = (line: number, places: string, values: string, y?: string) =>
  `arrayMap(k -> ${row(line, 'k', `arrayAvg(arrayFilter((v, p) -> p = k, ${values}, ${places}))`, y)}, arrayDistinct(${places}))`
/** Outcomes at a place that don't say how a page loaded. */
const visitsJudged = `arrayCount((o, p) -> p = k AND o < ${LOADING_OUTCOME - OUTCOME}, outcomes, kept_places)`
const promise = (value: number) =>
  `arrayCount((o, p) -> o = ${value} AND intDiv(p, 1024) = k, outcomes, kept_places)`
const KEPT_PROMISE = PROMISE_OUTCOME - OUTCOME + 2
const BROKEN_PROMISE = PROMISE_OUTCOME - OUTCOME

// Where something was said or measured and no contact is recorded, it proves that there was one.
const lines = `arrayConcat(
  [${row(LINE.total, '0', 'events', 'known')}, ${row(LINE.waiting, '0', 'waiting')}],
  arrayMap(k -> ${row(LINE.place, 'k', 'greatest(countEqual(contacts, k), 1)')}, present),
  arrayMap(k -> ${row(LINE.stage, 'k')}, arrayDistinct(${stagesOf('present')})),
  ${means(LINE.saidPlace, 'said_places', 'said')},
  ${means(LINE.saidStage, stagesOf('said_places'), 'said')},
  ${means(LINE.keptPlace, 'kept_places', 'kept', visitsJudged)},
  ${means(LINE.keptStage, stagesOf('kept_places'), 'kept')},
  arrayMap((s, f, l) -> ${row(LINE.next, 's', 'l > 0', 'if(l > 0, toFloat64(step_times[l]) - step_times[f], 0) / 1000')}, stages, first_steps, later_steps),
  arrayMap((s, l) -> ${row(LINE.after, 's * 64 + if(intDiv(steps[l + 1], 64) = intDiv(steps[l], 64), bitAnd(steps[l + 1], 63), 0)')}, stages, last_steps),
  arrayMap(k -> ${row(LINE.promises, 'k', promise(KEPT_PROMISE), promise(BROKEN_PROMISE))},
    arrayDistinct(${stagesOf(`arrayFilter((p, o) -> o BETWEEN ${BROKEN_PROMISE} AND ${KEPT_PROMISE}, kept_places, outcomes)`)}))
)`
