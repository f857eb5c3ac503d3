import type { Query } from '../../reports/server/reads.ts'
import { ERA_BITS, MAX_MIXES, OTHER_MIXES } from '../vocabulary.ts'
import type { MixPlan } from './mix-plan.ts'
import type { CellSums } from './models/person-sums.ts'
import { ordersQuery } from './orders-query.ts'

/** What is added up: all orders, what was said, recommendations, whether it was bought out, and money by unit. */
export type MixOutcome = 'all' | 'said' | 'asked' | 'bought' | 'share'

/** The level at which orders are told apart: the four groups, or the combinations of ways. */
export type MixLevel = 'group' | 'mix'

/** Problem, returning, category. */
export type StratumCell = [0 | 1, 0 | 1, string]

/**
 * Persons whose orders of a unit lie in the same cells. Of `share` the unit is 0 and the cells are units; of all others
 * the cells are strata. `facts` are counts that need no person: known by name, in another currency.
 */
export interface MixRow extends CellSums<StratumCell> {
  level: MixLevel
  unit: number
  outcome: MixOutcome
  known: number
  foreign: number
}

/** Categories with a smaller share of the orders don't stand alone. */
const CATEGORY_SHARE = 0.1

/**
 * The whole report in one statement: orders fold to persons, and persons with orders in the same cells to one row that
 * holds the sums and products that every estimate and every error clustered by person is made of.
 */
export function mixQuery(plan: MixPlan): Query {
  const orders = ordersQuery(plan)
  const group = `multiIf(mix = 0, 0, bitAnd(mix, ${ERA_BITS.modern}) = 0, 1, bitAnd(mix, ${ERA_BITS.classic}) = 0, 2, 3)`
  const sized = `SELECT *, count() OVER (PARTITION BY mix) AS mix_orders, count() OVER (PARTITION BY category) AS category_orders, count() OVER () AS all_orders
    FROM (${orders.sql})`
  const ranked = `SELECT *, dense_rank() OVER (ORDER BY mix_orders DESC, mix) AS place FROM (${sized})`
  const units = `[('group', toInt32(${group})), ('mix', if(place <= ${MAX_MIXES}, toInt32(mix), ${OTHER_MIXES}))]`
  const stratum = `(problem::UInt8, returning::UInt8, if(category_orders >= ${CATEGORY_SHARE} * all_orders, category, ''))`
  const isSaid = 'said_n > 0'
  const isAsked = 'asked_n > 0'
  const cells = `SELECT person, u.1 AS is_share, u.2 AS level, u.3 AS unit, u.4 AS cell, any(known) AS known, sum(foreign) AS others,
      [count(), countIf(${isSaid}), countIf(${isAsked}), sum(settled)]::Array(Float64) AS ns,
      [sum(amount), sumIf(said_sum / said_n, ${isSaid}), sumIf(asked_sum / asked_n, ${isAsked}), sumIf(bought, settled)]::Array(Float64) AS ys
    FROM (SELECT *, ${units} AS own, arrayJoin(arrayConcat(
        arrayMap(o -> (0, o.1, o.2, ${stratum}), own), arrayMap(o -> (1, o.1, 0, (0, 0, toString(o.2))), own)
      )::Array(Tuple(UInt8, String, Int32, Tuple(UInt8, UInt8, String)))) AS u FROM (${ranked}))
    GROUP BY person, is_share, level, unit, cell`
  const persons = `SELECT is_share, level, unit, person, any(known) AS is_known, sum(others) AS others, arraySort(groupArray((cell, ns, ys))) AS mine
    FROM (${cells}) GROUP BY is_share, level, unit, person`
  const products = (a: string, b: string) =>
    `sumForEach(arrayFlatten(arrayMap(a -> arrayMap(b -> a * b, ${b}), ${a})))`
  return {
    sql: `SELECT level, unit, outcome, cells, count() AS persons, sum(known) AS known, sum(others) AS foreign,
  sumForEach(ns) AS n, sumForEach(ys) AS y, ${products('ns', 'ns')} AS nn, ${products('ns', 'ys')} AS ny, ${products('ys', 'ys')} AS yy
FROM (
  SELECT level, unit, outcome, others, arrayFilter(c -> c.2[at] > 0, mine) AS those, those.1 AS cells,
    arrayMap(c -> c.2[at], those) AS ns, arrayMap(c -> c.3[at], those) AS ys, is_known * arraySum(ns) AS known
  FROM (${persons})
  ARRAY JOIN if(is_share, ['share'], ['all', 'said', 'asked', 'bought']) AS outcome, if(is_share, [1], [1, 2, 3, 4]) AS at
  WHERE notEmpty(those)
)
GROUP BY level, unit, outcome, cells
ORDER BY level, unit, outcome, cells`,
    params: orders.params,
  }
}
