import type { CheckedFilter } from '../../../../kernel/filter/checked.ts'
import {
  foldSql,
  readNumber,
  type SqlExpression,
  toClickhouse,
} from '../../../../kernel/filter/to-clickhouse.ts'
import type { Registry, Touchpoint } from '../../contract.ts'
import { type ClaimRule, listRules } from './compile-registry.ts'

/** What claims an event, as expressions over the columns of `events`. */
export interface ClaimSql {
  arrival: SqlExpression
  touchpoint: SqlExpression
}

/** Expressions for some derived columns, by their names. */
export interface ClassifyStep {
  columns: Record<string, string>
  params: SqlExpression['params']
}

interface Naming {
  alias?: string
  /** How the parameters' names begin. All expressions of one registry share them. */
  prefix?: string
}

const CLASSIFIED = "('track', 'page', 'screen')"

/**
 * What `compileRegistry` answers in memory, as ClickHouse SQL for classifying the history anew: steps of which each
 * reads the columns that the one before has written, so that no rule is worked out twice. The two are held equal by a
 * property test.
 */
export function classifySteps(registry: Registry): ClassifyStep[] {
  const { arrival, touchpoint } = claimSql(registry)
  return [
    {
      columns: { arrival: arrival.sql, touchpoint: touchpoint.sql },
      params: { ...arrival.params, ...touchpoint.params },
    },
    { columns: { stage: chooseStage(registry), measure: chooseMeasure(registry) }, params: {} },
    { columns: { measured: `if(measure = '', NULL, ${readMeasure('measure')})` }, params: {} },
  ]
}

/** By which touchpoint a visit came and what an event is: the first of the classification's steps, and for previews. */
export function claimSql(registry: Registry, { alias, prefix = 't' }: Naming = {}): ClaimSql {
  const column = (name: string) => (alias ? `${alias}.${name}` : name)
  const { arrivals, moments } = listRules(registry)
  const arrival = chooseFirst(arrivals, { alias, prefix: `${prefix}a` }, () => '1')
  const moment = chooseFirst(moments, { alias, prefix: `${prefix}m` }, ({ answer }) =>
    answer.claims === 'both' ? `${column('kind')} != 'page'` : '1',
  )
  const keys = registry.touchpoints.filter(({ isOn }) => isOn).map(({ key }) => writeKey(key))
  const named = `JSONExtractString(${column('properties')}, 'touchpoint')`
  const isNamed = keys.length === 0 ? '0' : `${named} IN (${keys.join(', ')})`
  const touchpoint = `multiIf(${column('kind')} NOT IN ${CLASSIFIED}, '', ${isNamed}, ${named}, ${moment.sql})`
  return {
    arrival: {
      sql: foldOnce(`if(${column('kind')} = 'page', ${arrival.sql}, '')`, column),
      params: arrival.params,
    },
    touchpoint: { sql: foldOnce(touchpoint, column), params: moment.params },
  }
}

/** The table of capital letters is long and most rules need it, so each column is folded once. */
function foldOnce(sql: string, column: (name: string) => string): string {
  return ['path', 'name', 'url'].reduce((text, name) => {
    const folded = foldSql(column(name))
    const parts = text.split(folded)
    return parts.length < 3 ? text : withValue(`folded_${name}`, folded, parts.join(`folded_${name}`))
  }, sql)
}

/** An expression over a value that is written, and worked out, once: names given by AS are only pasted in. */
function withValue(name: string, value: string, expression: string): string {
  return `arrayMap(${name} -> ${expression}, [${value}])[1]`
}

function chooseFirst(
  rules: readonly ClaimRule[],
  naming: { alias: string | undefined; prefix: string },
  guard: (rule: ClaimRule) => string,
): SqlExpression {
  const params: SqlExpression['params'] = {}
  const branches = rules.flatMap((rule, index) => {
    const part = toSql(rule.filter, naming, index)
    Object.assign(params, part.params)
    const condition = guard(rule)
    return [condition === '1' ? part.sql : `${condition} AND ${part.sql}`, writeKey(rule.answer.key)]
  })
  return { sql: branches.length === 0 ? "''" : `multiIf(${branches.join(', ')}, '')`, params }
}

function toSql(filter: CheckedFilter, naming: { alias: string | undefined; prefix: string }, index: number) {
  return toClickhouse(filter, { alias: naming.alias, prefix: `${naming.prefix}${index}_` })
}

function chooseStage({ touchpoints }: Registry): string {
  return byTouchpoint(
    touchpoints.filter(({ isOn }) => isOn),
    ({ stage }) => stage,
  )
}

/** The first standard of the event's touchpoint that it has a value for. */
function chooseMeasure({ touchpoints }: Registry): string {
  const places = Math.max(0, ...touchpoints.map(({ standards }) => standards.length))
  const branches = Array.from({ length: places }, (_, place) => {
    const own = touchpoints.filter(({ isOn, standards }) => isOn && standards.length > place)
    const measure = byTouchpoint(own, ({ standards }) => standards[place]?.measure ?? '')
    return `${measure} != '' AND isNotNull(${readMeasure(measure)}), ${measure}`
  })
  return branches.length === 0 ? "''" : `multiIf(${branches.join(', ')}, '')`
}

function byTouchpoint(touchpoints: readonly Touchpoint[], read: (one: Touchpoint) => string): string {
  if (touchpoints.length === 0) return "''"
  const keys = touchpoints.map(({ key }) => writeKey(key)).join(', ')
  return `transform(toString(touchpoint), [${keys}], [${touchpoints.map((one) => writeKey(read(one))).join(', ')}], '')`
}

/** The number by that name in the event's properties; NULL without one. */
function readMeasure(measure: string): string {
  const json = `properties, toString(${measure})`
  return `if(JSONType(${json}) = 'Bool', toNullable(toFloat64(JSONExtractBool(${json}))), ${readNumber(json)})`
}

/** Keys are small Latin letters, digits and underscores, so they may stand in a statement as they are. */
function writeKey(key: string): string {
  if (!/^[a-z][a-z0-9_]*$/.test(key)) throw new Error(`Not a key: ${key}`)
  return `'${key}'`
}
