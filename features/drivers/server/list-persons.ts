import { Type } from 'typebox'
import { toCsvLine } from '../../../kernel/csv.ts'
import { decodeCursor, encodeCursor } from '../../../kernel/cursor.ts'
import { AppError } from '../../../kernel/errors.ts'
import type { ShopContext } from '../../../platform/http/access.ts'
import type { Deps } from '../../../platform/room.ts'
import { findPersonNames } from '../../people/server/reads.ts'
import { prepareGround } from '../../reports/server/reads.ts'
import type { Registry } from '../../touchpoints/contract.ts'
import type { DriverPersons, DriverPersonsQuestion, DriversSettings } from '../contract.ts'
import { readDriversQuestion } from './drivers-question.ts'
import { readSettings } from './drivers-settings-store.ts'
import { readListing } from './read-listing.ts'
import { type ListedPerson, type ListQuestion, takeFromListing } from './take-from-listing.ts'

const Cursor = Type.Object({ at: Type.Integer(), person: Type.String({ format: 'uuid' }) })

/** A page of a driver's persons; where persons were drawn, of the drawn ones. Fails with `bad_request` for an unknown driver. */
export async function listPersons(
  deps: Deps,
  shop: ShopContext,
  asked: DriverPersonsQuestion,
): Promise<DriverPersons> {
  const { driver, kind = 'lost', limit = 50, cursor } = asked
  const after = cursor === undefined ? undefined : decodeCursor(cursor, Cursor)
  if (cursor !== undefined && !after)
    throw new AppError('bad_request', 'The cursor is not one of this list; start from its beginning.')
  const found = await findListed(deps, shop, asked, { driver, kind, after, limit: limit + 1 })
  const page = found.slice(0, limit)
  const names = await findPersonNames(
    deps.db,
    shop.id,
    page.map(({ person }) => person),
  )
  const end = page.at(-1)
  return {
    items: page.map(({ person, at }) => ({
      id: person,
      name: names.get(person)?.label || null,
      at: new Date(at).toISOString(),
    })),
    nextCursor: found.length > limit && end ? encodeCursor(end) : null,
  }
}

/** As many as somebody calls or writes to. */
const MOST = 10_000
/** Spreadsheet programs take a file for UTF-8 only when it begins with this. */
const BYTE_ORDER_MARK = '\ufeff'

/** All of a driver's persons as a file; their names are read now, however long the list has been remembered. */
export async function writePersonsCsv(
  deps: Deps,
  shop: ShopContext,
  asked: DriverPersonsQuestion,
): Promise<{ csv: string; persons: number }> {
  const { driver, kind = 'lost' } = asked
  const found = await findListed(deps, shop, asked, { driver, kind, limit: MOST })
  const ids = found.map(({ person }) => person)
  const names = await findPersonNames(deps.db, shop.id, ids)
  const lines = found.map(({ person, at }) =>
    toCsvLine([person, names.get(person)?.label ?? '', new Date(at).toISOString()]),
  )
  return {
    csv: BYTE_ORDER_MARK + toCsvLine(['person_id', 'name', 'at']) + lines.join(''),
    persons: found.length,
  }
}

async function findListed(
  deps: Deps,
  shop: ShopContext,
  asked: DriverPersonsQuestion,
  list: ListQuestion,
): Promise<ListedPerson[]> {
  const question = readDriversQuestion(asked, shop, deps.now())
  const [settings, prepared] = await Promise.all([
    readSettings(deps.db, shop.id),
    prepareGround(deps, shop, question.report),
  ])
  // What can't be told of anybody is told before anything dear is read.
  if (!canBeDriver(list.driver, prepared.ground.registry, settings)) throw refuseUnknown(list.driver)
  const listing = await readListing(deps, shop, { question, settings, prepared })
  const found = takeFromListing(listing, list)
  if (!found) throw refuseUnknown(list.driver)
  return found
}

/** By its key alone: which events came, and which operators there are, only the histories tell. */
function canBeDriver(driver: string, { touchpoints }: Registry, { facts }: DriversSettings): boolean {
  return (
    /^(event|operator)\../.test(driver) ||
    facts.some(({ key }) => driver === `own.${key}`) ||
    touchpoints.some(
      ({ key, standards }) =>
        driver === `met.${key}` || standards.some(({ measure }) => driver === `${key}.${measure}`),
    )
  )
}

const refuseUnknown = (driver: string) =>
  new AppError(
    'bad_request',
    `Nothing is known of a driver “${driver}” in this period. Take a key of the drivers’ answer.`,
  )
