import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Deps } from '../../../platform/room.ts'
import type { Arrival, LiveArrivals, Refusal } from '../debugger-contract.ts'
import { tailQuery } from './debugger-query.ts'
import { type ArrivalRow, toArrival, toArrivalOfEvent, toRefusalOfReject } from './debugger-result.ts'

/** No eye follows more; the rest is counted. */
const SHOWN_PER_TICK = 25
const TICK_MS = 250
const TAIL_MS = 1_000
const PING_MS = 15_000

/**
 * Sends what arrives for the shop as Server-Sent Events: from memory what this process commits, from the table what
 * other processes do. Bounded work whatever the rate: at most some events a tick are sent, the others are counted.
 */
export function streamArrivals(deps: Deps, shop: number, request: FastifyRequest, reply: FastifyReply): void {
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
  let arrivals: Arrival[] = []
  let refusals: Refusal[] = []
  let skipped = 0

  const stopListening = deps.live.subscribe((flush) => {
    for (const event of flush.events) if (event.shop === shop) add(toArrivalOfEvent, event, arrivals)
    for (const row of flush.rejects) if (row.shop === shop) add(toRefusalOfReject, row, refusals)
  })
  function add<From, To>(convert: (from: From) => To, from: From, list: To[]): void {
    if (list.length < SHOWN_PER_TICK) list.push(convert(from))
    else skipped++
  }
  function send(): void {
    if (arrivals.length + refusals.length + skipped === 0) return
    const message: LiveArrivals = { arrivals, refusals, skipped }
    // A reader that is too slow misses some instead of filling our memory.
    if (!raw.writableNeedDrain) raw.write(`data: ${JSON.stringify(message)}\n\n`)
    arrivals = []
    refusals = []
    skipped = 0
  }
  const stopTail = followOthers(deps, shop, (arrival) => add((same: Arrival) => same, arrival, arrivals))
  const ticking = setInterval(send, TICK_MS)
  const pinging = setInterval(() => raw.write('event: ping\ndata: {}\n\n'), PING_MS)
  const close = () => {
    clearInterval(ticking)
    clearInterval(pinging)
    stopListening()
    stopTail()
    streams.delete(end)
  }
  const end = () => raw.end()
  streams.add(end)
  raw.once('close', close)
  request.raw.once('error', close)
}

const streams = new Set<() => void>()

/** Ends all streams, so that a server which stops doesn't wait for its spectators. */
export function endStreams(): void {
  for (const end of streams) end()
}

function followOthers(deps: Deps, shop: number, onArrival: (arrival: Arrival) => void): () => void {
  let since = deps.now()
  let isAsking = false
  const timer = setInterval(async () => {
    if (isAsking) return
    isAsking = true
    try {
      const { sql, params } = tailQuery(shop, deps.writer.lane, since, SHOWN_PER_TICK * 4)
      const rows = await deps.clickhouse.query<ArrivalRow>(sql, { params })
      for (const row of rows) onArrival(toArrival(row))
      since = Math.max(since, rows.at(-1)?.received ?? since)
    } catch (error) {
      deps.log.debug({ err: error }, 'the live stream could not look at other processes')
    } finally {
      isAsking = false
    }
  }, TAIL_MS)
  return () => clearInterval(timer)
}
