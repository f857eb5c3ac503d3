import type { CheckedFilter, NumberOperand, TextTest } from './checked.ts'
import type { JsonField } from './fields.ts'
import { FOLD_FROM, FOLD_TO } from './fold.ts'
import { toRe2 } from './glob.ts'
import { DECIMAL_PATTERN } from './to-predicate.ts'

export interface SqlExpression {
  /** A condition on a row of `events`, 0 or 1, never NULL. */
  sql: string
  /** For the query's parameters. */
  params: Record<string, string | number | readonly (string | number)[]>
}

export interface SqlOptions {
  /** How the query calls the table of events; columns are written `alias.name` then. */
  alias?: string
  /** How the parameters' names begin, so that two filters fit into one query. */
  prefix?: string
}

interface Builder {
  column(name: string): string
  bind(value: SqlExpression['params'][string], type: string): string
}

/** A JSON text that holds a plain decimal and nothing else. */
const DECIMAL_RE2 = `\\\\A${DECIMAL_PATTERN.replaceAll('\\', '\\\\')}\\\\z`
const NUMBER_TYPES = "('Int64', 'UInt64', 'Double')"

/**
 * The number that an element `e` of a list is or plainly spells. Taken from the element's own text: the engine writes
 * elements anew, 1e20 as twenty-one digits, and then can't read those as JSON.
 */
const ELEMENT_NUMBER =
  "multiIf(match(e, '\\\\A[-0-9]'), toFloat64OrNull(e), " +
  `startsWith(e, '"') AND match(JSONExtractString(e), '${DECIMAL_RE2}'), toFloat64OrNull(JSONExtractString(e)), NULL)`

/** The filter as an expression over the columns of `events`. All values travel as parameters. */
export function toClickhouse(filter: CheckedFilter, options: SqlOptions = {}): SqlExpression {
  const params: SqlExpression['params'] = {}
  const { alias, prefix = 'f' } = options
  const builder: Builder = {
    column: (name) => (alias ? `${alias}.${name}` : name),
    bind(value, type) {
      const name = `${prefix}${Object.keys(params).length + 1}`
      params[name] = value
      return `{${name}:${type}}`
    },
  }
  return { sql: build(filter, builder), params }
}

function build(filter: CheckedFilter, builder: Builder): string {
  switch (filter.type) {
    case 'all':
      return join(filter.parts, 'AND', '1', builder)
    case 'any':
      return join(filter.parts, 'OR', '0', builder)
    case 'not':
      return `(NOT ${build(filter.part, builder)})`
    case 'text':
      return buildText(filter, builder)
    case 'number_in': {
      const values = builder.bind(filter.values, 'Array(Float64)')
      return withNumber(filter.of, builder, (number) => `has(${values}, ${number})`)
    }
    case 'number_bounds':
      return withNumber(filter.of, builder, (number) =>
        filter.bounds
          .map(({ how, value }) => `${number} ${how} ${builder.bind(value, 'Float64')}`)
          .join(' AND '),
      )
    case 'boolean':
      return buildBoolean(filter, builder)
    case 'time':
      return buildTime(filter, builder)
    case 'has_text':
      return buildHasText(filter, builder)
    case 'has_number': {
      const value = builder.bind(filter.value, 'Float64')
      return `arrayExists(e -> ifNull(${ELEMENT_NUMBER} = ${value}, 0), ${listElements(filter.of, builder)})`
    }
    case 'exists':
      return buildExists(filter, builder)
  }
}

function join(
  parts: readonly CheckedFilter[],
  word: 'AND' | 'OR',
  empty: '0' | '1',
  builder: Builder,
): string {
  if (parts.length === 0) return empty
  return `(${parts.map((part) => build(part, builder)).join(` ${word} `)})`
}

function buildText(
  { of, test, ignoreCase }: Extract<CheckedFilter, { type: 'text' }>,
  builder: Builder,
): string {
  if (of.kind === 'text') return `(${testText(fold(builder.column(of.column), ignoreCase), test, builder)})`
  const json = jsonArguments(of, builder)
  const text = fold(`JSONExtractString(${json})`, ignoreCase)
  return `(JSONType(${json}) = 'String' AND ${testText(text, test, builder)})`
}

