import { Type } from 'typebox'
import { decodeCursor, encodeCursor } from '../../../kernel/cursor.ts'
import { AppError } from '../../../kernel/errors.ts'
import type { ShopContext } from '../../../platform/http/access.ts'
import type { Deps } from '../../../platform/room.ts'
import { findPersonNames } from '../../people/server/reads.ts'
import { prepareGround, readReportQuestion } from '../../reports/server/reads.ts'
import type { PathPersons, PathPersonsQuestion } from '../contract.ts'
import { runPaths } from './answer-paths.ts'
import { chooseInFlow, chooseInSteps, chooseVariant, pathPersonsQuery } from './path-persons-query.ts'
import type { Query } from './path-table-query.ts'
import { planFlow, planPaths, planVariants, readPaths } from './paths-question.ts'
import type { PathPlan } from './units-query.ts'

const Cursor = Type.Object({ at: Type.Integer(), person: Type.String({ format: 'uuid' }) })

/** A page of the persons behind a number of the report. */
export async function listPathPersons(
  deps: Deps,
  shop: ShopContext,
  asked: PathPersonsQuestion,
): Promise<PathPersons> {
  const { limit = 50, cursor } = asked
  const now = deps.now()
  const { compare: _, ...question } = asked
  const { ground } = await prepareGround(deps, shop, readReportQuestion(question, shop, now))
  const plan = planPaths(readPaths(asked), shop, ground, ground.registry, now)
  const [units, condition] = choose(plan, asked)
  const after = cursor === undefined ? undefined : decodeCursor(cursor, Cursor)
  if (cursor !== undefined && !after)
    throw new AppError('bad_request', 'The cursor is not one of this list; start from its beginning.')
  const query = pathPersonsQuery(units, condition, plan, { after, limit: limit + 1 })
  const rows = await runPaths<{ person: string; at: number }>(deps, query)
  const page = rows.slice(0, limit)
  const ids = page.map(({ person }) => person)
  const names = await findPersonNames(deps.db, shop.id, ids)
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

function choose(plan: PathPlan, asked: PathPersonsQuestion): [Query, Query] {
  if (asked.variant !== undefined) return chooseVariant(planVariants({}, plan), asked.variant)
  if (asked.line !== undefined) return chooseInSteps(plan, asked.line, asked)
  return chooseInFlow(planFlow(asked, plan), asked)
}
