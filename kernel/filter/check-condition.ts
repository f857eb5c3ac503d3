import { parseTime } from '../parse-time.ts'
import { cleanText } from '../text.ts'
import type {
  CheckedFilter,
  ListOperand,
  NumberBound,
  NumberOperand,
  TextOperand,
  TextTest,
} from './checked.ts'
import { type Field, readField, type TimeColumn } from './fields.ts'
import { foldCase } from './fold.ts'
import { MAX_LIST, MAX_TEXT, OPERATORS, type Operator } from './schema.ts'

/** Which part of a condition is wrong, and a sentence about it. */
export interface ConditionProblem {
  key: '' | 'field' | 'op' | 'value' | 'ignoreCase'
  message: string
}

type Checked = CheckedFilter | ConditionProblem

interface Parts {
  field: Field
  op: Operator
  value: unknown
  ignoreCase: boolean
}

const NEGATED: Partial<Record<Operator, Operator>> = {
  not_equals: 'equals',
  not_in: 'in',
  not_contains: 'contains',
  not_has: 'has',
  not_exists: 'exists',
}
const BOUNDS: Partial<Record<Operator, NumberBound['how']>> = {
  less: '<',
  at_most: '<=',
  more: '>',
  at_least: '>=',
}
const TIME_OPERATORS: readonly Operator[] = ['before', 'since', 'within']
const KEYS = ['field', 'op', 'value', 'ignoreCase']
const SUITS: Record<Field['kind'], readonly Operator[]> = {
  text: ['equals', 'in', 'contains', 'starts_with', 'ends_with', 'matches', 'exists'],
  number: ['equals', 'in', 'less', 'at_most', 'more', 'at_least', 'between', 'exists'],
  time: TIME_OPERATORS,
  list: ['has', 'exists'],
  json: OPERATORS.filter((op) => !TIME_OPERATORS.includes(op)),
}
/** The times that the history's clock type can hold. */
const EARLIEST = Date.UTC(1900, 0, 1)
const LATEST = Date.UTC(2299, 11, 31)
const HAS_OFFSET = /(?:Z|[+-]\d{2}:?\d{2})$/i

/** One condition with its meaning settled, or what is wrong with it. */
export function checkCondition(node: Record<string, unknown>): Checked {
  const unknown = Object.keys(node).find((key) => !KEYS.includes(key))
  if (unknown !== undefined) {
    const name = cleanText(unknown).slice(0, 60)
    return problem('', `A condition has field, op, value and ignoreCase; “${name}” is none of them.`)
  }
  if (typeof node.field !== 'string')
    return problem('field', 'Name a field, such as name or properties.total.')
  const field = readField(cleanText(node.field).slice(0, 1000))
  if (typeof field === 'string') return problem('field', field)
  const op = OPERATORS.find((one) => one === node.op)
  if (!op) return problem('op', `Use one of these operators: ${OPERATORS.join(', ')}.`)
  if (node.ignoreCase !== undefined && typeof node.ignoreCase !== 'boolean') {
    return problem('ignoreCase', 'ignoreCase is true or false.')
  }
  const plain = NEGATED[op] ?? op
  if (!SUITS[field.kind].includes(plain)) return problem('op', explainMisfit(field, op))
  const checked = settle({ field, op: plain, value: node.value, ignoreCase: node.ignoreCase === true })
  return plain === op || !('type' in checked) ? checked : { type: 'not', part: checked }
}

function settle(parts: Parts): Checked {
  const { field, op, value } = parts
  if (field.kind === 'time') return settleTime(field.column, op, value)
  if (op === 'exists') {
    return value === undefined
      ? { type: 'exists', of: field }
      : problem('value', 'exists and not_exists take no value.')
  }
  if (op === 'has') return settleHas(parts, field as ListOperand)
  if (op === 'equals' || op === 'in') return settleOneOf(parts)
  if (op === 'between' || BOUNDS[op]) return settleBounds(op, value, field as NumberOperand)
  return settleText(parts, field as TextOperand)
}

