import { Type } from 'typebox'
import { decodeCursor, encodeCursor } from '../../../../kernel/cursor.ts'
import { AppError } from '../../../../kernel/errors.ts'
import type { PersonEvents } from '../../contract.ts'
import { asked, type Stores } from '../list/describe-people.ts'
import {
  type EventsQuestion,
  eventsQuery,
  SHORT_COLUMNS,
  type ShortEventRow,
  toPersonEvent,
} from './events-query.ts'

const Position = Type.Object({ at: Type.Integer(), hash: Type.String({ format: 'uuid' }) })

/** What happened in a stretch of a person's path, event by event, oldest first. */
export async function listEvents(
  { clickhouse }: Stores,
  question: Omit<EventsQuestion, 'after'>,
  cursor: string | undefined,
): Promise<PersonEvents> {
  const after = cursor === undefined ? undefined : decodeCursor(cursor, Position)
  if (cursor !== undefined && !after)
    throw new AppError('bad_request', 'The cursor is not one of this list; start from its beginning.')
  const { limit } = question
  const query = eventsQuery(SHORT_COLUMNS, { ...question, after, limit: limit + 1 })
  const rows = await clickhouse.query<ShortEventRow>(...asked(query))
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const nextCursor =
    rows.length > limit && last ? encodeCursor({ at: last.at, hash: last.message_hash }) : null
  return { items: shown.map(toPersonEvent), nextCursor }
}
