import { listEventNames } from '../../orders/server/reads.ts'
import { personsJoin } from '../../people/server/reads.ts'
import type { Query, ReportGround } from '../../reports/server/reads.ts'
import type { Registry, Standard } from '../../touchpoints/contract.ts'
import { GROUPS, KNOWN, PATTERNS, PER_MEASURE, WEEK_CELLS, WEEKS_PER_GROUP, WINDOWS } from './models/cells.ts'
import { FOLLOW_UP_DAYS, type Windows, type WindowsPlan } from './models/plan-windows.ts'

export interface EffectPlan {
  shop: number
  timeZone: string
  currency: string
  registry: Pick<Registry, 'touchpoints'>
  windows: WindowsPlan
  /** Moments of what is read, ms since 1970. */
  moments: { from: number; to: number }
  /** Touchpoints of the place; the others of its stage; all the rest. With a segment only the first counts. */
  place: readonly string[]
  near: readonly string[]
  rest: readonly string[]
  /** Who belongs to the decision's segment; the others are what it is compared with. */
  inside: ReportGround['persons'] | undefined
}

/** Events that only measure or only say something are no contacts. */
const NO_CONTACTS = ['Standard Measured', 'Page Measured', 'Feedback Given']
const STEP = "trimBoth(replaceRegexpAll(lower(name), '[\\\\s_-]+', ' '))"
const FOLLOW_UP_MS = FOLLOW_UP_DAYS * 86_400_000
/** Windows of orders are numbered from here on. */
const OF_ORDERS = 1_000
/** A key that no registry can have: an array without a value has no type. */
const NONE = '-'

/**
 * Sums over persons (models/cells.ts): for each cell, and each two cells of one measure, how many persons are in both,
 * and the sums and products of their values there. Persons don't leave the store.
 */
export function effectQuery(plan: EffectPlan): Query {
  const persons = cellsOfPersons(plan)
  const isPair = `y.1 = x.1 OR y.1 > x.1 AND y.1 < ${PATTERNS} AND intDiv(y.1, ${PER_MEASURE}) = intDiv(x.1, ${PER_MEASURE})
      AND x.1 % ${PER_MEASURE} < ${WEEK_CELLS} AND y.1 % ${PER_MEASURE} < ${WEEK_CELLS}`
  return {
    sql: `SELECT x.1 AS a, pair.1 AS b, count() AS n, sum(x.2) AS sum_a, sum(pair.2) AS sum_b, sum(x.2 * pair.2) AS product
FROM (
  SELECT x, arrayJoin(arrayFilter(y -> ${isPair}, cells)) AS pair
  FROM (SELECT arrayConcat(measured, ${patterns()}, [(toUInt32(${KNOWN} + known), toFloat64(0))]) AS cells FROM (${persons.sql}))
  ARRAY JOIN cells AS x
)
GROUP BY a, b`,
    params: persons.params,
  }
}

/** Of each measure, the set of cells that a person is in, as a number. */
function patterns(): string {
  const mask = `arraySum(c -> if(intDiv(c.1, ${PER_MEASURE}) = m AND c.1 % ${PER_MEASURE} < ${WEEK_CELLS}, bitShiftLeft(toUInt32(1), c.1 % ${PER_MEASURE}), 0), measured)`
  return `arrayFilter(c -> c.1 % ${PATTERNS} > 0, arrayMap(m -> (toUInt32(${PATTERNS} * (m + 1) + ${mask}), toFloat64(0)), [0, 1, 2]))`
}

