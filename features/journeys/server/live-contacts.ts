import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FeedEvent } from '../../../platform/feed/event-row.ts'
import { openEventStream } from '../../../platform/http/event-stream.ts'
import type { Deps } from '../../../platform/room.ts'
import { getRegistry } from '../../touchpoints/server/reads.ts'
import type { LiveContact } from '../contract.ts'

const TICK_MS = 250

/**
 * Sends the shop's contacts as they come: one every quarter of a second at most, the newest, whatever the rate. The
 * map itself is asked anew by whoever looks at it.
 */
export async function streamContacts(
  deps: Deps,
  shop: number,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const { registry } = await getRegistry(deps, shop)
  const stages = new Map(registry.touchpoints.map(({ key, stage }) => [key, stage]))
  const stream = openEventStream(request, reply)
  let newest: LiveContact | undefined
  const stopListening = deps.live.subscribe((flush) => {
    for (const event of flush.events) if (event.shop === shop) newest = toContact(event, stages) ?? newest
  })
  stream.onClose(stopListening)
  stream.every(TICK_MS, () => {
    if (newest) stream.send(newest)
    newest = undefined
  })
}

function toContact(event: FeedEvent, stages: ReadonlyMap<string, string>): LiveContact | undefined {
  const touchpoint = event.touchpoint || event.arrival
  const stage = stages.get(touchpoint)
  return stage === undefined ? undefined : { stage, touchpoint, at: new Date(event.ts).toISOString() }
}
