import { Type } from 'typebox'
import { decodeCursor, encodeCursor } from '../../../kernel/cursor.ts'
import { AppError } from '../../../kernel/errors.ts'
import { startOfDay } from '../../../kernel/time.ts'
import type { ShopContext } from '../../../platform/http/access.ts'
import type { Deps } from '../../../platform/room.ts'
import { findPersonNames } from '../../people/server/reads.ts'
import { prepareGround } from '../../reports/server/reads.ts'
import { getRegistry } from '../../touchpoints/server/reads.ts'
import type { ExposurePersons, ExposurePersonsQuestion } from '../contract.ts'
import { readHistories } from './answer-exposure.ts'
import { readExposureQuestion } from './exposure-question.ts'
import type { ListedPerson } from './models/list-of-bin.ts'
import { runInWorker } from './run-worker.ts'

const Cursor = Type.Object({ day: Type.Integer(), person: Type.String({ format: 'uuid' }) })

/** A page of the persons who had a day after so many contacts; where persons were drawn, of the drawn ones. */
export async function listPersons(
  deps: Deps,
  shop: ShopContext,
  asked: ExposurePersonsQuestion,
): Promise<ExposurePersons> {
  const { bin, last = null, limit = 50, cursor } = asked
  if (last !== null && last < bin)
    throw new AppError('bad_request', 'The group ends before it begins: "last" must not be less than "bin".')
  const after = cursor === undefined ? undefined : decodeCursor(cursor, Cursor)
  if (cursor !== undefined && !after)
    throw new AppError('bad_request', 'The cursor is not one of this list; start from its beginning.')
  const { registry } = await getRegistry(deps, shop.id)
  const question = readExposureQuestion(asked, shop, registry, deps.now())
  const { ground } = await prepareGround(deps, shop, question.report)
  const { days, ...drawn } = await readHistories(deps, shop, question, ground)
  const found = await runInWorker<ListedPerson[]>(drawn, {
    list: { question: days, bin: { from: bin, to: last }, after, limit: limit + 1 },
  })
  const page = found.slice(0, limit)
  const ids = page.map(({ person }) => person)
  const names = await findPersonNames(deps.db, shop.id, ids)
  const end = page.at(-1)
  return {
    items: page.map(({ person, day }) => ({
      id: person,
      name: names.get(person)?.label || null,
      at: new Date(startOfDay(day, shop.timeZone)).toISOString(),
    })),
    nextCursor: found.length > limit && end ? encodeCursor(end) : null,
  }
}
