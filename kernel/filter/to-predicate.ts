import { isObject, readStoredJson } from '../stored-json.ts'
import type {
  CheckedFilter,
  ListOperand,
  NumberBound,
  NumberOperand,
  TextOperand,
  TextTest,
} from './checked.ts'
import type { FilterableEvent, JsonColumn, JsonField } from './fields.ts'
import { foldCase } from './fold.ts'
import { compileGlob } from './glob.ts'

/** One event while it is asked: each of its JSON texts is read once at most, and only when a condition needs it. */
export interface Asked {
  event: FilterableEvent
  documents: Partial<Record<JsonColumn, Record<string, unknown> | null>>
}

export type Test = (asked: Asked) => boolean

/** What counts as a number when it is written as text, see README.md. Both back-ends use this pattern. */
export const DECIMAL_PATTERN = '-?[0-9]{1,15}(?:\\.[0-9]{1,15})?'
const DECIMAL = new RegExp(`^(?:${DECIMAL_PATTERN})$`)

/** The filter as a function of an event, for ingestion and triggers. */
export function toPredicate(filter: CheckedFilter): (event: FilterableEvent) => boolean {
  const test = compile(filter)
  return (event) => test({ event, documents: {} })
}

/** The filter as a test of an event that many filters are asked about: they share what is read of its JSON. */
export function toTest(filter: CheckedFilter): Test {
  return compile(filter)
}

function compile(filter: CheckedFilter): Test {
  switch (filter.type) {
    case 'all': {
      const tests = filter.parts.map(compile)
      return (asked) => tests.every((test) => test(asked))
    }
    case 'any': {
      const tests = filter.parts.map(compile)
      return (asked) => tests.some((test) => test(asked))
    }
    case 'not': {
      const test = compile(filter.part)
      return (asked) => !test(asked)
    }
    default:
      return compileCondition(filter)
  }
}

function compileCondition(filter: Exclude<CheckedFilter, { type: 'all' | 'any' | 'not' }>): Test {
  switch (filter.type) {
    case 'text': {
      const read = compileText(filter.of)
      const holds = compileTextTest(filter.test, filter.ignoreCase)
      return (asked) => holds(read(asked))
    }
    case 'number_in': {
      const read = compileNumber(filter.of)
      const values = new Set(filter.values)
      return (asked) => values.has(read(asked) as number)
    }
    case 'number_bounds': {
      const read = compileNumber(filter.of)
      return (asked) => isInBounds(read(asked), filter.bounds)
    }
    case 'boolean':
      return (asked) => findLeaf(asked, filter.of) === filter.value
    case 'time': {
      const { column, from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY } = filter
      return ({ event }) => event[column] >= from && event[column] < to
    }
    case 'has_text': {
      const { of, value, ignoreCase } = filter
      const isSame = (one: unknown) => typeof one === 'string' && (ignoreCase ? foldCase(one) : one) === value
      return (asked) => findList(asked, of).some(isSame)
    }
    case 'has_number':
      return (asked) => findList(asked, filter.of).some((one) => readNumber(one) === filter.value)
    case 'exists':
      return compileExists(filter.of)
  }
}

function compileExists(of: TextOperand | NumberOperand | ListOperand): Test {
  if (of.kind === 'list') return ({ event }) => event[of.column].length > 0
  const read = (asked: Asked) => (of.kind === 'json' ? findLeaf(asked, of) : asked.event[of.column])
  return (asked) => {
    const value = read(asked)
    return value !== undefined && value !== null && value !== ''
  }
}

function compileText(of: TextOperand): (asked: Asked) => string {
  if (of.kind === 'text') return ({ event }) => event[of.column]
  return (asked) => {
    const leaf = findLeaf(asked, of)
    return typeof leaf === 'string' ? leaf : ''
  }
}

function compileNumber(of: NumberOperand): (asked: Asked) => number | undefined {
  if (of.kind === 'number') return ({ event }) => event[of.column] ?? undefined
  return (asked) => readNumber(findLeaf(asked, of))
}

/** No test has an empty value, so an empty text, which stands for nothing, passes none. */
function compileTextTest(test: TextTest, ignoreCase: boolean): (text: string) => boolean {
  const holds = compilePlainTest(test)
  return ignoreCase ? (text) => text !== '' && holds(foldCase(text)) : (text) => text !== '' && holds(text)
}

function compilePlainTest(test: TextTest): (text: string) => boolean {
  if (test.how === 'one_of') {
    const values = new Set(test.values)
    return (text) => values.has(text)
  }
  const { value } = test
  if (test.how === 'contains') return (text) => text.includes(value)
  if (test.how === 'starts_with') return (text) => text.startsWith(value)
  return test.how === 'ends_with' ? (text) => text.endsWith(value) : compileGlob(value)
}

function isInBounds(value: number | undefined, bounds: readonly NumberBound[]): boolean {
  if (value === undefined) return false
  return bounds.every(({ how, value: bound }) => {
    if (how === '<') return value < bound
    if (how === '<=') return value <= bound
    return how === '>' ? value > bound : value >= bound
  })
}

/** The number that a JSON value is or plainly spells. */
export function readNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return value
  return typeof value === 'string' && DECIMAL.test(value) ? Number(value) : undefined
}

function findList(asked: Asked, of: ListOperand): readonly unknown[] {
  if (of.kind === 'list') return asked.event[of.column]
  const leaf = findLeaf(asked, of)
  return Array.isArray(leaf) ? leaf : []
}

function findLeaf(asked: Asked, { column, path }: JsonField): unknown {
  let document = asked.documents[column]
  if (document === undefined) {
    document = readStoredJson(asked.event[column]) ?? null
    asked.documents[column] = document
  }
  let value: unknown = document
  for (const key of path) {
    if (!isObject(value) || !Object.hasOwn(value, key)) return undefined
    value = value[key]
  }
  return value
}
