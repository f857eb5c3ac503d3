import fc from 'fast-check'
import { Check } from 'typebox/value'
import { describe, expect, test } from 'vitest'
import { AppError } from '../errors.ts'
import { anyFilter } from './filter-arbitraries.ts'
import { getFilter, parseFilter } from './parse-filter.ts'
import { type Filter, FilterSchema } from './schema.ts'

function findProblems(given: unknown): string[] {
  const parsed = parseFilter(given)
  return parsed.ok ? [] : parsed.problems.map(({ path, message }) => `${path}: ${message}`)
}

function nest(levels: number): unknown {
  return levels === 1 ? { field: 'name', op: 'exists' } : { not: nest(levels - 1) }
}

describe('a filter', () => {
  test('has its meaning settled: names resolved, operators brought down to a few', () => {
    expect(
      getFilter({
        all: [
          { field: 'name', op: 'equals', value: 'Order Completed', ignoreCase: true },
          { field: 'properties.total', op: 'between', value: [1, 5] },
          { field: 'ts', op: 'since', value: '2026-01-31T12:00:00+02:00' },
          { not: { field: 'traits.a\\.b', op: 'not_exists' } },
        ],
      }),
    ).toEqual({
      type: 'all',
      parts: [
        {
          type: 'text',
          of: { kind: 'text', column: 'name' },
          test: { how: 'one_of', values: ['order completed'] },
          ignoreCase: true,
        },
        {
          type: 'number_bounds',
          of: { kind: 'json', column: 'properties', path: ['total'] },
          bounds: [
            { how: '>=', value: 1 },
            { how: '<=', value: 5 },
          ],
        },
        { type: 'time', column: 'ts', from: Date.UTC(2026, 0, 31, 10) },
        {
          type: 'not',
          part: {
            type: 'not',
            part: { type: 'exists', of: { kind: 'json', column: 'traits', path: ['a.b'] } },
          },
        },
      ],
    })
  })

  test.each<[given: unknown, place: string, advice: RegExp]>([
    [null, '', /A filter is an object/],
    ['name = 1', '', /A filter is an object/],
    [[], '', /A filter is an object/],
    [{}, '/field', /Name a field/],
    [{ all: {} }, '/all', /takes a list/],
    [{ all: [{ any: [1] }] }, '/all/0/any/0', /A filter is an object/],
    [{ all: [], any: [] }, '', /stands alone/],
    [{ not: { field: 'nmae', op: 'exists' } }, '/not/field', /no field/],
    [{ field: 'properties', op: 'exists' }, '/field', /Name a key in it/],
    [{ field: 'properties.a..b', op: 'exists' }, '/field', /needs 1 to 100 characters/],
    [{ field: 'properties.a.b.c.d.e.f.g.h.i', op: 'exists' }, '/field', /at most 8/],
    [{ field: 'constructor', op: 'exists' }, '/field', /no field/],
    [{ field: 'identity', op: 'exists' }, '/field', /no field/],
    [{ field: 'name', op: 'like', value: 'x' }, '/op', /one of these operators/],
    [{ field: 'name', op: 'less', value: 5 }, '/op', /doesn’t go with a text/],
    [{ field: 'ts', op: 'equals', value: 5 }, '/op', /Use before, since, within/],
    [{ field: 'amount', op: 'contains', value: '5' }, '/op', /doesn’t go with a number/],
    [{ field: 'name', op: 'equals', value: '' }, '/value', /use not_exists/],
    [{ field: 'name', op: 'equals', value: 5 }, '/value', /is a text/],
    [{ field: 'name', op: 'equals' }, '/value', /is a text/],
    [{ field: 'amount', op: 'equals', value: '5' }, '/value', /is a number/],
    [{ field: 'amount', op: 'less', value: Number.NaN }, '/value', /takes a number/],
    [{ field: 'amount', op: 'between', value: [5, 1] }, '/value', /lower number first/],
    [{ field: 'properties.a', op: 'in', value: ['a', 1] }, '/value', /not both/],
    [{ field: 'properties.a', op: 'in', value: [] }, '/value', /1 to 500/],
    [{ field: 'properties.a', op: 'exists', value: true }, '/value', /take no value/],
    [{ field: 'name', op: 'equals', value: 'a\ud800' }, '/value', /half a character/],
    [{ field: 'name', op: 'equals', value: 'x'.repeat(501) }, '/value', /longer than 500/],
    [{ field: 'ts', op: 'before', value: '2026-01-31' }, '/value', /with their offset/],
    [{ field: 'ts', op: 'before', value: '2026-02-30T00:00:00Z' }, '/value', /with their offset/],
    [{ field: 'ts', op: 'before', value: '9999-01-01T00:00:00Z' }, '/value', /1900 to 2299/],
    [{ field: 'ts', op: 'within', value: ['2026-02-01T00:00:00Z'] }, '/value', /takes two times/],
    [{ field: 'name', op: 'exists', ignoreCase: 1 }, '/ignoreCase', /true or false/],
    [{ field: 'name', op: 'exists', extra: 1 }, '', /“extra” is none of them/],
    [{ field: 'marks', op: 'has', value: 5 }, '/value', /takes a text/],
  ])('%j is refused at %j', (given, place, advice) => {
    const parsed = parseFilter(given)
    expect(parsed.ok).toBe(false)
    if (parsed.ok) return
    expect(parsed.problems).toHaveLength(1)
    expect(parsed.problems[0]?.path).toBe(place)
    expect(parsed.problems[0]?.message).toMatch(advice)
  })

  test('tells all its mistakes at once, each with its place', () => {
    expect(
      findProblems({ any: [{ field: 'x', op: 'exists' }, { all: [{ field: 'name', op: '?' }] }] }).map(
        (problem) => problem.split(':')[0],
      ),
    ).toEqual(['/any/0/field', '/any/1/all/0/op'])
  })

  test('may be 12 levels deep and have 200 conditions, not more', () => {
    const many = (count: number) => ({
      any: Array.from({ length: count }, () => ({ field: 'name', op: 'exists' })),
    })
    expect(findProblems(nest(12))).toEqual([])
    expect(findProblems(nest(13))).toHaveLength(1)
    expect(findProblems(many(200))).toEqual([])
    expect(findProblems({ all: [many(200), many(1)] })).toHaveLength(1)
    expect(findProblems(nest(5000))).toHaveLength(1)
  })

  test('with a mistake fails with validation_failed where it was to be sound', () => {
    expect(() => getFilter({ field: 'x', op: 'exists' } as Filter)).toThrow(AppError)
    expect(() => getFilter({ field: 'x', op: 'exists' } as Filter)).toThrow(/at “\/field”/)
  })
})

describe('the schema', () => {
  test('lets every sound filter through, and nothing that is none at all', () => {
    fc.assert(fc.property(anyFilter, (filter) => Check(FilterSchema, filter)))
    expect(Check(FilterSchema, { all: [{ field: 'name', op: 'like' }] })).toBe(false)
    expect(Check(FilterSchema, { all: 5 })).toBe(false)
  })

  test('whatever comes in, parsing answers', () => {
    const node = fc.oneof(anyFilter, fc.anything())
    const garbage = fc.oneof(
      node,
      fc.record({ all: fc.array(node) }),
      fc.record({ field: fc.string(), op: node, value: node }),
    )
    fc.assert(
      fc.property(garbage, (given) => {
        const parsed = parseFilter(given)
        return parsed.ok || parsed.problems.length > 0
      }),
    )
  })
})
