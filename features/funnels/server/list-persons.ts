import { Type } from 'typebox'
import { decodeCursor, encodeCursor } from '../../../kernel/cursor.ts'
import { AppError } from '../../../kernel/errors.ts'
import type { ShopContext } from '../../../platform/http/access.ts'
import type { Deps } from '../../../platform/room.ts'
import { findPersonNames } from '../../people/server/reads.ts'
import type { FunnelPersons, FunnelPersonsQuestion } from '../contract.ts'
import { planFunnel, runQuery } from './answer-funnel.ts'
import { personsQuery } from './funnel-query.ts'
import { readQuestion } from './funnel-question.ts'
import { findNext } from './funnel-result.ts'

const Cursor = Type.Object({ at: Type.Integer(), person: Type.String({ format: 'uuid' }) })

/** A page of the persons behind a step: who came to it, or who came no further. */
export async function listPersons(
  deps: Deps,
  shop: ShopContext,
  asked: FunnelPersonsQuestion,
): Promise<FunnelPersons> {
  const { step, kind = 'reached', limit = 50, cursor } = asked
  const { plan } = await planFunnel(deps, shop, readQuestion(asked, shop, deps.now()))
  const { steps } = plan
  if (step > steps.length)
    throw new AppError('validation_failed', `This funnel has ${steps.length} steps, and no step ${step}.`)
  const next = findNext(steps, step)
  if (kind === 'left' && (next === undefined || steps[step - 1]?.optional))
    throw new AppError(
      'validation_failed',
      `Nobody is left at step ${step}: it is the last one, or may be left out.`,
    )
  const after = cursor === undefined ? undefined : decodeCursor(cursor, Cursor)
  if (cursor !== undefined && !after)
    throw new AppError('bad_request', 'The cursor is not one of this list; start from its beginning.')
  const spot = { step, next: kind === 'left' ? next : undefined }
  const query = personsQuery(plan, spot, { after, limit: limit + 1 })
  const rows = await runQuery<{ person: string; at: number }>(deps, query)
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
