import { Type } from 'typebox'
import { toCsvLine } from '../../../kernel/csv.ts'
import { decodeCursor, encodeCursor } from '../../../kernel/cursor.ts'
import { AppError } from '../../../kernel/errors.ts'
import type { ShopContext } from '../../../platform/http/access.ts'
import type { Deps } from '../../../platform/room.ts'
import { findPersonNames } from '../../people/server/reads.ts'
import { prepareGround } from '../../reports/server/reads.ts'
import type { DriverPersons, DriverPersonsQuestion } from '../contract.ts'
import { readHistories } from './answer-drivers.ts'
import { readDriversQuestion } from './drivers-question.ts'
import { readSettings } from './drivers-settings-store.ts'
import type { ListedPerson, ListQuestion } from './list-of-driver.ts'
import { runInWorker } from './run-worker.ts'

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

/** All of a driver's persons as a file: one reading of the histories, not one for each page. */
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
  const settings = await readSettings(deps.db, shop.id)
  const { ground } = await prepareGround(deps, shop, question.report)
  const { rows, plan } = await readHistories(deps, shop, question, settings, ground)
  const found = await runInWorker<ListedPerson[] | null>(rows, { list: { plan, question: list } })
  if (found) return found
  throw new AppError(
    'bad_request',
    `Nothing is known of a driver “${list.driver}” in this period. Take a key of the drivers’ answer.`,
  )
}
