import type { Direction } from '../vocabulary.ts'
import { BEGAN, END, ON } from './node-codes.ts'
import type { Query } from './path-table-query.ts'
import { collapse, MAX_ROWS, type PathPlan, readCode, unitsQuery } from './units-query.ts'

export interface FlowPlan extends PathPlan {
  direction: Direction
  /** Columns of contacts. */
  depth: number
  /** Code of the contact where the flow begins; undefined: where paths begin, or, looking back, where they end. */
  at: number | undefined
}

/**
 * Column 0 tells of units as a whole: all of them (`from` 0), all by outcome in `to` (2), those that flow here by outcome
 * (1). From column 1 on: how many go from the node in that column to the node in the next.
 */
export interface FlowRow {
  column: number
  from: number
  to: number
  n: number
  persons: number
  /** Σ of 2 × place − 1 over a person's units is the square of their number. */
  squares: number
  known: number
}

/** How units flow from column to column: some hundreds of rows, whatever the number of events. */
export function flowQuery(plan: FlowPlan): Query {
  const { sql, params } = flowUnits(plan)
  return {
    sql: `SELECT item.1 AS column, item.2 AS from, item.3 AS to, count() AS n, countIf(place = 1) AS persons, sum(2 * place - 1) AS squares, countIf(known) AS known
FROM (
SELECT known, place, arrayJoin(arrayConcat(
    [(0, 0, 0), (0, 2, outcome)], if(empty(way), [], [(0, 1, outcome)]),
    arrayZip(arrayEnumerate(arrayPopBack(way)), arrayPopBack(way), arrayPopFront(way))
  )::Array(Tuple(UInt8, UInt16, UInt16))) AS item
FROM (${sql})
)
GROUP BY item LIMIT {rows:UInt32}`,
    params: { ...params, rows: MAX_ROWS + 1 },
  }
}

/** A row for each unit: `way`, its nodes from column to column, the last of them where it ends or that it goes on. */
export function flowUnits(plan: FlowPlan): Query {
  const { sql, params } = unitsQuery(plan)
  const steps = plan.repeats ? 'marks' : collapse('marks')
  return {
    sql: `SELECT person, known, place, outcome, marks, arrayMap(m -> toUInt16(${readCode('m')}), ${steps}) AS nodes,
  ${placeOf(plan)} AS spot, ${wayOf(plan)}::Array(UInt16) AS way
FROM (${sql})`,
    params: { ...params, depth: plan.depth, ...(plan.at !== undefined && { at: plan.at }) },
  }
}

function placeOf({ at, direction }: FlowPlan): string {
  if (at !== undefined) return 'indexOf(nodes, {at:UInt16})'
  return direction === 'forward' ? '1' : 'length(nodes)'
}

const ending = `arrayElement([${END.left}, ${END.ordered}, ${END.open}], outcome + 1)`

function wayOf({ direction, at }: FlowPlan): string {
  if (direction === 'forward')
    return `if(spot = 0, [], arrayPushBack(arraySlice(nodes, spot, {depth:UInt8}), if(spot + {depth:UInt8} <= length(nodes), ${ON}, ${ending})))`
  const before = 'arraySlice(arrayReverse(arraySlice(nodes, 1, spot)), 1, {depth:UInt8})'
  const back = `arrayPushBack(${before}, if(spot > {depth:UInt8}, ${ON}, ${BEGAN}))`
  // Looking back from the ends, these are the first column.
  return at === undefined ? `arrayPushFront(${back}, ${ending})` : `if(spot = 0, [], ${back})`
}
