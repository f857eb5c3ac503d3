import type { Clickhouse } from '../clickhouse.ts'
import type { Log } from '../log.ts'
import type { Db } from '../postgres.ts'
import type { FeedConsumer } from './consumer.ts'
import { applyBatch, readCursors } from './consumer-cursor.ts'
import type { CommittedFlush, FeedEvent } from './event-row.ts'
import { findNewHeads, readLaneAfter } from './feed-reader.ts'
import { listLaneHeads, listLiveLanes } from './lanes.ts'

/** Brings every committed event to every consumer, once: from memory where it can, from the table where it must. */
export interface ConsumerRunner {
  /** Hands over what this process has just committed. A hint: what is lost here is read from the table. */
  offer(flush: CommittedFlush & { previousSeq: number }): void
  /** Looks for events of other processes now instead of at the next poll. */
  poke(): void
  /** Resolves when all that was committed before the call has had its effects (tests, the command line). */
  drain(): Promise<void>
  /** Seconds between now and the receipt of the oldest event whose effects are still to come. */
  lagSeconds(): number
  close(): Promise<void>
}

export interface ConsumerRunnerOptions {
  db: Db
  clickhouse: Clickhouse
  log: Log
  now: () => number
  consumers: FeedConsumer[]
  pollMs?: number
}

interface Offered extends CommittedFlush {
  previousSeq: number
}

/** One consumer's place in one lane, with what waits for it in memory. */
interface Place {
  consumer: FeedConsumer
  lane: number
  cursor: number
  head: number
  /** Not before this moment came what waits now; a lane that was quiet for a day is not a day behind. */
  behindSince: number
  offered: Offered[]
  offeredRows: number
}

const MAX_BATCH = 2_000
const MAX_OFFERED_ROWS = 30_000
const LANE_ALIVE_MS = 15 * 60_000

export function startConsumerRunner(options: ConsumerRunnerOptions): ConsumerRunner {
  const { db, clickhouse, log, now, consumers } = options
  const places = new Map<string, Place>()
  let closed = false
  let wake: (() => void) | undefined
  let lastPoll = 0
  let pollAsked = true
  let firstScanDone = false

  function placeOf(consumer: FeedConsumer, lane: number): Place {
    const key = `${consumer.name}\0${lane}`
    const place = places.get(key) ?? {
      consumer,
      lane,
      cursor: 0,
      head: 0,
      behindSince: 0,
      offered: [],
      offeredRows: 0,
    }
    places.set(key, place)
    return place
  }

  async function load(): Promise<void> {
    for (const { consumer, lane, seq } of await readCursors(db)) {
      const known = consumers.find((item) => item.name === consumer)
      if (!known) continue
      const place = placeOf(known, lane)
      place.cursor = Math.max(place.cursor, seq)
      place.head = Math.max(place.head, place.cursor)
    }
    for (const { lane, head } of await listLaneHeads(clickhouse)) noteHead(lane, head, 0)
    firstScanDone = true
  }

  function noteHead(lane: number, head: number, since: number): void {
    for (const consumer of consumers) raiseHead(placeOf(consumer, lane), head, since)
  }

  /** What is new now came after the look before this one. */
  async function poll(since: number): Promise<void> {
    if (!firstScanDone) return load()
    const lanes = await listLiveLanes(clickhouse, now() - LANE_ALIVE_MS)
    const after = lanes.map((lane) => ({
      lane,
      seq: Math.max(0, ...consumers.map((c) => placeOf(c, lane).head)),
    }))
    for (const [lane, head] of await findNewHeads(clickhouse, after)) noteHead(lane, head, since)
  }

  async function work(place: Place): Promise<void> {
    const events =
      takeOffered(place) ?? (await readLaneAfter(clickhouse, place.lane, place.cursor, place.head, MAX_BATCH))
    if (events.length === 0) {
      place.cursor = place.head
      return
    }
    place.cursor = await applyBatch({ db, log }, place.consumer, place.lane, place.cursor, events)
  }

  async function loop(): Promise<void> {
    while (!closed) {
      try {
        if (pollAsked || now() - lastPoll >= (options.pollMs ?? 1_000)) {
          pollAsked = false
          const since = lastPoll
          lastPoll = now()
          await poll(since)
        }
        const behind = [...places.values()].filter((place) => place.cursor < place.head)
        for (const place of behind) if (!closed) await work(place)
        if (behind.length === 0) await sleep(options.pollMs ?? 1_000)
      } catch (error) {
        log.warn({ err: error }, 'a consumer could not go on; it will be tried again')
        await sleep(500)
      }
    }
  }

  function sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  const running = loop()
  return {
    offer(flush) {
      if (flush.events.length === 0) return
      for (const consumer of consumers) offerTo(placeOf(consumer, flush.lane), flush)
      wake?.()
    },
    poke() {
      pollAsked = true
      wake?.()
    },
    async drain() {
      pollAsked = true
      wake?.()
      while (
        !closed &&
        (pollAsked || !firstScanDone || [...places.values()].some((place) => place.cursor < place.head))
      ) {
        await new Promise((resolve) => setTimeout(resolve, 5))
        if (!firstScanDone) pollAsked = true
      }
    },
    lagSeconds: () => lagOf(places.values(), now()),
    async close() {
      closed = true
      wake?.()
      await running
    },
  }
}

function raiseHead(place: Place, head: number, since: number): void {
  if (place.cursor >= place.head && head > place.head) place.behindSince = since
  place.head = Math.max(place.head, head)
}

function offerTo(place: Place, flush: Offered): void {
  raiseHead(place, flush.seq, flush.seq)
  if (place.offeredRows + flush.events.length > MAX_OFFERED_ROWS) {
    // Too far behind: forget the copies, the table has them.
    place.offered = []
    place.offeredRows = 0
    return
  }
  place.offered.push(flush)
  place.offeredRows += flush.events.length
}

/** Events from memory, if they follow the cursor without a gap. */
function takeOffered(place: Place): FeedEvent[] | undefined {
  while (place.offered[0] && place.offered[0].seq <= place.cursor) drop(place)
  const first = place.offered[0]
  if (!first || first.previousSeq > place.cursor) return undefined
  const events: FeedEvent[] = []
  let previous = place.cursor
  while (place.offered[0] && place.offered[0].previousSeq <= previous && events.length < MAX_BATCH) {
    const flush = drop(place)
    events.push(...flush.events)
    previous = flush.seq
  }
  return events
}

function drop(place: Place): Offered {
  const flush = place.offered.shift() as Offered
  place.offeredRows -= flush.events.length
  return flush
}

function lagOf(places: Iterable<Place>, now: number): number {
  // A sequence number follows the clock, so the last one done and the next one waiting tell since when it waits.
  let oldest = now
  for (const { cursor, head, offered, behindSince } of places)
    if (cursor < head)
      oldest = Math.min(oldest, offered[0]?.seq ?? Math.max(cursor, behindSince, now - 86_400_000))
  return Math.max(0, (now - oldest) / 1000)
}
