import type { CheckedFilter } from '../../../../kernel/filter/checked.ts'
import {
  foldSql,
  readNumber,
  type SqlExpression,
  toClickhouse,
} from '../../../../kernel/filter/to-clickhouse.ts'
import type { Registry, Touchpoint } from '../../contract.ts'
import { type ClaimRule, listRules } from './compile-registry.ts'

/** The derived columns as expressions over the columns of `events`; `measured` may be NULL. */
export interface ClassifySql {
  arrival: SqlExpression
  touchpoint: SqlExpression
  stage: SqlExpression
  measure: SqlExpression
  measured: SqlExpression
}

interface Naming {
  alias?: string
  /** How the parameters' names begin. All expressions of one registry share them. */
  prefix?: string
}

const CLASSIFIED = "('track', 'page', 'screen')"

/**
 * What `compileRegistry` answers in memory, as ClickHouse SQL: for classifying the history anew and for previews. The
 * two are held equal by a property test.
 */
export function classifySql(registry: Registry, { alias, prefix = 't' }: Naming = {}): ClassifySql {
  const column = (name: string) => (alias ? `${alias}.${name}` : name)
  const { arrivals, moments } = listRules(registry)
  const arrival = chooseFirst(arrivals, { alias, prefix: `${prefix}a` }, () => '1')
  const moment = chooseFirst(moments, { alias, prefix: `${prefix}m` }, ({ answer }) =>
    answer.claims === 'both' ? `${column('kind')} != 'page'` : '1',
  )
  const keys = registry.touchpoints.filter(({ isOn }) => isOn).map(({ key }) => writeKey(key))
  const named = `JSONExtractString(${column('properties')}, 'touchpoint')`
  const isNamed = keys.length === 0 ? '0' : `${named} IN (${keys.join(', ')})`
  const touchpoint = foldOnce(
    `multiIf(${column('kind')} NOT IN ${CLASSIFIED}, '', ${isNamed}, ${named}, ${moment.sql})`,
    column,
  )
  const measure = chooseMeasure(registry, touchpoint, column('properties'))
  const { params } = moment
  return {
    arrival: {
      sql: foldOnce(`if(${column('kind')} = 'page', ${arrival.sql}, '')`, column),
      params: arrival.params,
    },
    touchpoint: { sql: touchpoint, params },
    stage: { sql: chooseStage(registry, touchpoint), params },
    measure: { sql: measure, params },
    measured: { sql: readMeasured(registry, measure, column('properties')), params },
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

function chooseStage({ touchpoints }: Registry, touchpoint: string): string {
  const on = touchpoints.filter(({ isOn }) => isOn)
  if (on.length === 0) return "''"
  const keys = on.map(({ key }) => writeKey(key)).join(', ')
  const stages = on.map(({ stage }) => writeKey(stage)).join(', ')
  return `transform(${touchpoint}, [${keys}], [${stages}], '')`
}

/** The first standard of the event's touchpoint that it has a value for. */
function chooseMeasure({ touchpoints }: Registry, touchpoint: string, properties: string): string {
  const byStandards = new Map<string, Touchpoint[]>()
  for (const one of touchpoints) {
    if (!one.isOn || one.standards.length === 0) continue
    const key = one.standards.map(({ measure }) => measure).join(' ')
    byStandards.set(key, [...(byStandards.get(key) ?? []), one])
  }
  const branches = [...byStandards].flatMap(([measures, group]) => {
    const keys = group.map(({ key }) => writeKey(key)).join(', ')
    return measures
      .split(' ')
      .flatMap((measure) => [
        `t IN (${keys}) AND isNotNull(${readMeasure(properties, measure)})`,
        writeKey(measure),
      ])
  })
  return branches.length === 0 ? "''" : withValue('t', touchpoint, `multiIf(${branches.join(', ')}, '')`)
}

function readMeasured({ touchpoints }: Registry, measure: string, properties: string): string {
  const measures = touchpoints
    .filter(({ isOn }) => isOn)
    .flatMap(({ standards }) => standards.map((one) => one.measure))
  const branches = [...new Set(measures)].flatMap((one) => [
    `m = ${writeKey(one)}`,
    readMeasure(properties, one),
  ])
  return branches.length === 0
    ? "CAST(NULL, 'Nullable(Float64)')"
    : withValue('m', measure, `multiIf(${branches.join(', ')}, NULL)`)
}

function readMeasure(properties: string, measure: string): string {
  const json = `${properties}, ${writeKey(measure)}`
  return `if(JSONType(${json}) = 'Bool', toNullable(toFloat64(JSONExtractBool(${json}))), ${readNumber(json)})`
}

/** Keys are small Latin letters, digits and underscores, so they may stand in a statement as they are. */
function writeKey(key: string): string {
  if (!/^[a-z][a-z0-9_]*$/.test(key)) throw new Error(`Not a key: ${key}`)
  return `'${key}'`
}
