import type { FastifyReply, FastifyRequest } from 'fastify'
import { openEventStream } from '../../../platform/http/event-stream.ts'
import type { Deps } from '../../../platform/room.ts'
import type { Arrival, LiveArrivals, Refusal } from '../debugger-contract.ts'
import { tailQuery } from './debugger-query.ts'
import { type ArrivalRow, toArrival, toArrivalOfEvent, toRefusalOfReject } from './debugger-result.ts'

/** No eye follows more; the rest is counted. */
const SHOWN_PER_TICK = 25
const TICK_MS = 250
const TAIL_MS = 1_000

/**
 * Sends what arrives for the shop: from memory what this process commits, from the table what other processes do.
 * Bounded work whatever the rate: at most some events a tick are sent, the others are counted.
 */
export function streamArrivals(deps: Deps, shop: number, request: FastifyRequest, reply: FastifyReply): void {
  const stream = openEventStream(request, reply)
  let arrivals: Arrival[] = []
  let refusals: Refusal[] = []
  let skipped = 0

  function add<From, To>(convert: (from: From) => To, from: From, list: To[]): void {
    if (list.length < SHOWN_PER_TICK) list.push(convert(from))
    else skipped++
  }
  const stopListening = deps.live.subscribe((flush) => {
    for (const event of flush.events) if (event.shop === shop) add(toArrivalOfEvent, event, arrivals)
    for (const row of flush.rejects) if (row.shop === shop) add(toRefusalOfReject, row, refusals)
  })
  stream.onClose(stopListening)
  stream.onClose(followOthers(deps, shop, (arrival) => add((same: Arrival) => same, arrival, arrivals)))
  stream.every(TICK_MS, () => {
    if (arrivals.length + refusals.length + skipped === 0) return
    const message: LiveArrivals = { arrivals, refusals, skipped }
    stream.send(message)
    arrivals = []
    refusals = []
    skipped = 0
  })
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
