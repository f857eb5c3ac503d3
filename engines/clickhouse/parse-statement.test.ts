import { expect, test } from 'vitest'
import { parseStatement } from './parse-statement.ts'

const parse = (sql: string) => parseStatement(Buffer.from(sql))

test.each([
  ['select 1', 'read'],
  ['/* note */ WITH x AS (SELECT 1) SELECT * FROM x', 'read'],
  ['(SELECT 1) UNION ALL (SELECT 2)', 'read'],
  ['FROM t SELECT a', 'read'],
  ['SHOW TABLES', 'read'],
  ['DESCRIBE t', 'read'],
  ['EXISTS t', 'read'],
  ['EXPLAIN INSERT INTO t VALUES (1)', 'read'],
  ['INSERT INTO t FORMAT CSV', 'insert'],
  ['INSERT INTO t SELECT 1', 'copy'],
  ['INSERT INTO t WITH x AS (SELECT 1) SELECT * FROM x', 'copy'],
  ['WITH x AS (SELECT 1) INSERT INTO t SELECT * FROM x', 'copy'],
  ['CREATE TABLE t (a Int8) ENGINE = Memory', 'admin'],
  ['ALTER TABLE t UPDATE a = 1 WHERE 1', 'admin'],
  ['OPTIMIZE TABLE t FINAL', 'admin'],
  ['SYSTEM FLUSH LOGS', 'admin'],
  ["BACKUP TABLE t TO File('x')", 'admin'],
  ["RESTORE TABLE t FROM File('x')", 'admin'],
  ['KILL QUERY WHERE 0', 'admin'],
])('%s is of the kind %s', (sql, kind) => {
  expect(parse(sql).kind).toBe(kind)
})

test.each([
  ['', /Empty query/],
  ['-- nothing', /Empty query/],
  ['selec 1', /Unknown statement/],
  ['1 + 1', /Unknown statement/],
  ['SET max_threads = 1', /no sessions/],
  ['USE db', /no sessions/],
  ["SELECT 1 INTO OUTFILE 'x'", /INTO OUTFILE/],
  ["INSERT INTO t FROM INFILE 'x' FORMAT CSV", /not available over HTTP/],
  ["INSERT INTO t SELECT * FROM input('a Int8') FORMAT CSV", /input\(\)/],
  ["WITH 1 AS x INSERT INTO t SELECT x FROM input('a Int8')", /input\(\)/],
  ['INSERT INTO t', /needs FORMAT/],
  ['INSERT INTO t FORMAT', /name of a format/],
])('%j is refused', (sql, message) => {
  expect(() => parse(sql)).toThrow(message)
})

test('an insert is split into target, settings, format and rows', () => {
  const sql = 'INSERT INTO TABLE db.`t` (a, `b`) SETTINGS x = 1, y = 2 FORMAT JSONEachRow\n{"a": 1}\n\n'
  expect(parse(sql)).toEqual({
    kind: 'insert',
    verb: 'insert',
    target: 'INSERT INTO TABLE db.`t` (a, `b`)',
    settings: ' SETTINGS x = 1, y = 2',
    format: 'JSONEachRow',
    data: Buffer.from('{"a": 1}\n\n'),
  })
})

test('what follows VALUES is data, keywords and quotes in it too', () => {
  const statement = parse("INSERT INTO t VALUES (1, 'FORMAT CSV; it''s'), (2, 'SELECT')")
  expect(statement).toMatchObject({ target: 'INSERT INTO t', format: 'Values', settings: '' })
  expect(statement).toHaveProperty('data', Buffer.from(" (1, 'FORMAT CSV; it''s'), (2, 'SELECT')"))
})

test('a table may be named like a keyword', () => {
  expect(parse('INSERT INTO format FORMAT CSV')).toMatchObject({
    target: 'INSERT INTO format',
    format: 'CSV',
  })
  expect(parse('INSERT INTO db.select (`values`) VALUES (1)')).toMatchObject({
    target: 'INSERT INTO db.select (`values`)',
  })
})

test('rows of a binary format keep their bytes, whichever they are', () => {
  const rows = Buffer.from([0x00, 0x0a, 0x0a, 0xff, 0x27, 0xc3])
  const statement = parseStatement(Buffer.concat([Buffer.from('INSERT INTO tаб FORMAT RowBinary\n'), rows]))
  expect(statement).toMatchObject({ target: 'INSERT INTO tаб', format: 'RowBinary', data: rows })
})

test('a format is told from a column of that name', () => {
  expect(parse('SELECT format FROM t')).toMatchObject({ format: undefined, body: 'SELECT format FROM t' })
  expect(parse('SELECT 1 FORMAT JSON;')).toMatchObject({ format: 'JSON', body: 'SELECT 1 ' })
  expect(parse('SELECT 1 FORMAT CSV SETTINGS max_threads = 1')).toMatchObject({
    format: 'CSV',
    body: 'SELECT 1  SETTINGS max_threads = 1',
  })
})

test('only what can stand behind INSERT INTO has a body to pass through', () => {
  expect(parse('SHOW TABLES')).toMatchObject({ body: undefined })
  expect(parse('(SELECT 1) UNION ALL (SELECT 2)')).toMatchObject({ body: undefined })
})
