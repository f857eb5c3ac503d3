import { Type } from 'typebox'
import { decodeCursor, encodeCursor } from '../../../../kernel/cursor.ts'
import { AppError } from '../../../../kernel/errors.ts'
import type { PeopleFilter, PeopleList, PersonListItem } from '../../contract.ts'
import { asked, describePeople, type Stores } from './describe-people.ts'
import { findPeople } from './find-people.ts'
import { type ActivityRow, type ListPosition, recentPeopleQuery } from './people-query.ts'

const Position = Type.Object({ at: Type.Integer(), person: Type.String({ format: 'uuid' }) })
/** A search that finds more says too little; the screen asks for another word. */
const MAX_FOUND = 200

export interface PeopleListRequest extends PeopleFilter {
  shop: number
  phoneCountry: string
  cursor?: string
  limit: number
}

/** People by their last contact; with a search, those who are found, the surest first. */
export async function listPeople(stores: Stores, request: PeopleListRequest): Promise<PeopleList> {
  return request.q === undefined || request.q.trim() === ''
    ? listRecent(stores, request)
    : search(stores, request)
}

async function listRecent(
  stores: Stores,
  { shop, known, cursor, limit }: PeopleListRequest,
): Promise<PeopleList> {
  const after = readPosition(cursor)
  const query = recentPeopleQuery(shop, { known, after, limit: limit + 1 })
  const rows = await stores.clickhouse.query<ActivityRow>(...asked(query))
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const items = await describePeople(
    stores,
    shop,
    shown.map(({ person }) => person),
    shown,
  )
  const nextCursor =
    rows.length > limit && last ? encodeCursor({ at: last.last_at, person: last.person }) : null
  return { items, nextCursor }
}

async function search(stores: Stores, request: PeopleListRequest): Promise<PeopleList> {
  const { shop, q = '', known, phoneCountry } = request
  const found = await findPeople(stores, { shop, text: q, phoneCountry, limit: MAX_FOUND })
  const items = await describePeople(stores, shop, found)
  const fits = (item: PersonListItem) => known === undefined || item.isKnown === (known === 'known')
  return { items: items.filter(fits), nextCursor: null }
}

function readPosition(cursor: string | undefined): ListPosition | undefined {
  if (cursor === undefined) return undefined
  const position = decodeCursor(cursor, Position)
  if (!position)
    throw new AppError('bad_request', 'The cursor is not one of this list; start from its beginning.')
  return position
}