function settleOneOf({ field, op, value, ignoreCase }: Parts): Checked {
  const values = op === 'in' ? value : [value]
  if (!Array.isArray(values) || values.length === 0 || values.length > MAX_LIST) {
    return problem('value', `“in” takes a list of 1 to ${MAX_LIST} values.`)
  }
  if (op === 'equals' && typeof value === 'boolean' && field.kind === 'json') {
    return { type: 'boolean', of: field, value }
  }
  if (field.kind !== 'text' && values.every(isNumber)) {
    return { type: 'number_in', of: field as NumberOperand, values }
  }
  if (field.kind === 'number')
    return problem('value', `“${field.column}” is a number; compare it with numbers.`)
  if (!values.every((one) => typeof one === 'string')) {
    return problem('value', describeValues(field, op))
  }
  const wrong = values.map(findTextProblem).find((message) => message !== undefined)
  if (wrong) return problem('value', wrong)
  const test: TextTest = { how: 'one_of', values: ignoreCase ? values.map(foldCase) : values }
  return { type: 'text', of: field as TextOperand, test, ignoreCase }
}

function settleText({ op, value, ignoreCase }: Parts, of: TextOperand): Checked {
  if (typeof value !== 'string') return problem('value', `“${op}” takes a text.`)
  const wrong = findTextProblem(value)
  if (wrong) return problem('value', wrong)
  const how = op as 'contains' | 'starts_with' | 'ends_with' | 'matches'
  return { type: 'text', of, test: { how, value: ignoreCase ? foldCase(value) : value }, ignoreCase }
}

function settleBounds(op: Operator, value: unknown, of: NumberOperand): Checked {
  const how = BOUNDS[op]
  if (how) {
    if (!isNumber(value)) return problem('value', `“${op}” takes a number.`)
    return { type: 'number_bounds', of, bounds: [{ how, value }] }
  }
  if (!Array.isArray(value) || value.length !== 2 || !value.every(isNumber)) {
    return problem('value', '“between” takes two numbers: [low, high]. Both belong to it.')
  }
  const [low, high] = value as [number, number]
  const bounds: NumberBound[] = [
    { how: '>=', value: low },
    { how: '<=', value: high },
  ]
  return low <= high
    ? { type: 'number_bounds', of, bounds }
    : problem('value', 'Write the lower number first.')
}

function settleHas({ value, ignoreCase }: Parts, of: ListOperand): Checked {
  if (isNumber(value) && of.kind === 'json') return { type: 'has_number', of, value }
  if (typeof value !== 'string') {
    return problem('value', of.kind === 'json' ? '“has” takes a text or a number.' : '“has” takes a text.')
  }
  const wrong = findTextProblem(value)
  if (wrong) return problem('value', wrong)
  return { type: 'has_text', of, value: ignoreCase ? foldCase(value) : value, ignoreCase }
}

function settleTime(column: TimeColumn, op: Operator, value: unknown): Checked {
  const pair = op === 'within' ? value : [value]
  if (!Array.isArray(pair) || pair.length !== (op === 'within' ? 2 : 1)) {
    return problem('value', '“within” takes two times: [from, to]. The second doesn’t belong to it.')
  }
  const times = pair.map(readInstant)
  if (times.some((time) => time === undefined)) {
    return problem('value', 'Write times of 1900 to 2299 with their offset, such as 2026-01-31T10:00:00Z.')
  }
  const [first, second] = times
  if (op === 'before') return { type: 'time', column, to: first }
  if (op === 'since') return { type: 'time', column, from: first }
  if ((first as number) > (second as number)) return problem('value', 'Write the earlier time first.')
  return { type: 'time', column, from: first, to: second }
}

function readInstant(value: unknown): number | undefined {
  if (typeof value !== 'string' || !HAS_OFFSET.test(value)) return undefined
  const ms = parseTime(value, { zone: 'UTC' })?.ms
  return ms !== undefined && ms >= EARLIEST && ms <= LATEST ? ms : undefined
}

function findTextProblem(text: string): string | undefined {
  if (text === '') return 'The text is empty. To find what has none, use not_exists.'
  if (text.length > MAX_TEXT) return `The text is longer than ${MAX_TEXT} characters.`
  return cleanText(text) === text ? undefined : 'The text holds half a character or a NUL. Write it anew.'
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value)
}

function describeValues(field: Field, op: Operator): string {
  if (field.kind === 'text') return `“${field.column}” is a text; compare it with texts.`
  return op === 'in'
    ? 'The list holds either texts or numbers, not both.'
    : 'Compare with a text, a number, true or false.'
}

function explainMisfit(field: Field, op: Operator): string {
  const kind = { text: 'a text', number: 'a number', time: 'a time', list: 'a list', json: 'a property' }[
    field.kind
  ]
  const suited = SUITS[field.kind].join(', ')
  return `“${op}” doesn’t go with ${kind}. Use ${suited}${field.kind === 'time' ? '' : ', or their not_ forms'}.`
}

function problem(key: ConditionProblem['key'], message: string): ConditionProblem {
  return { key, message }
}
