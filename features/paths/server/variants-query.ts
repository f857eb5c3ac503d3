import type { Query } from './path-table-query.ts'
import { collapse, type PathPlan, readCode, unitsQuery } from './units-query.ts'

export interface VariantsPlan extends PathPlan {
  /** Steps by which variants are told apart, and how many variants are handed over. */
  maxSteps: number
  top: number
  /** Codes of contacts that must be on the path. */
  through: readonly number[]
  /** Only these variants, as `identifyVariant` writes them… */
  only?: readonly string[]
  /** …or these besides the most frequent ones. */
  besides?: readonly string[]
}

/** The path table: a row for each distinct path, and the totals of all of them in each row. */
export interface VariantRow {
  nodes: number[]
  is_cut: number
  n: number
  ordered: number
  open: number
  value: number
  /** Half of them took no longer from the first step to the last (or to the order), ms. */
  took: number
  units: number
  persons: number
  squares: number
  known: number
  all_ordered: number
  all_open: number
  distinct: number
  found: number
  found_units: number
}

const NAME = "(arrayStringConcat(nodes, ' ') || if(is_cut, ' …', ''))"

export function variantsQuery(plan: VariantsPlan): Query {
  const table = pathTable(plan)
  const found = 'hasAll(nodes, {through:Array(UInt16)})'
  return {
    sql: `SELECT nodes, is_cut, n, ordered, open, value, took, units, persons, squares, known, all_ordered, all_open, distinct, found, found_units
FROM (
SELECT *, sum(n) OVER () AS units, sum(people) OVER () AS persons, sum(square) OVER () AS squares, sum(known_n) OVER () AS known, sum(ordered) OVER () AS all_ordered,
  sum(open) OVER () AS all_open, count() OVER () AS distinct, sum(is_found) OVER () AS found, sum(n * is_found) OVER () AS found_units
FROM (SELECT *, ${found} AS is_found FROM (${table.sql}))
)
WHERE is_found${plan.only ? ` AND ${NAME} IN {only:Array(String)}` : ''}
ORDER BY ${plan.besides ? `${NAME} IN {besides:Array(String)} DESC, ` : ''}n DESC, length(nodes), nodes, is_cut LIMIT {top:UInt32}`,
    params: {
      ...table.params,
      through: plan.through,
      top: plan.top + (plan.besides?.length ?? 0),
      ...(plan.only && { only: plan.only }),
      ...(plan.besides && { besides: plan.besides }),
    },
  }
}

/** How a variant is named between statements and by the page: its codes. */
export const identifyVariant = ({ nodes, is_cut }: Pick<VariantRow, 'nodes' | 'is_cut'>): string =>
  nodes.join(' ') + (is_cut ? ' …' : '')

function pathTable(plan: VariantsPlan): Query {
  const units = variantUnits(plan)
  return {
    sql: `SELECT nodes, is_cut, count() AS n, countIf(outcome = 1) AS ordered, countIf(outcome = 2) AS open, countIf(place = 1) AS people, sum(2 * place - 1) AS square,
  countIf(known) AS known_n, sum(amount) AS value, quantileExact(0.5)(took) AS took
FROM (${units.sql})
GROUP BY nodes, is_cut`,
    params: units.params,
  }
}

/** A row for each unit with its variant (`nodes`, `is_cut`), how long it took, and the amount of its first order. */
export function variantUnits(plan: Pick<VariantsPlan, 'maxSteps'> & PathPlan): Query {
  const { sql, params } = unitsQuery(plan, { withMoney: true })
  const steps = plan.repeats ? 'marks' : collapse('marks')
  return {
    sql: `SELECT person, known, place, outcome, marks, ${steps} AS steps, length(steps) > {max_steps:UInt32} AS is_cut,
  arrayMap(m -> toUInt16(${readCode('m')}), arraySlice(steps, 1, {max_steps:UInt32})) AS nodes,
  toInt64(bitShiftRight(greatest(marks[-1], ordered), 26) - bitShiftRight(marks[1], 26)) AS took,
  if(ordered > 0, arrayFirst(o -> o.1 = ordered, orders).2, 0) AS amount
FROM (${sql})`,
    params: { ...params, max_steps: plan.maxSteps },
  }
}