/** A row for each person: in which cells, with what value in each. */
function cellsOfPersons(plan: EffectPlan): Query {
  const { join, person } = personsJoin()
  const inside = plan.inside?.(person)
  const sums = GROUPS.map(
    (_, g) => `sum(said_${g}) AS said_${g}, sum(heard_${g}) AS heard_${g}, sum(kept_${g}) AS kept_${g},
    sum(judged_${g}) AS judged_${g}, min(first_${g}) AS first_${g}`,
  ).join(', ')
  const weekly = GROUPS.map(
    (
      _,
      g,
    ) => `ifNull(sumIf(valence, ${meets(g, 'touchpoint')} AND isNotNull(valence)), 0) AS said_${g}, countIf(${meets(g, 'touchpoint')} AND isNotNull(valence)) AS heard_${g},
      ifNull(sumIf(outcome, ${meets(g, 'touchpoint')} AND isNotNull(outcome)), 0) AS kept_${g}, countIf(${meets(g, 'touchpoint')} AND isNotNull(outcome)) AS judged_${g},
      minIf(at, is_contact AND (${meets(g, 'touchpoint')} OR ${meets(g, 'arrival')})) AS first_${g}`,
  ).join(', ')
  return {
    sql: `SELECT person, max(is_known) AS known, groupArrayArray(${cellsOfWindow(plan.inside !== undefined)}) AS measured
FROM (
  SELECT person, inside, win, max(is_known) AS is_known, ${sums}
  FROM (
    SELECT ${person} AS person, ${inside?.sql ?? '1'} AS inside, e.is_known AS is_known, arrayJoin(arrayFilter(v -> e.week >= v.2 AND e.week < v.3, ${windowList(plan.windows)})).1 AS win,
      ${GROUPS.map((_, g) => `e.said_${g} AS said_${g}, e.heard_${g} AS heard_${g}, e.kept_${g} AS kept_${g}, e.judged_${g} AS judged_${g}, if(e.first_${g} = 0, ${NEVER}, e.first_${g}) AS first_${g}`).join(', ')}
    FROM (
      SELECT identity, week, max(identity_kind != 'anonymous') AS is_known, ${weekly}
      FROM (${factsSql()}) GROUP BY identity, week
    ) AS e ${join}
  )
  GROUP BY person, inside, win
) AS of_windows
LEFT JOIN (${ordersSql(join, person)}) AS of_orders ON of_orders.person = of_windows.person
GROUP BY person`,
    params: { ...paramsOf(plan), ...inside?.params },
  }
}

const NEVER = '9000000000000'
const meets = (g: number, column: string) => `${column} IN {group_${g}:Array(String)}`

/** What of the events counts at all, with its week and how far the touchpoint's standard was kept. */
function factsSql(): string {
  const ofStandard = (name: string) =>
    `transform(concat(touchpoint, ' ', measure), {pairs:Array(String)}, {${name}:Array(Float64)}, toFloat64(0))`
  return `SELECT identity, identity_kind, touchpoint, arrival, valence * 100 AS valence, toUnixTimestamp64Milli(ts) AS at,
        intDiv(toInt32(toDate(ts, {zone:String})) - {first_day:Int32}, 7) AS week,
        name NOT IN {no_contacts:Array(String)} AS is_contact,
        if(measure = '' OR measured IS NULL, 0, ${ofStandard('signs')}) AS sign,
        if(sign = 0, NULL, multiIf(sign * measured <= ${ofStandard('goods')}, 1, sign * measured <= ${ofStandard('bads')}, 0.5, 0)) AS outcome
      FROM events FINAL
      WHERE shop = {shop:UInt32} AND ts >= fromUnixTimestamp64Milli({from:Int64}) AND ts < fromUnixTimestamp64Milli({to:Int64})
        AND (touchpoint != '' OR arrival != '')`
}

/** An order told twice counts once, at the time when it was told first. */
function ordersSql(join: string, person: string): string {
  return `SELECT person, groupArray((at, amount)) AS orders FROM (
    SELECT ${person} AS person, e.key AS key, min(e.at) AS at, argMin(e.amount, e.at) AS amount FROM (
      SELECT identity, if(order_id = '', toString(message_hash), order_id) AS key, toUnixTimestamp64Milli(ts) AS at,
        toFloat64(if(currency IN ('', {currency:String}), ifNull(amount, 0), 0)) AS amount
      FROM events FINAL
      WHERE shop = {shop:UInt32} AND ts >= fromUnixTimestamp64Milli({from:Int64}) AND ts < fromUnixTimestamp64Milli({to:Int64})
        AND ${STEP} IN {placed:Array(String)}
    ) AS e ${join} GROUP BY person, key
  ) GROUP BY person`
}

