import { Type } from 'typebox'
import { decodeCursor, encodeCursor } from '../../../kernel/cursor.ts'
import { AppError, orNotFound } from '../../../kernel/errors.ts'
import type { Deps } from '../../../platform/room.ts'
import { findPersonNames } from '../../people/server/reads.ts'
import type { MapPersons, PersonsQuestion } from '../contract.ts'
import type { MapPlan } from './map-plan.ts'
import type { Question } from './map-question.ts'
import { orderNames } from './order-names.ts'
import { type PersonRow, type Position, personsListQuery, type Spot } from './persons-query.ts'
import { planPicture } from './picture.ts'
import { runReport } from './run-report.ts'

const Cursor = Type.Object({ at: Type.Integer(), person: Type.String({ format: 'uuid' }) })

/** A page of the persons behind a figure of the map. */
export async function listPersons(
  deps: Deps,
  question: Question,
  asked: PersonsQuestion,
): Promise<MapPersons> {
  const { limit = 50, cursor } = asked
  const plan = await planPicture(deps, question)
  const query = personsListQuery(plan, orderNames, findSpot(plan, asked), {
    after: readCursor(cursor),
    limit: limit + 1,
  })
  const rows = await runReport<PersonRow>(deps, query)
  const page = rows.slice(0, limit)
  const names = await findPersonNames(
    deps.db,
    question.shop,
    page.map(({ person }) => person),
  )
  const last = page.at(-1)
  return {
    items: page.map(({ person, at, said, kept }) => ({
      id: person,
      name: names.get(person)?.label || null,
      lastAt: new Date(at).toISOString(),
      said: said === null ? null : 100 * said,
      kept,
    })),
    nextCursor: rows.length > limit && last ? encodeCursor({ at: last.at, person: last.person }) : null,
  }
}

/** Fails with `not_found` for a stage or touchpoint that the registry doesn't have. */
export function findSpot({ codes }: MapPlan, { stage, touchpoint, kind = 'present' }: PersonsQuestion): Spot {
  const place = codes.stages.indexOf(stage) + 1
  if (place === 0) throw new AppError('not_found', `The stage "${stage}" was not found.`)
  const found = codes.touchpoints.find(({ key }) => key === touchpoint)
  if (touchpoint !== undefined) orNotFound(found, `The touchpoint "${touchpoint}"`)
  return { stage: place, touchpoint: found, kind }
}

function readCursor(cursor: string | undefined): Position | undefined {
  if (cursor === undefined) return undefined
  const position = decodeCursor(cursor, Cursor)
  if (position) return position
  throw new AppError('bad_request', 'The cursor is not one of this list; start from its beginning.')
}
