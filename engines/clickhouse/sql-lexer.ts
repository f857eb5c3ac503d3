export interface Token {
  kind: 'word' | 'quoted' | 'string' | 'number' | 'punctuation'
  text: string
  start: number
  end: number
}

const SPACE = /[\s\0]*/y
const WORD = /[A-Za-z_][A-Za-z0-9_$]*/y
const NUMBER = /[0-9][0-9A-Za-z_.]*/y
const HEREDOC = /\$([A-Za-z0-9_]*)\$/y

/**
 * The tokens of a ClickHouse statement, lazily, without comments: what follows an INSERT's head is data and may
 * be anything, so nobody may look at it. It serves to find the kind and the clauses of a statement; whether the
 * statement is valid, and that it is a single one, is for the engine's own parser.
 */
export function* lexSql(sql: string): Generator<Token> {
  let position = 0
  for (;;) {
    position = skipBlank(sql, position)
    if (position >= sql.length) return
    const token = readToken(sql, position)
    yield token
    position = token.end
  }
}

function skipBlank(sql: string, from: number): number {
  let position = from
  for (;;) {
    const start = position
    position = matchEnd(SPACE, sql, position) ?? position
    if (sql.startsWith('--', position) || sql[position] === '#') position = findEnd(sql, '\n', position)
    else if (sql.startsWith('/*', position)) position = skipBlockComment(sql, position)
    if (position === start) return position
  }
}

/** Block comments nest, as in the SQL standard. */
function skipBlockComment(sql: string, from: number): number {
  let depth = 0
  let position = from
  while (position < sql.length) {
    if (sql.startsWith('/*', position)) {
      depth += 1
      position += 2
    } else if (sql.startsWith('*/', position)) {
      depth -= 1
      position += 2
      if (depth === 0) return position
    } else position += 1
  }
  return position
}

function readToken(sql: string, start: number): Token {
  const make = (kind: Token['kind'], end: number): Token => ({
    kind,
    text: sql.slice(start, end),
    start,
    end,
  })
  const first = sql[start] as string
  const word = matchEnd(WORD, sql, start)
  if (word !== undefined) return make('word', word)
  if (first === "'") return make('string', findClosingQuote(sql, start))
  if (first === '`' || first === '"') return make('quoted', findClosingQuote(sql, start))
  const heredoc = matchEnd(HEREDOC, sql, start)
  if (heredoc !== undefined) return make('string', findEnd(sql, sql.slice(start, heredoc), heredoc))
  const number = matchEnd(NUMBER, sql, start)
  return number === undefined ? make('punctuation', start + 1) : make('number', number)
}

function findClosingQuote(sql: string, start: number): number {
  const quote = sql[start]
  let position = start + 1
  while (position < sql.length) {
    if (sql[position] === '\\') position += 2
    else if (sql[position] !== quote) position += 1
    else if (sql[position + 1] === quote) position += 2
    else return position + 1
  }
  return sql.length
}

function findEnd(sql: string, closing: string, from: number): number {
  const index = sql.indexOf(closing, from)
  return index < 0 ? sql.length : index + closing.length
}

function matchEnd(pattern: RegExp, sql: string, position: number): number | undefined {
  pattern.lastIndex = position
  return pattern.test(sql) && pattern.lastIndex > position ? pattern.lastIndex : undefined
}

/** A string as an SQL literal: every character is data, whatever it is. */
export function quoteString(value: string): string {
  return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\0', '\\0')}'`
}

export function quoteIdentifier(name: string): string {
  return `\`${name.replaceAll('\\', '\\\\').replaceAll('`', '\\`')}\``
}
