import { createError } from './clickhouse-error.ts'
import { lexSql, type Token } from './sql-lexer.ts'

export interface ReadStatement {
  kind: 'read'
  verb: string
  sql: string
  /** The format named in the statement, if any. */
  format?: string
  /** For a SELECT, the statement without its FORMAT: what can stand behind `INSERT INTO …`. */
  body?: string
}

export interface InsertStatement {
  kind: 'insert'
  verb: 'insert'
  /** `INSERT INTO t (a, b)` */
  target: string
  /** ` SETTINGS …` or empty. */
  settings: string
  format: string
  /** Rows that stood in the statement itself, after `VALUES` or `FORMAT x`. */
  data: Buffer
}

/** An `INSERT … SELECT`: the rows come from the engine itself. */
export interface CopyStatement {
  kind: 'copy'
  verb: 'insert'
  sql: string
}

export interface AdminStatement {
  kind: 'admin'
  verb: string
  sql: string
}

export type Statement = ReadStatement | InsertStatement | CopyStatement | AdminStatement

const READ_VERBS = ['select', 'with', 'from', 'show', 'describe', 'desc', 'exists', 'explain', 'check']
const QUERY_VERBS = ['select', 'with']
const ADMIN_VERBS = [
  ...['create', 'alter', 'drop', 'rename', 'exchange', 'truncate', 'attach', 'detach', 'undrop', 'replace'],
  ...['optimize', 'system', 'backup', 'restore', 'kill', 'delete', 'update', 'grant', 'revoke'],
]
/** Their effect would end with the request, since every request has a session of its own. */
const SESSION_VERBS = ['set', 'use', 'begin', 'start', 'commit', 'rollback']

/** A statement's head is looked at within this many bytes, an INSERT's rows aside. */
const MAX_HEAD_BYTES = 1 << 20

/** Says what a statement is, by its first word after comments; throws for one that this server doesn't run. */
export function parseStatement(query: Buffer): Statement {
  // Offsets must be those of bytes, since rows of any format may follow the statement: hence latin1.
  const head = query.toString('latin1', 0, MAX_HEAD_BYTES)
  const first = lexSql(head).next().value as Token | undefined
  if (!first) throw createError('syntax', 'Empty query')
  const verb = first.text.toLowerCase()
  if (verb === 'insert') return parseInsert(query, head)
  if (query.length > MAX_HEAD_BYTES) {
    throw createError('tooLarge', `The statement is longer than ${MAX_HEAD_BYTES} bytes`)
  }
  const sql = query.toString('utf8')
  if (verb === '(' || READ_VERBS.includes(verb)) return parseRead(verb, sql)
  if (ADMIN_VERBS.includes(verb)) return { kind: 'admin', verb, sql }
  if (SESSION_VERBS.includes(verb)) {
    throw createError(
      'notImplemented',
      `${verb.toUpperCase()} would end with this request: there are no sessions. Send settings and database as URL parameters`,
    )
  }
  throw createError('syntax', `Unknown statement: it starts with ${JSON.stringify(first.text.slice(0, 40))}`)
}

function parseRead(verb: string, sql: string): ReadStatement | CopyStatement {
  const tokens = [...lexSql(sql)].filter(atTopLevel())
  const words = tokens.map((token) => (token.kind === 'word' ? token.text.toLowerCase() : ''))
  if (words.some((word, index) => word === 'into' && words[index + 1] === 'outfile')) {
    throw createError('notImplemented', 'INTO OUTFILE writes files on the client: read the response instead')
  }
  if (verb === 'with' && words.some((word, index) => word === 'insert' && words[index + 1] === 'into')) {
    refuseInput([...lexSql(sql)])
    return { kind: 'copy', verb: 'insert', sql }
  }
  const { format, body } = splitFormat(sql, tokens)
  return { kind: 'read', verb, sql, format, body: QUERY_VERBS.includes(verb) ? body : undefined }
}

