import { describe, expect, test } from 'vitest'
import { getFilter } from './parse-filter.ts'
import type { Filter } from './schema.ts'
import { type SqlOptions, toClickhouse } from './to-clickhouse.ts'

function write(filter: Filter, options?: SqlOptions) {
  return toClickhouse(getFilter(filter), options)
}

describe('the expression', () => {
  test('names columns and carries every value as a parameter', () => {
    expect(
      write({
        all: [
          { field: 'name', op: 'equals', value: "x' OR 1=1 --" },
          { field: 'utm_source', op: 'not_in', value: ['a', 'b'] },
          {
            any: [
              { field: 'marks', op: 'has', value: 'late' },
              { field: 'amount', op: 'at_least', value: 5 },
            ],
          },
          { field: 'ts', op: 'within', value: ['2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z'] },
        ],
      }),
    ).toEqual({
      sql:
        '((name = {f1:String}) AND (NOT (has({f2:Array(String)}, utm_source))) AND ' +
        '(arrayExists(e -> e = {f3:String}, marks) OR ifNull(toFloat64(amount) >= {f4:Float64}, 0)) AND ' +
        "(ts >= fromUnixTimestamp64Milli({f5:Int64}, 'UTC') AND ts < fromUnixTimestamp64Milli({f6:Int64}, 'UTC')))",
      params: {
        f1: "x' OR 1=1 --",
        f2: ['a', 'b'],
        f3: 'late',
        f4: 5,
        f5: Date.UTC(2026, 0, 1),
        f6: Date.UTC(2026, 1, 1),
      },
    })
  })

  test('takes the keys of a path as parameters too', () => {
    expect(write({ field: "properties.a'); DROP TABLE events; --", op: 'equals', value: 'x' })).toEqual({
      sql: "(JSONType(properties, {f1:String}) = 'String' AND JSONExtractString(properties, {f1:String}) = {f2:String})",
      params: { f1: "a'); DROP TABLE events; --", f2: 'x' },
    })
  })

  test('fits a query that calls the table its own way and has parameters of its own', () => {
    expect(write({ field: 'name', op: 'exists' }, { alias: 'e', prefix: 'segment_' })).toEqual({
      sql: "(e.name != '')",
      params: {},
    })
    const { sql, params } = write(
      { field: 'name', op: 'contains', value: 'x' },
      { alias: 'e', prefix: 'segment_' },
    )
    expect(sql).toBe('(position(e.name, {segment_1:String}) > 0)')
    expect(params).toEqual({ segment_1: 'x' })
  })

  test('of empty groups is a constant', () => {
    expect(write({ all: [] }).sql).toBe('1')
    expect(write({ not: { any: [] } }).sql).toBe('(NOT 0)')
  })
})