function testText(text: string, test: TextTest, builder: Builder): string {
  switch (test.how) {
    case 'one_of':
      return test.values.length === 1
        ? `${text} = ${builder.bind(test.values[0] ?? '', 'String')}`
        : `has(${builder.bind(test.values, 'Array(String)')}, ${text})`
    case 'contains':
      return `position(${text}, ${builder.bind(test.value, 'String')}) > 0`
    case 'starts_with':
      return `startsWith(${text}, ${builder.bind(test.value, 'String')})`
    case 'ends_with':
      return `endsWith(${text}, ${builder.bind(test.value, 'String')})`
    case 'matches':
      return `(${text} != '' AND match(${text}, ${builder.bind(toRe2(test.value), 'String')}))`
  }
}

function fold(text: string, ignoreCase: boolean): string {
  return ignoreCase ? foldSql(text) : text
}

/** A text with its capital letters folded as `ignoreCase` compares them. */
export function foldSql(text: string): string {
  return `translateUTF8(${text}, '${FOLD_FROM}', '${FOLD_TO}')`
}

function withNumber(of: NumberOperand, builder: Builder, test: (number: string) => string): string {
  if (of.kind === 'number') return `ifNull(${test(`toFloat64(${builder.column(of.column)})`)}, 0)`
  // The number is worked out once, in a list of one, and then tested.
  return `arrayExists(n -> ifNull(${test('n')}, 0), [${readNumber(jsonArguments(of, builder))}])`
}

/** The number that a JSON value is or plainly spells, or NULL. `json` are the arguments of JSONType and its like. */
export function readNumber(json: string): string {
  const text = `JSONExtractString(${json})`
  return (
    `multiIf(JSONType(${json}) IN ${NUMBER_TYPES}, toNullable(JSONExtractFloat(${json})), ` +
    `JSONType(${json}) = 'String' AND match(${text}, '${DECIMAL_RE2}'), toFloat64OrNull(${text}), NULL)`
  )
}

function buildBoolean({ of, value }: Extract<CheckedFilter, { type: 'boolean' }>, builder: Builder): string {
  const json = jsonArguments(of, builder)
  return `(JSONType(${json}) = 'Bool' AND JSONExtractBool(${json}) = ${value ? 1 : 0})`
}

/** The column stands bare on one side, so that its index and the partition can be used. */
function buildTime({ column, from, to }: Extract<CheckedFilter, { type: 'time' }>, builder: Builder): string {
  const bounds = [
    ...(from === undefined ? [] : [`${builder.column(column)} >= ${toTime(from, builder)}`]),
    ...(to === undefined ? [] : [`${builder.column(column)} < ${toTime(to, builder)}`]),
  ]
  return `(${bounds.join(' AND ')})`
}

function toTime(ms: number, builder: Builder): string {
  return `fromUnixTimestamp64Milli(${builder.bind(ms, 'Int64')}, 'UTC')`
}

function buildHasText(
  { of, value, ignoreCase }: Extract<CheckedFilter, { type: 'has_text' }>,
  builder: Builder,
): string {
  const bound = builder.bind(value, 'String')
  if (of.kind === 'list')
    return `arrayExists(e -> ${fold('e', ignoreCase)} = ${bound}, ${builder.column(of.column)})`
  const element = fold('JSONExtractString(e)', ignoreCase)
  return `arrayExists(e -> JSONType(e) = 'String' AND ${element} = ${bound}, ${listElements(of, builder)})`
}

function buildExists({ of }: Extract<CheckedFilter, { type: 'exists' }>, builder: Builder): string {
  if (of.kind === 'text') return `(${builder.column(of.column)} != '')`
  if (of.kind === 'number') return `isNotNull(${builder.column(of.column)})`
  if (of.kind === 'list') return `notEmpty(${builder.column(of.column)})`
  const json = jsonArguments(of, builder)
  return `(JSONType(${json}) != 'Null' AND (JSONType(${json}) != 'String' OR JSONExtractString(${json}) != ''))`
}

function listElements(of: JsonField, builder: Builder): string {
  return `JSONExtractArrayRaw(${jsonArguments(of, builder)})`
}

function jsonArguments({ column, path }: JsonField, builder: Builder): string {
  return [builder.column(column), ...path.map((key) => builder.bind(key, 'String'))].join(', ')
}
