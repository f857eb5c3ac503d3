import { Type } from 'typebox'
import { decodeCursor, encodeCursor } from '../../../kernel/cursor.ts'
import { AppError } from '../../../kernel/errors.ts'
import { DAY_MS } from '../../../kernel/time.ts'
import type { ShopContext } from '../../../platform/http/access.ts'
import type { Deps } from '../../../platform/room.ts'
import { findPersonNames } from '../../people/server/reads.ts'
import type { Call, CallList, CallQuestion } from '../contract.ts'
import { type Candidate, findCalls } from './find-calls.ts'
import { keyOf, listTicks, type Tick } from './tick-store.ts'

const PAGE = 20
/** Ticks older than any trouble that is still shown. */
const KEPT_MS = 120 * DAY_MS
const Cursor = Type.Object({ after: Type.String({ format: 'uuid' }), place: Type.Integer({ minimum: 0 }) })

/** A page of whom to call, the gravest trouble first. */
export async function listCalls(deps: Deps, shop: ShopContext, question: CallQuestion): Promise<CallList> {
  const { show = 'open', reason, limit = PAGE } = question
  const { calls, unreachable } = await listAllCalls(deps, shop)
  const open = calls.filter(({ called }) => called === null).length
  const shown = calls.filter(
    (call) =>
      (call.called === null) === (show === 'open') &&
      (reason === undefined || call.troubles.some((one) => one.reason === reason)),
  )
  const start = findStart(shown, question.cursor)
  const items = shown.slice(start, start + limit)
  const last = items.at(-1)
  const hasMore = start + limit < shown.length
  return {
    items: await addNames(deps, shop, items),
    nextCursor: hasMore && last ? encodeCursor({ after: last.person.id, place: start + limit }) : null,
    ...{ open, called: calls.length - open, unreachable },
  }
}

/** With the names they have now; who is known no more is left out. */
async function addNames({ db }: Deps, shop: ShopContext, calls: readonly NamelessCall[]): Promise<Call[]> {
  const names = await findPersonNames(
    db,
    shop.id,
    calls.map(({ person }) => person.id),
  )
  return calls.flatMap((call) => {
    const name = names.get(call.person.id)
    if (!name || (name.phone === '' && name.email === '')) return []
    const { label, phone, email } = name
    return {
      ...call,
      person: { ...call.person, name: label },
      hasPhone: phone !== '',
      hasEmail: email !== '',
    }
  })
}

export type NamelessCall = Omit<Call, 'person' | 'hasPhone' | 'hasEmail'> & Pick<Candidate, 'person'>

/** Everybody, with who has called them already. */
export async function listAllCalls(
  deps: Deps,
  shop: ShopContext,
): Promise<{ calls: NamelessCall[]; unreachable: number }> {
  const [{ calls, unreachable }, ticks] = await Promise.all([
    findCalls(deps, shop),
    listTicks(deps.db, shop.id, new Date(deps.now() - KEPT_MS)),
  ])
  return { calls: calls.map((one) => toCall(one, ticks)), unreachable }
}

/** A customer is called once all that went wrong was called about: new trouble brings them back. */
function toCall({ troubles, ...rest }: Candidate, ticks: ReadonlyMap<string, Tick>): NamelessCall {
  const done = troubles.map((one) => ticks.get(keyOf(one)))
  const last = done.every((tick) => tick !== undefined)
    ? done.reduce((a, b) => (a && b && a.at >= b.at ? a : b))
    : undefined
  return {
    ...rest,
    troubles: troubles.map(({ reason, subject, since, orderId, value }) => ({
      ...{ reason, subject, orderId, value },
      since: new Date(since).toISOString(),
    })),
    called: last ? { by: last.by, at: last.at.toISOString() } : null,
  }
}

/** After the person of the cursor; where they are gone from the list by now, from the same place on. */
function findStart(calls: readonly NamelessCall[], cursor: string | undefined): number {
  if (cursor === undefined) return 0
  const position = decodeCursor(cursor, Cursor)
  if (!position)
    throw new AppError('bad_request', 'The cursor is not one of this list; start from its beginning.')
  const found = calls.findIndex(({ person }) => person.id === position.after)
  return found >= 0 ? found + 1 : Math.max(0, position.place - 1)
}
