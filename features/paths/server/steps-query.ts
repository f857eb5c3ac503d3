import type { Query } from './path-table-query.ts'
import { collapse, MAX_ROWS, type PathPlan, readCode, unitsQuery } from './units-query.ts'

/** What a row of the map of steps counts. */
export const LINE = {
  /** All units. */
  all: 0,
  /** Units that met a contact (`a`). */
  met: 1,
  /** Units that begin with it. */
  begun: 2,
  /** Units that end with it (`b`: the outcome). */
  ended: 3,
  /** One contact followed by another (`b`), or by itself. */
  followed: 4,
  /** There, away to `b`, and there again. */
  returned: 5,
} as const

export interface StepRow {
  line: number
  a: number
  b: number
  /** How often, in how many units, and quartiles of the time between, ms. */
  times: number
  units: number
  persons: number
  /** Σ of 2 × place − 1 over a person's units is the square of their number. */
  squares: number
  known: number
  took: [number, number, number]
}

const PAIR = 65_536
export const pairOf = (a: number, b: number): number => a * PAIR + b

/** The directly-follows graph with what begins, ends, returns and is met, in one pass. */
export function stepsQuery(plan: PathPlan): Query {
  const units = stepUnits(plan)
  return {
    sql: `SELECT item.1 AS line, intDiv(item.2, ${PAIR}) AS a, item.2 % ${PAIR} AS b, count() AS times, countIf(item.4) AS units,
  countIf(place = 1) AS persons, sum(2 * place - 1) AS squares, countIf(known) AS known, quantilesExact(0.25, 0.5, 0.75)(item.3) AS took
FROM (SELECT known, place, arrayJoin(items) AS item FROM (${units.sql}))
GROUP BY line, a, b LIMIT {rows:UInt32}`,
    params: { ...units.params, rows: MAX_ROWS + 1 },
  }
}

/** A row for each unit: `items` as (line, pair, ms, whether it is the unit's first of that kind). */
export function stepUnits(plan: PathPlan): Query {
  const { sql, params } = unitsQuery(plan)
  const pairs = (line: number, keys: string, gaps: string) =>
    `arrayMap((k, g, u) -> (${line}, k, g, u = 1), ${keys}, ${gaps}, arrayEnumerateUniq(${keys}))`
  const none = (keys: string) => `arrayResize(emptyArrayInt64(), length(${keys}), toInt64(0))`
  return {
    sql: `SELECT person, known, place, outcome, marks, arrayConcat(
    [(${LINE.all}, 0, 0, 1), (${LINE.begun}, nodes[1] * ${PAIR}, 0, 1), (${LINE.ended}, nodes[-1] * ${PAIR} + outcome, 0, 1)],
    arrayMap(k -> (${LINE.met}, k * ${PAIR}, 0, 1), arrayDistinct(nodes)),
    ${pairs(LINE.followed, 'pairs', 'gaps')},
    ${pairs(LINE.returned, 'returns', none('returns'))}
  )::Array(Tuple(UInt8, UInt32, Int64, UInt8)) AS items
FROM (
SELECT *, arrayMap((a, b) -> toUInt32(a * ${PAIR} + b), arrayPopBack(nodes), arrayPopFront(nodes)) AS pairs,
  arrayMap((a, b) -> toInt64(bitShiftRight(b, 26) - bitShiftRight(a, 26)), arrayPopBack(marks), arrayPopFront(marks)) AS gaps,
  arrayPopBack(arrayPopBack(changes)) AS left_behind,
  arrayFilter(k -> k > 0, arrayMap((a, b, c) -> if(a = c, toUInt32(a * ${PAIR} + b), 0), left_behind, arrayPopBack(arrayPopFront(changes)), arrayPopFront(arrayPopFront(changes)))) AS returns
FROM (
SELECT *, arrayMap(m -> toUInt32(${readCode('m')}), marks) AS nodes, arrayMap(m -> toUInt32(${readCode('m')}), ${collapse('marks')}) AS changes
FROM (${sql})
)
)`,
    params,
  }
}
