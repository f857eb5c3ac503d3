import { Type } from 'typebox'
import { decodeCursor, encodeCursor } from '../../../kernel/cursor.ts'
import { AppError } from '../../../kernel/errors.ts'
import { foldCase } from '../../../kernel/filter/fold.ts'
import type { Db } from '../../../platform/postgres.ts'
import type { SegmentList, SegmentListQuery } from '../contract.ts'
import { loadSegments, toSegment } from './segment-store.ts'

const PAGE = 50
const Position = Type.Object({ name: Type.String(), id: Type.Integer() })

/** A page of the shop's segments by name; `q` is looked for in names and notes, whatever the case. */
export async function listSegments(db: Db, shop: number, query: SegmentListQuery): Promise<SegmentList> {
  const { q = '', cursor, limit = PAGE } = query
  const after = cursor === undefined ? undefined : decodeCursor(cursor, Position)
  if (cursor !== undefined && !after)
    throw new AppError('bad_request', 'The cursor is not one of this list; start from its beginning.')
  const all = await loadSegments(db, shop)
  const wanted = foldCase(q.trim())
  const place = (name: string, id: number) => ({ name: foldCase(name), id })
  const found = [...all.values()]
    .filter(({ name, note }) => foldCase(`${name}\n${note}`).includes(wanted))
    .map((row) => ({ row, at: place(row.name, row.id) }))
    .sort((a, b) => compare(a.at, b.at))
    .filter(({ at }) => !after || compare(at, after) > 0)
  const shown = found.slice(0, limit)
  const last = shown.at(-1)
  return {
    items: shown.map(({ row }) => toSegment(row, all)),
    nextCursor: last && found.length > limit ? encodeCursor(last.at) : null,
  }
}

function compare(a: { name: string; id: number }, b: { name: string; id: number }): number {
  if (a.name !== b.name) return a.name < b.name ? -1 : 1
  return a.id - b.id
}
