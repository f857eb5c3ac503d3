import { Type } from 'typebox'
import { decodeCursor, encodeCursor } from '../../../kernel/cursor.ts'
import { AppError } from '../../../kernel/errors.ts'
import { formatDay, parseDay } from '../../../kernel/time.ts'
import type { ShopContext } from '../../../platform/http/access.ts'
import type { Deps } from '../../../platform/room.ts'
import { findPersonNames } from '../../people/server/reads.ts'
import { prepareGround, readReportQuestion, runReport } from '../../reports/server/reads.ts'
import type { CohortPersons, CohortPersonsQuestion } from '../contract.ts'
import { daysOf, findRecorded, planCohorts } from './answer-cohorts.ts'
import { cohortPersonsQuery, type PersonRow } from './cohorts-query.ts'
import { listCohortDays } from './models/make-cohorts.ts'

const Cursor = Type.Object({ on: Type.Integer(), person: Type.String({ format: 'uuid' }) })

/** A page of the persons behind a cell: all of the cohort, those who came back, or those who didn't. */
export async function listPersons(
  deps: Deps,
  shop: ShopContext,
  asked: CohortPersonsQuestion,
): Promise<CohortPersons> {
  const { size = 'week', returns = 'contact', stretch, kind = 'within', limit = 50, cursor } = asked
  const question = readReportQuestion(asked, shop, deps.now())
  const cohort = listCohortDays(daysOf(question.period, shop), size).find(
    ({ from }) => from === parseDay(asked.cohort),
  )
  if (!cohort)
    throw new AppError(
      'bad_request',
      `No ${size} of this period begins on ${asked.cohort}. Take “from” of one of the cohorts.`,
    )
  const after = cursor === undefined ? undefined : decodeCursor(cursor, Cursor)
  if (cursor !== undefined && !after)
    throw new AppError('bad_request', 'The cursor is not one of this list; start from its beginning.')
  const [{ ground }, { observed }] = await Promise.all([
    prepareGround(deps, shop, question),
    findRecorded(deps, shop),
  ])
  const plan = { ...planCohorts(shop, { days: cohort, size, returns, observed }), only: ground.persons }
  const query = cohortPersonsQuery(plan, { days: cohort, stretch, kind }, { after, limit: limit + 1 })
  const rows = await runReport<PersonRow>(deps, query)
  const page = rows.slice(0, limit)
  const names = await findPersonNames(
    deps.db,
    shop.id,
    page.map(({ person }) => person),
  )
  const last = page.at(-1)
  return {
    items: page.map(({ person, on }) => ({
      id: person,
      name: names.get(person)?.label || null,
      firstOn: formatDay(on),
    })),
    nextCursor: rows.length > limit && last ? encodeCursor(last) : null,
  }
}
