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
  /** Events that wait in memory for the slowest consumer; whoever brings masses need not outrun it. */
  waitingRows(): number
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
const MAX_READ = 10_000
const MAX_OFFERED_ROWS = 30_000
const LANE_ALIVE_MS = 15 * 60_000
const POLL_MS = 1_000
const RETRY_MS = 500

interface Runner {
  options: ConsumerRunnerOptions
  places: Map<string, Place>
  isClosed: boolean
  wake: (() => void) | undefined
  lastPoll: number
  pollAsked: boolean
  /** True once it is known how far each consumer has come and how long each lane is. */
  isLoaded: boolean
}

export function startConsumerRunner(options: ConsumerRunnerOptions): ConsumerRunner {
  const runner: Runner = {
    options,
    places: new Map(),
    isClosed: false,
    wake: undefined,
    lastPoll: 0,
    pollAsked: true,
    isLoaded: false,
  }
  const hasWork = options.consumers.length > 0
  const running = hasWork ? loop(runner) : Promise.resolve()
  const poke = () => {
    runner.pollAsked = true
    runner.wake?.()
  }
  return {
    offer(flush) {
      if (flush.events.length === 0) return
      for (const consumer of options.consumers) offerTo(placeOf(runner, consumer, flush.lane), flush)
      runner.wake?.()
    },
    poke,
    async drain() {
      poke()
      while (
        hasWork &&
        !runner.isClosed &&
        (runner.pollAsked || !runner.isLoaded || findBehind(runner).length > 0)
      )
        await new Promise((resolve) => setTimeout(resolve, 5))
    },
    lagSeconds: () => lagOf(runner.places.values(), options.now()),
    waitingRows: () => Math.max(0, ...[...runner.places.values()].map(({ offeredRows }) => offeredRows)),
    async close() {
      runner.isClosed = true
      runner.wake?.()
      await running
    },
  }
}

async function loop(runner: Runner): Promise<void> {
  const { log, pollMs = POLL_MS } = runner.options
  while (!runner.isClosed) {
    try {
      await pollIfDue(runner)
      const behind = findBehind(runner)
      for (const place of behind) if (!runner.isClosed) await work(runner, place)
      if (behind.length === 0) await sleep(runner, pollMs)
    } catch (error) {
      log.warn({ err: error }, 'a consumer could not go on; it will be tried again')
      if (!runner.isLoaded) runner.pollAsked = true
      await sleep(runner, RETRY_MS)
    }
  }
}

async function pollIfDue(runner: Runner): Promise<void> {
  const now = runner.options.now()
  if (!runner.pollAsked && now - runner.lastPoll < (runner.options.pollMs ?? POLL_MS)) return
  const since = runner.lastPoll
  runner.pollAsked = false
  runner.lastPoll = now
  if (runner.isLoaded) await poll(runner, since)
  else await load(runner)
}

/** Where each consumer stands, and how long each lane is. */
async function load(runner: Runner): Promise<void> {
  const { db, clickhouse, consumers } = runner.options
  for (const { consumer, lane, seq } of await readCursors(db)) {
    const known = consumers.find((item) => item.name === consumer)
    if (!known) continue
    const place = placeOf(runner, known, lane)
    place.cursor = Math.max(place.cursor, seq)
    place.head = Math.max(place.head, place.cursor)
  }
  for (const { lane, head } of await listLaneHeads(clickhouse)) noteHead(runner, lane, head, 0)
  runner.isLoaded = true
}

/** Looks for events of other processes; what is new came after the look before this one (`since`). */
async function poll(runner: Runner, since: number): Promise<void> {
  const { clickhouse, consumers, now } = runner.options
  const lanes = await listLiveLanes(clickhouse, now() - LANE_ALIVE_MS)
  const after = lanes.map((lane) => ({
    lane,
    seq: Math.max(0, ...consumers.map((consumer) => placeOf(runner, consumer, lane).head)),
  }))
  for (const [lane, head] of await findNewHeads(clickhouse, after)) noteHead(runner, lane, head, since)
}

async function work({ options }: Runner, place: Place): Promise<void> {
  const { db, clickhouse, log } = options
  const events = takeOffered(place) ?? (await readAhead(clickhouse, place))
  place.cursor =
    events.length === 0
      ? place.head
      : await applyBatch({ db, log }, place.consumer, place.lane, place.cursor, events)
}

/** Reads what follows the cursor, more than one batch of it: far behind, a read costs as much as what it passes over. */
async function readAhead(clickhouse: Clickhouse, place: Place): Promise<FeedEvent[]> {
  const events = await readLaneAfter(clickhouse, place.lane, place.cursor, place.head, MAX_READ)
  const last = events.at(-1)?.seq ?? place.cursor
  place.offered = [...splitFlushes(events, place), ...place.offered.filter((flush) => flush.seq > last)]
  place.offeredRows = place.offered.reduce((sum, flush) => sum + flush.events.length, 0)
  return takeOffered(place) ?? []
}

function splitFlushes(events: readonly FeedEvent[], { lane, cursor }: Place): Offered[] {
  const flushes: Offered[] = []
  for (const event of events) {
    const flush = flushes.at(-1)
    if (flush?.seq === event.seq) flush.events.push(event)
    else
      flushes.push({ lane, seq: event.seq, previousSeq: flush?.seq ?? cursor, events: [event], rejects: [] })
  }
  return flushes
}

function sleep(runner: Runner, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    runner.wake = () => {
      clearTimeout(timer)
      resolve()
    }
  })
}

function findBehind({ places }: Runner): Place[] {
  return [...places.values()].filter((place) => place.cursor < place.head)
}

function placeOf({ places }: Runner, consumer: FeedConsumer, lane: number): Place {
  const key = `${consumer.name}\0${lane}`
  const known = places.get(key)
  if (known) return known
  const place = { consumer, lane, cursor: 0, head: 0, behindSince: 0, offered: [], offeredRows: 0 }
  places.set(key, place)
  return place
}

function noteHead(runner: Runner, lane: number, head: number, since: number): void {
  for (const consumer of runner.options.consumers) raiseHead(placeOf(runner, consumer, lane), head, since)
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