/** `FORMAT x` counts where it can stand: last, or before SETTINGS. Elsewhere `format` is somebody's column. */
function splitFormat(sql: string, tokens: Token[]): { format?: string; body: string } {
  const last = tokens.at(-1)
  const end = last?.text === ';' ? last.start : sql.length
  const index = tokens.findLastIndex((token, at) => {
    const after = tokens[at + 2]
    const isLast = after === undefined || after.text === ';' || isWord(after, 'settings')
    return isWord(token, 'format') && tokens[at + 1]?.kind === 'word' && isLast
  })
  const [place, name] = tokens.slice(index, index + 2)
  if (index < 0 || !place || !name) return { body: sql.slice(0, end) }
  return { format: name.text, body: `${sql.slice(0, place.start)}${sql.slice(name.end, end)}` }
}

/** A filter that lets through what stands outside all brackets. */
function atTopLevel(): (token: Token) => boolean {
  let depth = 0
  return (token) => {
    if (token.kind === 'punctuation' && ')]}'.includes(token.text)) depth -= 1
    const isTop = depth === 0
    if (token.kind === 'punctuation' && '([{'.includes(token.text)) depth += 1
    return isTop
  }
}

function parseInsert(query: Buffer, head: string): InsertStatement | CopyStatement {
  const tokens = lexSql(head)
  const isTop = atTopLevel()
  let settingsStart: number | undefined
  for (let token = skipTableName(tokens); token; token = next(tokens)) {
    if (!isTop(token) || token.kind !== 'word') continue
    const word = token.text.toLowerCase()
    if (word === 'select' || word === 'with') return parseCopy(query)
    if (word === 'settings') settingsStart ??= token.start
    if (word === 'from' || word === 'watch') {
      throw createError(
        'notImplemented',
        `INSERT … ${token.text} is not available over HTTP: send the rows in the body`,
      )
    }
    if (word === 'format' || word === 'values') {
      const { format, dataStart } = readFormat(head, token, tokens)
      const cut = (from: number, to: number) => query.subarray(from, to).toString('utf8').trimEnd()
      const settings = settingsStart === undefined ? '' : ` ${cut(settingsStart, token.start)}`
      const target = cut(0, settingsStart ?? token.start)
      return { kind: 'insert', verb: 'insert', target, settings, format, data: query.subarray(dataStart) }
    }
  }
  throw createError('syntax', 'INSERT needs FORMAT, VALUES or SELECT')
}

/** Rows begin after the word VALUES, or after the format's name, blanks and one line end. */
function readFormat(
  head: string,
  place: Token,
  tokens: Generator<Token>,
): { format: string; dataStart: number } {
  if (place.text.toLowerCase() === 'values') return { format: 'Values', dataStart: place.end }
  const name = next(tokens)
  if (name?.kind !== 'word') throw createError('syntax', 'FORMAT needs the name of a format')
  const blank = /[ \t\f]*\r?\n?/y
  blank.lastIndex = name.end
  blank.test(head)
  return { format: name.text, dataStart: blank.lastIndex }
}

function parseCopy(query: Buffer): CopyStatement {
  const sql = query.toString('utf8')
  refuseInput([...lexSql(sql)])
  return { kind: 'copy', verb: 'insert', sql }
}

/** The embedded engine answers such an insert with success and writes nothing. */
function refuseInput(tokens: Token[]): void {
  if (tokens.some((token, at) => isWord(token, 'input') && tokens[at + 1]?.text === '(')) {
    throw createError(
      'notImplemented',
      'INSERT … SELECT … FROM input() is not available in the embedded engine: insert the rows into a table and select from it',
    )
  }
}

/** Passes `INSERT INTO [TABLE] [FUNCTION] a.b`, so that a table may have a keyword's name; returns what follows. */
function skipTableName(tokens: Generator<Token>): Token | undefined {
  next(tokens)
  let token = next(tokens)
  for (const word of ['into', 'table', 'function']) if (token && isWord(token, word)) token = next(tokens)
  for (;;) {
    const separator = next(tokens)
    if (separator?.text !== '.') return separator
    next(tokens)
  }
}

function next(tokens: Generator<Token>): Token | undefined {
  const step = tokens.next()
  return step.done ? undefined : step.value
}

function isWord(token: Token, word: string): boolean {
  return token.kind === 'word' && token.text.toLowerCase() === word
}
