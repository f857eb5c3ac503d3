import { Type } from 'typebox'
import { decodeCursor, encodeCursor } from '../../../../kernel/cursor.ts'
import { AppError } from '../../../../kernel/errors.ts'
import type { Deps, Room, TimelineItem, TimelineQuery } from '../../../../platform/room.ts'
import type { Path, PathItem } from '../../contract.ts'
import { listOwnMoments, type OwnPart, ownParts } from './own-timeline.ts'

const Position = Type.Object({ before: Type.Integer() })
/** Beyond what any clock of ours writes. */
const END_OF_TIME = Date.UTC(2200, 0, 1)
const START_OF_TIME = 0
/** Rooms are asked for some more than a page holds: several lines may stand at the instant of the cut. */
const SLACK = 100

export interface PathRequest {
  shop: number
  person: string
  identities: string[]
  /** Parts by name: this room's own and names of rooms; all when empty. */
  show: string[]
  channel?: string
  cursor?: string
  limit: number
}

/** The person's path from every room, newest first, a page at a time. */
export async function gatherPath(deps: Deps, rooms: readonly Room[], request: PathRequest): Promise<Path> {
  const { shop, person, identities, limit } = request
  const before = readPosition(request.cursor)
  const query: TimelineQuery = {
    shop,
    person,
    identities,
    before,
    after: START_OF_TIME,
    limit: limit + SLACK,
  }
  const parts = await Promise.all(listParts(deps, rooms, request, query))
  const { items, next } = joinParts(parts, limit)
  return {
    items: items.map(toPathItem),
    nextCursor: next === undefined ? null : encodeCursor({ before: next }),
  }
}

function readPosition(cursor: string | undefined): number {
  if (cursor === undefined) return END_OF_TIME
  const position = decodeCursor(cursor, Position)
  if (!position)
    throw new AppError('bad_request', 'The cursor is not one of this path; start from its beginning.')
  return position.before
}

function listParts(
  deps: Deps,
  rooms: readonly Room[],
  request: PathRequest,
  query: TimelineQuery,
): Promise<TimelineItem[]>[] {
  const { show, channel } = request
  const isShown = (name: string) => show.length === 0 || show.includes(name)
  const own = new Set<OwnPart>(ownParts.filter(isShown))
  const parts = own.size === 0 ? [] : [listOwnMoments(deps, { ...query, channel, parts: own })]
  for (const room of rooms) {
    // Other rooms' lines have a channel only where it is known of each; with a filter the rest would mislead.
    if (!room.timeline || !isShown(room.name)) continue
    const part = room.timeline(deps, query)
    parts.push(
      channel === undefined ? part : part.then((items) => items.filter((item) => item.channel === channel)),
    )
  }
  return parts
}

/**
 * The newest `limit` items of all parts. The next page begins where this one ends, so what stands at the very instant
 * of the cut comes with this page, all of it.
 */
export function joinParts(
  parts: TimelineItem[][],
  limit: number,
): { items: TimelineItem[]; next: number | undefined } {
  const all = parts.flat().sort((a, b) => b.at - a.at)
  const last = all[limit - 1]
  if (!last || all.length <= limit) return { items: all, next: undefined }
  const items = all.filter(({ at }) => at >= last.at)
  return { items, next: all.length > items.length ? last.at : undefined }
}

function toPathItem(item: TimelineItem): PathItem {
  return { ...item, at: new Date(item.at).toISOString() }
}
