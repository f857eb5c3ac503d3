import type { Static, TSchema } from 'typebox'
import { Value } from 'typebox/value'

const MAX_LENGTH = 2048

/** Where a list goes on, as an opaque text for a URL. */
export function encodeCursor(position: unknown): string {
  return Buffer.from(JSON.stringify(position), 'utf8').toString('base64url')
}

/** The last instant that a `Date` holds; no id is larger either. */
const MAX_NUMBER = 8.64e15

/** Cursors come back from outside: no store takes larger numbers as instants or ids, or NUL in a text. */
function isPlausible(position: unknown): boolean {
  if (typeof position === 'number') return Math.abs(position) <= MAX_NUMBER
  if (typeof position === 'string') return !position.includes('\0')
  return typeof position !== 'object' || position === null || Object.values(position).every(isPlausible)
}

/** What `encodeCursor` was given; undefined for anything that isn't a cursor of this shape. */
export function decodeCursor<T extends TSchema>(cursor: string, schema: T): Static<T> | undefined {
  if (cursor.length > MAX_LENGTH || !/^[A-Za-z0-9_-]+$/.test(cursor)) return undefined
  try {
    const position: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    return Value.Check(schema, position) && isPlausible(position) ? position : undefined
  } catch {
    return undefined
  }
}
