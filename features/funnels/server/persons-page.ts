import { Type } from 'typebox'
import { decodeCursor, encodeCursor } from '../../../kernel/cursor.ts'
import { AppError } from '../../../kernel/errors.ts'
import type { Deps } from '../../../platform/room.ts'
import { findPersonNames } from '../../people/server/reads.ts'
import { type Query, runReport } from '../../reports/server/reads.ts'
import type { FunnelPersons } from '../contract.ts'

export interface PersonsPage {
  after: { at: number; person: string } | undefined
  limit: number
}

const Cursor = Type.Object({ at: Type.Integer(), person: Type.String({ format: 'uuid' }) })

/** A page of a statement that gives rows (person, at), each person once; the latest first. */
export function pageQuery({ sql, params }: Query, { after, limit }: PersonsPage): Query {
  return {
    sql: `SELECT person, at FROM (${sql})
${after === undefined ? '' : 'WHERE (at, person) < ({after_at:Int64}, {after:UUID}) '}ORDER BY at DESC, person DESC LIMIT {limit:UInt32}`,
    params: { ...params, limit, ...(after && { after_at: after.at, after: after.person }) },
  }
}

/** Reads where a list goes on, and gives the page with the persons' names. `make` gets the page to ask for. */
export async function listPage(
  deps: Deps,
  shop: number,
  asked: { cursor?: string; limit?: number },
  make: (page: PersonsPage) => Query,
): Promise<FunnelPersons> {
  const { limit = 50, cursor } = asked
  const after = cursor === undefined ? undefined : decodeCursor(cursor, Cursor)
  if (cursor !== undefined && !after)
    throw new AppError('bad_request', 'The cursor is not one of this list; start from its beginning.')
  const rows = await runReport<{ person: string; at: number }>(deps, make({ after, limit: limit + 1 }))
  const page = rows.slice(0, limit)
  const names = await findPersonNames(
    deps.db,
    shop,
    page.map(({ person }) => person),
  )
  const last = page.at(-1)
  return {
    items: page.map(({ person, at }) => ({
      id: person,
      name: names.get(person)?.label || null,
      at: new Date(at).toISOString(),
    })),
    nextCursor: rows.length > limit && last ? encodeCursor(last) : null,
  }
}
