import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FeedEvent } from '../../../platform/feed/event-row.ts'
import type { Deps } from '../../../platform/room.ts'
import { getRegistry } from '../../touchpoints/server/reads.ts'
import type { LiveContact } from '../contract.ts'

const TICK_MS = 250
const PING_MS = 15_000

const streams = new Set<() => void>()

/** Ends all streams, so that a server which stops doesn't wait for its spectators. */
export function endStreams(): void {
  for (const end of streams) end()
}

/**
 * Sends the shop's contacts as they come, as Server-Sent Events: one every quarter of a second at most, the newest,
 * whatever the rate. The map itself is asked anew by whoever looks at it.
 */
export async function streamContacts(
  deps: Deps,
  shop: number,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const { registry } = await getRegistry(deps, shop)
  const stages = new Map(registry.touchpoints.map(({ key, stage }) => [key, stage]))
  reply.hijack()
  const { raw } = reply
  raw.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
    // Kept alive, the connection would hold up a server that stops for as long as that lasts.
    connection: 'close',
  })
  raw.write(': hello\n\n')
  let newest: LiveContact | undefined
  let sent = 0
  const stopListening = deps.live.subscribe((flush) => {
    for (const event of flush.events) if (event.shop === shop) newest = toContact(event, stages) ?? newest
  })
  const ticking = setInterval(() => {
    // A reader that is too slow misses some instead of filling our memory.
    if (newest && !raw.writableNeedDrain) raw.write(`id: ${++sent}\ndata: ${JSON.stringify(newest)}\n\n`)
    newest = undefined
  }, TICK_MS)
  const pinging = setInterval(() => raw.write('event: ping\ndata: {}\n\n'), PING_MS)
  const end = () => raw.end()
  streams.add(end)
  const close = () => {
    clearInterval(ticking)
    clearInterval(pinging)
    stopListening()
    streams.delete(end)
  }
  raw.once('close', close)
  request.raw.once('error', close)
}

function toContact(event: FeedEvent, stages: ReadonlyMap<string, string>): LiveContact | undefined {
  const touchpoint = event.touchpoint || event.arrival
  const stage = stages.get(touchpoint)
  return stage === undefined ? undefined : { stage, touchpoint, at: new Date(event.ts).toISOString() }
}
