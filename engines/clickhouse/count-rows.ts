import { createError } from './clickhouse-error.ts'
import { readSpool, type Spool } from './request-body.ts'

type Counter = { add(part: Buffer): void; end(): number }

/** Formats whose rows can be counted without the table's columns. */
const COUNTERS: Record<string, () => Counter> = {
  JSONEachRow: () => createBracketCounter('{'),
  JSONCompactEachRow: () => createBracketCounter('['),
  CSV: () => createQuotedLineCounter(),
  TabSeparated: () => createEscapedLineCounter(),
  TSV: () => createEscapedLineCounter(),
}

/**
 * Throws when fewer rows were written than were sent, whatever the engine says. Rows that materialised views
 * add are among the written ones, so more is right. Of binary formats it can only be said that something of
 * something arrived; they are complete by their own framing.
 */
export async function assertRowsArrived(spool: Spool, format: string, written: number): Promise<void> {
  const counter = Object.hasOwn(COUNTERS, format) ? COUNTERS[format] : undefined
  if (!counter) {
    if (spool.bytes > 0 && written === 0) throw incomplete(written, 'some')
    return
  }
  if (written >= spool.lines) return
  // Rows need not stand one a line: only a true count can say that some are missing.
  const rows = counter()
  for await (const part of readSpool(spool)) rows.add(part)
  const sent = rows.end()
  if (written < sent) throw incomplete(written, sent)
}

function incomplete(written: number, sent: number | string) {
  return createError('incompleteInsert', `Only ${written} of ${sent} rows sent were written`)
}

const BACKSLASH = 0x5c
const QUOTE = 0x22
const LINE_END = 0x0a

/** Counts JSON values that open with the bracket and stand in no other value of their kind. */
function createBracketCounter(bracket: '{' | '['): Counter {
  const open = bracket.charCodeAt(0)
  const close = bracket === '{' ? 0x7d : 0x5d
  let depth = 0
  let rows = 0
  let isQuoted = false
  let isEscaped = false
  return {
    add(part) {
      for (const byte of part) {
        if (isEscaped) isEscaped = false
        else if (isQuoted && byte === BACKSLASH) isEscaped = true
        else if (byte === QUOTE) isQuoted = !isQuoted
        else if (isQuoted) continue
        else if (byte === close) depth -= 1
        else if (byte === open) {
          depth += 1
          if (depth === 1) rows += 1
        }
      }
    },
    end: () => rows,
  }
}

/** Lines with something on them; a line end within quotes belongs to a value. */
function createQuotedLineCounter(): Counter {
  let rows = 0
  let isQuoted = false
  let hasInk = false
  return {
    add(part) {
      for (const byte of part) {
        if (byte === QUOTE) isQuoted = !isQuoted
        if (byte === LINE_END && !isQuoted) {
          if (hasInk) rows += 1
          hasInk = false
        } else if (byte > 0x20) hasInk = true
      }
    },
    end: () => rows + (hasInk ? 1 : 0),
  }
}

/** Lines with something on them; a line end after a backslash belongs to a value. */
function createEscapedLineCounter(): Counter {
  let rows = 0
  let isEscaped = false
  let hasInk = false
  return {
    add(part) {
      for (const byte of part) {
        if (byte === LINE_END && !isEscaped) {
          if (hasInk) rows += 1
          hasInk = false
        } else if (byte > 0x20) hasInk = true
        isEscaped = byte === BACKSLASH && !isEscaped
      }
    },
    end: () => rows + (hasInk ? 1 : 0),
  }
}
