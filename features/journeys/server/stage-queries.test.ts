import { expect, test } from 'vitest'
import { getDefaultRegistry } from '../../touchpoints/server/reads.ts'
import { personsQuery } from './map-query.ts'
import { orderNames } from './order-names.ts'
import { addPlaces } from './person-lines.ts'
import { touchpointsOf } from './persons-query.ts'
import { readingsQuery } from './readings-query.ts'
import { codeRegistry } from './registry-codes.ts'
import { cutPeriod } from './stage-buckets.ts'
import { stageTrendQuery } from './stage-trend-query.ts'
import { wordsQuery, wordTextsQuery } from './stage-words-query.ts'

const codes = codeRegistry(getDefaultRegistry().registry)
const period = { from: Date.UTC(2026, 8, 1), to: Date.UTC(2026, 8, 15) }
const plan = { shop: 7, period, segment: { key: 'all' as const }, codes }
const buckets = cutPeriod(period, 'UTC', 'week')
const CONTACT = codes.stages.indexOf('contact') + 1

/** The part of a statement that the map's own tests cover stands as a name. */
function outline(sql: string, inner: string, name: string): string[] {
  expect(sql).toContain(inner)
  return sql
    .replace(inner, name)
    .split('\n')
    .map((line) => line.trim())
}

test('the trend reads the places of the map and puts marks of one stage into parts', () => {
  const { sql, params } = stageTrendQuery(plan, orderNames, CONTACT, buckets)
  const only = touchpointsOf(plan, { stage: CONTACT, touchpoint: undefined })
  const places = addPlaces(personsQuery(plan, orderNames, only).sql, false)
  expect(outline(sql, places, 'PLACES')).toMatchInlineSnapshot(`
    [
      "SELECT row.1 AS bucket, row.2 AS line, row.3 AS key, count() AS n, sum(row.4) AS sum,",
      "sum(row.4 * row.4) AS squares, 0 AS other, 0 AS middle",
      "FROM (",
      "SELECT arrayJoin(arrayConcat(",
      "arrayMap(b -> (b, toUInt8(2), toUInt32(5), toFloat64(0)), arrayDistinct(buckets)),",
      "arrayMap(c -> (c.1, toUInt8(1), toUInt32(c.2), toFloat64(greatest(countEqual(contacts, c), 1))), arrayDistinct(cells)),",
      "arrayMap(k -> (k, toUInt8(4), toUInt32(5), toFloat64(arrayAvg(arrayFilter((v, b) -> b = k, said, said_in)))), arrayDistinct(said_in)),",
      "arrayMap(k -> (k, toUInt8(6), toUInt32(5), toFloat64(arrayAvg(arrayFilter((v, b) -> b = k, kept, kept_in)))), arrayDistinct(kept_in))",
      ")) AS row FROM (",
      "SELECT here, buckets, cells,",
      "arrayFilter((c, m) -> bitAnd(bitShiftRight(m, 24), 3) = 1, cells, here) AS contacts,",
      "arrayFilter((b, m) -> bitAnd(bitShiftRight(m, 24), 3) = 2 AND bitAnd(m, 16383) <= 10080, buckets, here) AS said_in, arrayMap(m -> bitAnd(m, 16383) / 5040 - 1, arrayFilter(m -> bitAnd(bitShiftRight(m, 24), 3) = 2 AND bitAnd(m, 16383) <= 10080, here)) AS said,",
      "arrayFilter((b, m) -> bitAnd(bitShiftRight(m, 24), 3) = 2 AND bitAnd(m, 16383) BETWEEN 12000 AND 12022, buckets, here) AS kept_in, arrayMap(m -> (bitAnd(m, 16383) - 12000) % 10 / 2, arrayFilter(m -> bitAnd(bitShiftRight(m, 24), 3) = 2 AND bitAnd(m, 16383) BETWEEN 12000 AND 12022, here)) AS kept",
      "FROM (",
      "SELECT here, arrayMap(m -> roundDown(toInt64(bitShiftRight(m, 26)), {edges:Array(Int64)}), here) AS buckets,",
      "arrayMap((m, b) -> (b, toUInt32(5120 + bitAnd(bitShiftRight(m, 14), 1023))), here, buckets) AS cells",
      "FROM (",
      "SELECT arrayFilter((m, p) -> intDiv(p, 1024) = 5, marks, places) AS here",
      "FROM (PLACES)",
      ")",
      "WHERE notEmpty(here)",
      ")",
      ")",
      ")",
      "GROUP BY bucket, line, key",
    ]
  `)
  expect(params).toMatchObject({
    shop: 7,
    ...period,
    only,
    edges: [0, 6, 13].map((days) => days * 86_400_000),
  })
})

test('readings are counted by standard and bin, with all of them beside', () => {
  const { sql, params } = readingsQuery(plan, orderNames, CONTACT)
  expect(sql.split('\n').slice(0, 8)).toMatchInlineSnapshot(`
    [
      "SELECT standard, bin, count() AS n, uniqExact(person) AS persons, quantilesExact(0.5, 0.75, 0.9)(reading) AS middles",
      "FROM (",
      "  SELECT person, reading, standard, 1 + arrayCount(e -> reading * {reading_signs:Array(Int8)}[standard] > e, {reading_edges:Array(Array(Float64))}[standard]) AS bin",
      "  FROM (",
      "    SELECT person, thing.2 AS reading,",
      "      indexOf({reading_standards:Array(String)}, concat(toString(bitAnd(bitShiftRight(mark, 14), 1023)), ' ', thing.1)) AS standard",
      "    FROM (SELECT person, found.1 AS mark, found.2 AS place, found.3 AS thing",
      "FROM (",
    ]
  `)
  expect(sql.split('\n').at(-1)).toBe('GROUP BY GROUPING SETS ((standard), (standard, bin))')
  expect(params).toMatchObject({ reading_measures: expect.arrayContaining(['first_answer_seconds']) })
})

test('words are looked for by time, the latest first, and read by their hashes', () => {
  const after = { at: 5, id: '00000000-0000-4000-8000-000000000000' }
  const { sql, params } = wordsQuery(
    plan,
    orderNames,
    { stage: CONTACT, touchpoint: undefined },
    { after, limit: 21 },
  )
  expect(sql.split('\n')[0]).toBe('SELECT person, identity, id, at FROM (')
  expect(sql).toContain("AND trimBoth(JSONExtractString(properties, 'comment')) != ''")
  expect(sql.split('\n').slice(-2)).toEqual([
    'WHERE (at, id) < ({after_at:Int64}, {after:UUID})',
    'ORDER BY at DESC, id DESC LIMIT {limit:UInt32}',
  ])
  expect(params).toMatchObject({ word: 'Feedback Given', limit: 21, after_at: 5, after: after.id })
  expect(wordTextsQuery(7, [{ person: 'p', identity: 'i', id: 'm', at: 5 }])).toEqual({
    sql: `SELECT message_hash AS id, touchpoint, valence, properties FROM events FINAL
WHERE shop = {shop:UInt32} AND identity IN {identities:Array(UUID)} AND message_hash IN {ids:Array(UUID)}`,
    params: { shop: 7, identities: ['i'], ids: ['m'] },
  })
})
