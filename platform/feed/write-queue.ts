import type { FeedEvent, RejectRow } from './event-row.ts'

/** What became of one request's rows once they are durable. */
export interface WriteOutcome {
  recorded: number
  duplicates: number
  /** Rows that the store can't take, ever; they are kept as rejects. */
  refused: FeedEvent[]
}

/** The rows of one request, waiting for their answer. */
export interface Waiting {
  events: FeedEvent[]
  rejects: RejectRow[]
  rows: number
  bytes: number
  onSettled: (() => void) | undefined
  /** The first of the two calls counts. */
  resolve(outcome: WriteOutcome): void
  reject(error: Error): void
}

const MAX_FLUSH_ROWS = 3_000
const MAX_FLUSH_BYTES = 16 * 1024 * 1024
const MAX_WAITING_ROWS = 50_000
const MAX_WAITING_BYTES = 96 * 1024 * 1024
/** What a row takes beside its texts. */
const ROW_BYTES = 400

/** Requests in the order of their arrival. Bounded, so that a slow store costs patience and not memory. */
export interface WriteQueue {
  readonly rows: number
  readonly requests: number
  isFull(): boolean
  push(item: Waiting): void
  /** As many whole requests as make one block. */
  take(): Waiting[]
  /** Forgets a request that stopped waiting; false when it is on its way into the store already. */
  remove(item: Waiting): boolean
}

export function createWriteQueue(): WriteQueue {
  let items: Waiting[] = []
  let rows = 0
  let bytes = 0

  function forget(item: Waiting): void {
    rows -= item.rows
    bytes -= item.bytes
  }

  return {
    get rows() {
      return rows
    },
    get requests() {
      return items.length
    },
    isFull: () => rows > MAX_WAITING_ROWS || bytes > MAX_WAITING_BYTES,
    push(item) {
      items.push(item)
      rows += item.rows
      bytes += item.bytes
    },
    take() {
      const group = items.slice(0, countForBlock(items))
      items = items.slice(group.length)
      for (const item of group) forget(item)
      return group
    },
    remove(item) {
      const at = items.indexOf(item)
      if (at < 0) return false
      items.splice(at, 1)
      forget(item)
      return true
    },
  }
}

function countForBlock(items: readonly Waiting[]): number {
  let rows = 0
  let bytes = 0
  let take = 0
  for (const item of items) {
    rows += item.rows
    bytes += item.bytes
    if (take > 0 && (rows > MAX_FLUSH_ROWS || bytes > MAX_FLUSH_BYTES)) break
    take++
  }
  return take
}

function measureBytes(events: readonly FeedEvent[], rejects: readonly RejectRow[]): number {
  let bytes = 0
  for (const row of events)
    bytes += ROW_BYTES + row.properties.length + row.traits.length + row.context.length
  for (const row of rejects) bytes += ROW_BYTES + row.payload.length
  return bytes
}

export function createWaiting(
  events: FeedEvent[],
  rejects: RejectRow[],
  resolve: (outcome: WriteOutcome) => void,
  reject: (error: Error) => void,
): Waiting {
  let isSettled = false
  const item: Waiting = {
    events,
    rejects,
    rows: events.length + rejects.length,
    bytes: measureBytes(events, rejects),
    onSettled: undefined,
    resolve: (outcome) => settle(() => resolve(outcome)),
    reject: (error) => settle(() => reject(error)),
  }
  function settle(answer: () => void): void {
    if (isSettled) return
    isSettled = true
    item.onSettled?.()
    answer()
  }
  return item
}
