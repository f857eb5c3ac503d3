import { expect, test } from 'vitest'
import { lexSql, quoteIdentifier, quoteString } from './sql-lexer.ts'

const texts = (sql: string) => [...lexSql(sql)].map((token) => token.text)

test('comments of every kind are passed over, nested ones too', () => {
  expect(texts('-- a\n# b\n/* c /* d */ e */ SELECT /* ; */ 1 -- ;')).toEqual(['SELECT', '1'])
})

test('quotes hide what they enclose, whether escaped or doubled', () => {
  expect(texts(`'it''s; \\' -- no' "a;""b" \`c\\\`d\``)).toEqual([`'it''s; \\' -- no'`, '"a;""b"', '`c\\`d`'])
  expect(texts('$tag$ ; $$ $tag$ x')).toEqual(['$tag$ ; $$ $tag$', 'x'])
})

test('words, numbers and punctuation come apart', () => {
  expect(texts('INSERT INTO db.t(a,b)VALUES(1.5e3)')).toEqual([
    'INSERT',
    'INTO',
    'db',
    '.',
    't',
    '(',
    'a',
    ',',
    'b',
    ')',
    'VALUES',
    '(',
    '1.5e3',
    ')',
  ])
})

test('an unfinished quote or comment ends with the text', () => {
  expect(texts("SELECT 'abc")).toEqual(['SELECT', "'abc"])
  expect(texts('SELECT /* abc')).toEqual(['SELECT'])
})

test('literals and identifiers keep every character as data', () => {
  expect(quoteString("a'b\\c\0")).toBe("'a\\'b\\\\c\\0'")
  expect(quoteIdentifier('a`b\\c')).toBe('`a\\`b\\\\c`')
})
