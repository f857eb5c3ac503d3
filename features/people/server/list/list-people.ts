import { Type } from 'typebox'
import { decodeCursor, encodeCursor } from '../../../../kernel/cursor.ts'
import { AppError } from '../../../../kernel/errors.ts'
import type { PeopleFilter, PeopleList, PersonListItem } from '../../contract.ts'
import { describePeople, type Stores } from './describe-people.ts'
import { findPeople } from './find-people.ts'
import type { SeenRow } from './people-query.ts'
import { listRecentPeople } from './recent-people.ts'

const Position = Type.Object({ at: Type.Integer(), identity: Type.String({ format: 'uuid' }) })
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

async function listRecent(stores: Stores, request: PeopleListRequest): Promise<PeopleList> {
  const { shop, known, cursor, limit } = request
  const { persons, next } = await listRecentPeople(stores, {
    shop,
    known,
    after: readPosition(cursor),
    limit,
  })
  const items = await describePeople(stores, shop, persons)
  return { items, nextCursor: next === undefined ? null : encodeCursor(next) }
}

async function search(stores: Stores, request: PeopleListRequest): Promise<PeopleList> {
  const { shop, q = '', known, phoneCountry } = request
  const found = await findPeople(stores, { shop, text: q, phoneCountry, limit: MAX_FOUND })
  const items = await describePeople(stores, shop, found)
  const fits = (item: PersonListItem) => known === undefined || item.isKnown === (known === 'known')
  return { items: items.filter(fits), nextCursor: null }
}

function readPosition(cursor: string | undefined): SeenRow | undefined {
  if (cursor === undefined) return undefined
  const position = decodeCursor(cursor, Position)
  if (!position)
    throw new AppError('bad_request', 'The cursor is not one of this list; start from its beginning.')
  return position
}