/** The cells of one person in one window, each with its value. */
function cellsOfWindow(hasSegment: boolean): string {
  const code = (measure: number, group: string) =>
    `toUInt32(${measure * PER_MEASURE} + if(win % ${OF_ORDERS} < ${WEEK_CELLS}, ${group} * ${WINDOWS.length}, ${group} * ${WEEKS_PER_GROUP}) + win % ${OF_ORDERS})`
  const groups = hasSegment ? [0] : GROUPS.map((_, g) => g)
  const cells = groups.flatMap((g) => {
    const group = hasSegment ? 'if(inside, 0, 1)' : String(g)
    // Whoever met the place is no part of what it is compared with.
    const isFirst = `win >= ${OF_ORDERS} AND first_${g} < ${NEVER}${g === 0 ? '' : ` AND first_0 = ${NEVER}`}`
    const isFact = `win < ${OF_ORDERS}`
    return [
      `(${isFact} AND heard_${g} > 0, ${code(0, group)}, toFloat64(said_${g} / heard_${g}))`,
      `(${isFact} AND judged_${g} > 0, ${code(1, group)}, toFloat64(kept_${g} / judged_${g}))`,
      `(${isFirst}, ${code(2, group)}, toFloat64(${withinOf(g, 'arrayExists')}))`,
      `(${isFirst}, ${code(3, group)}, toFloat64(${withinOf(g, 'arraySum')}))`,
    ]
  })
  return `arrayMap(c -> (c.2, c.3), arrayFilter(c -> c.1, [${cells.join(', ')}]))`
}

/** Whether something was ordered later than the first contact and within the time to follow up, or for how much. */
function withinOf(g: number, how: 'arrayExists' | 'arraySum'): string {
  const isWithin = `o.1 > first_${g} AND o.1 <= first_${g} + ${FOLLOW_UP_MS}`
  return how === 'arrayExists'
    ? `arrayExists(o -> ${isWithin}, orders)`
    : `arraySum(o -> if(${isWithin}, o.2, 0), orders)`
}

/** Numbers only, so that they can stand in the text. */
function windowList({ facts, orders }: WindowsPlan): string {
  const list = (windows: Windows, base: number) => [
    ...WINDOWS.map((name, at) => [base + at, windows[name].from, windows[name].to]),
    ...Array.from({ length: windows.after.to - windows.before.from }, (_, at) => {
      const week = windows.before.from + at
      return [base + WEEK_CELLS + week, week, week + 1]
    }),
  ]
  const all = [...list(facts, 0), ...list(orders, OF_ORDERS)]
  return `[${all.map(([code, from, to]) => `(toUInt16(${code}), ${from}, ${to})`).join(', ')}]`
}

function paramsOf(plan: EffectPlan): Record<string, unknown> {
  const standards = plan.registry.touchpoints.flatMap((touchpoint) =>
    touchpoint.standards.map((standard) => ({ key: touchpoint.key, standard })),
  )
  const signOf = ({ direction }: Standard) => (direction === 'at_most' ? 1 : -1)
  return {
    shop: plan.shop,
    zone: plan.timeZone,
    currency: plan.currency,
    from: plan.moments.from,
    to: plan.moments.to,
    first_day: plan.windows.first,
    no_contacts: NO_CONTACTS,
    placed: listEventNames(['placed']),
    group_0: [NONE, ...plan.place],
    group_1: [NONE, ...plan.near],
    group_2: [NONE, ...plan.rest],
    pairs: [NONE, ...standards.map(({ key, standard }) => `${key} ${standard.measure}`)],
    signs: [0, ...standards.map(({ standard }) => signOf(standard))],
    goods: [0, ...standards.map(({ standard }) => signOf(standard) * standard.good)],
    bads: [0, ...standards.map(({ standard }) => signOf(standard) * standard.bad)],
  }
}
