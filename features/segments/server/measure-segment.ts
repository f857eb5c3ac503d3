import { Type } from 'typebox'
import { toCsvLine } from '../../../kernel/csv.ts'
import { decodeCursor, encodeCursor } from '../../../kernel/cursor.ts'
import { AppError } from '../../../kernel/errors.ts'
import type { ShopContext } from '../../../platform/http/access.ts'
import type { Deps } from '../../../platform/room.ts'
import { findPersonNames } from '../../people/server/reads.ts'
import type { Definition, SegmentChoices, SegmentPerson, SegmentPersons, SegmentSize } from '../contract.ts'
import { compileSegment, type Query } from './compile-segment.ts'
import { expandDefinition } from './list-references.ts'
import { choicesQuery, type PersonRow, personsQuery, sizeQuery } from './persons-query.ts'
import { loadSegments } from './segment-store.ts'

const Position = Type.Object({ at: Type.Integer(), id: Type.String() })
const PAGE = 1_000
/** What an export holds in memory at most, and what a spreadsheet still opens. */
export const MAX_EXPORT = 200_000
/** Spreadsheet programs take a file for UTF-8 only when it begins with this. */
const BYTE_ORDER_MARK = '\ufeff'

/** How many persons a definition holds now. Ends with the asker: `signal` stops the statement too. */
export async function measureSegment(
  deps: Deps,
  shop: ShopContext,
  asked: { definition: Definition; segment?: number },
  signal: AbortSignal,
): Promise<SegmentSize> {
  const began = performance.now()
  const now = deps.now()
  const query = sizeQuery(await compileFor(deps, shop, asked.definition, now, asked.segment))
  const [row] = await ask<{ n: number; of: number }>(deps, query, signal)
  return {
    n: row?.n ?? 0,
    of: row?.of ?? 0,
    tookMs: Math.round(performance.now() - began),
    asOf: new Date(now).toISOString(),
  }
}

/** The statement of a definition for a shop now, references put in place. */
async function compileFor(
  { db }: Deps,
  { id, timeZone, currency }: ShopContext,
  definition: Definition,
  now: number,
  segment?: number,
): Promise<Query> {
  const plain = expandDefinition(
    definition,
    await loadSegments(db, id),
    segment === undefined ? [] : [segment],
  )
  return compileSegment(plain, { shop: id, timeZone, currency, now })
}

async function ask<Row>({ clickhouse }: Deps, query: Query, signal?: AbortSignal): Promise<Row[]> {
  try {
    return await clickhouse.query<Row>(query.sql, { params: query.params, kind: 'report', signal })
  } catch (error) {
    if (signal?.aborted)
      throw new AppError('bad_request', 'The question was taken back before the answer was there.', {
        cause: error,
      })
    throw error
  }
}

export async function listSegmentPersons(
  deps: Deps,
  shop: ShopContext,
  segment: number,
  { cursor, limit = 50 }: { cursor?: string; limit?: number },
  signal: AbortSignal,
): Promise<SegmentPersons> {
  const after = cursor === undefined ? undefined : decodeCursor(cursor, Position)
  if (cursor !== undefined && !after)
    throw new AppError('bad_request', 'The cursor is not one of this list; start from its beginning.')
  const query = await compileFor(deps, shop, { about: 'segment', segment }, deps.now())
  const rows = await ask<PersonRow>(deps, personsQuery(query, after, limit + 1), signal)
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    items: await describe(deps, shop.id, shown),
    nextCursor: last && rows.length > limit ? encodeCursor({ at: last.last_at, id: last.id }) : null,
  }
}

async function describe({ db }: Deps, shop: number, rows: readonly PersonRow[]): Promise<SegmentPerson[]> {
  const names = await findPersonNames(
    db,
    shop,
    rows.map(({ id }) => id),
  )
  return rows.map(({ id, first_at, last_at }) => {
    const { label = '', email = '', phone = '', isKnown = false } = names.get(id) ?? {}
    const [firstSeenAt, lastSeenAt] = [new Date(first_at).toISOString(), new Date(last_at).toISOString()]
    return { id, label, email, phone, isKnown, firstSeenAt, lastSeenAt }
  })
}

/** The persons of a segment for an export; fails with `too_large` beyond what a file may hold. */
export async function findAllPersons(
  deps: Deps,
  shop: ShopContext,
  segment: number,
  signal: AbortSignal,
): Promise<PersonRow[]> {
  const query = await compileFor(deps, shop, { about: 'segment', segment }, deps.now())
  const rows = await ask<PersonRow>(deps, personsQuery(query, undefined, MAX_EXPORT + 1), signal)
  if (rows.length > MAX_EXPORT)
    throw new AppError(
      'too_large',
      `This segment has more than ${MAX_EXPORT} persons, and a file may hold no more. Narrow it down.`,
    )
  return rows
}

const COLUMNS = ['person_id', 'name', 'email', 'phone', 'known', 'first_seen_at', 'last_seen_at']

/** CSV in pieces; names are looked up a thousand at a time. */
export async function* writePersons(
  deps: Deps,
  shop: number,
  rows: readonly PersonRow[],
): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + toCsvLine(COLUMNS)
  for (let first = 0; first < rows.length; first += PAGE) {
    const persons = await describe(deps, shop, rows.slice(first, first + PAGE))
    yield persons
      .map(({ id, label, email, phone, isKnown, firstSeenAt, lastSeenAt }) =>
        toCsvLine([id, label, email, phone, isKnown ? 'yes' : 'no', firstSeenAt, lastSeenAt]),
      )
      .join('')
  }
}

/** What there is to choose from in the shop's history. */
export async function listChoices(deps: Deps, shop: number): Promise<SegmentChoices> {
  const [row] = await ask<SegmentChoices>(deps, choicesQuery(shop))
  return row ?? { events: [], traits: [], sources: [], campaigns: [] }
}
