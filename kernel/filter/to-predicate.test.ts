import { describe, expect, test } from 'vitest'
import { toStoredJson } from '../stored-json.ts'
import { makeEvent } from './filter-arbitraries.ts'
import { getFilter } from './parse-filter.ts'
import type { Filter, FilterValue, Operator } from './schema.ts'
import { toPredicate } from './to-predicate.ts'

function holds(filter: Filter, given: Parameters<typeof makeEvent>[0] = {}): boolean {
  return toPredicate(getFilter(filter))(makeEvent(given))
}

describe('a property', () => {
  test.each<[value: unknown, op: Operator, than: FilterValue | undefined, answer: boolean]>([
    [12, 'equals', 12, true],
    ['12', 'equals', 12, true],
    ['12.0', 'equals', 12, true],
    ['007', 'equals', 7, true],
    [12, 'equals', '12', false],
    ['12', 'equals', '12', true],
    ['1e3', 'equals', 1000, false],
    [' 12', 'equals', 12, false],
    ['1,5', 'at_least', 1, false],
    ['NaN', 'at_least', 0, false],
    [true, 'equals', 1, false],
    [true, 'equals', true, true],
    ['true', 'equals', true, false],
    [0, 'exists', undefined, true],
    [false, 'exists', undefined, true],
    [null, 'exists', undefined, false],
    ['', 'exists', undefined, false],
    [[], 'exists', undefined, true],
    [{}, 'exists', undefined, true],
    [1e20, 'more', 1e19, true],
    [0.1 + 0.2, 'equals', 0.3, false],
    [5, 'between', [5, 5], true],
    [null, 'less', 5, false],
    [null, 'not_equals', 5, true],
    [['a', 'b'], 'has', 'b', true],
    [['1', 2], 'has', 1, true],
    [[12], 'has', '12', false],
    ['b', 'has', 'b', false],
    ['Чайник «Зоря»', 'contains', 'Зоря', true],
    ['Чайник', 'contains', 'чай', false],
    ['a😀b', 'matches', 'a?b', true],
    ['a😀b', 'matches', 'a??b', false],
    ['line\nbreak', 'matches', 'line*', true],
    ['100%', 'matches', '100%', true],
    ['1005', 'matches', '100%', false],
  ])('of %j: %s %j is %s', (value, op, than, answer) => {
    const filter = { field: 'properties.x', op, ...(than === undefined ? {} : { value: than }) }
    expect(holds(filter, { properties: toStoredJson({ x: value }) })).toBe(answer)
  })

  test('is found by its path through objects, with a dot in a key written \\.', () => {
    const properties = JSON.stringify({ a: { 'b.c': 'deep' }, list: [{ a: 1 }] })
    expect(holds({ field: 'properties.a.b\\.c', op: 'equals', value: 'deep' }, { properties })).toBe(true)
    expect(holds({ field: 'properties.list.0', op: 'exists' }, { properties })).toBe(false)
    expect(holds({ field: 'properties.toString', op: 'exists' }, { properties })).toBe(false)
  })

  test('of a text that the history can’t read is missing here too', () => {
    expect(
      holds({ field: 'properties.a', op: 'exists' }, { properties: '{"a":1,"b":99999999999999999999}' }),
    ).toBe(false)
    expect(holds({ field: 'properties.a', op: 'exists' }, { properties: 'nonsense' })).toBe(false)
  })
})

describe('an event', () => {
  test('is asked by its columns, its time and its marks', () => {
    const event = { name: 'Order Completed', amount: 150_000, ts: Date.UTC(2026, 0, 31), marks: ['late'] }
    expect(holds({ field: 'name', op: 'starts_with', value: 'ORDER', ignoreCase: true }, event)).toBe(true)
    expect(holds({ field: 'amount', op: 'at_least', value: 150_000 }, event)).toBe(true)
    expect(holds({ field: 'amount', op: 'less', value: 1 }, { amount: null })).toBe(false)
    expect(holds({ field: 'ts', op: 'before', value: '2026-01-31T00:00:00Z' }, event)).toBe(false)
    expect(holds({ field: 'ts', op: 'since', value: '2026-01-31T00:00:00Z' }, event)).toBe(true)
    expect(holds({ field: 'marks', op: 'has', value: 'late' }, event)).toBe(true)
    expect(holds({ field: 'marks', op: 'not_exists' }, event)).toBe(false)
  })

  test('passes an empty “all” and fails an empty “any”', () => {
    expect(holds({ all: [] })).toBe(true)
    expect(holds({ any: [] })).toBe(false)
    expect(holds({ not: { any: [] } })).toBe(true)
  })
})
