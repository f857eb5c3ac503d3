import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Clickhouse } from '../clickhouse.ts'

/**
 * A filter of message hashes seen lately: two Bloom filters that take turns, so that memory stays fixed. It answers
 * "surely new" or "perhaps seen"; a "perhaps" is confirmed in the `message_ids` table. At most 1 in 35,000 new messages
 * is suspected (24 bits and 12 probes an entry, two filters; Bloom 1970), so that a confirmation is rare for them.
 */
export interface RecentMessages {
  has(hash: string): boolean
  add(hash: string): void
  /** The same for a hash as the engine writes it down, of which a million are added at once. */
  addStored(bytes: Buffer, at: number): void
}

const BITS_PER_ENTRY = 24
const PROBES = 12

/** Remembers at least the last `capacity` messages: 24 bits of memory each, rounded up to a power of two, twice. */
export function createRecentMessages(capacity = 1_300_000): RecentMessages {
  // A power of two, so that an odd step comes by every bit before it repeats one.
  const bits = 2 ** Math.ceil(Math.log2(capacity * BITS_PER_ENTRY))
  const full = Math.floor(bits / BITS_PER_ENTRY)
  let current = new Uint32Array(bits / 32)
  let previous = new Uint32Array(bits / 32)
  let entries = 0
  function add(start: number, step: number): void {
    if (entries === full) {
      const emptied = previous.fill(0)
      previous = current
      current = emptied
      entries = 0
    }
    put(current, start, step)
    entries++
  }
  return {
    has(hash) {
      const [start, step] = halves(hash)
      return holds(current, start, step) || holds(previous, start, step)
    },
    add: (hash) => add(...halves(hash)),
    // The engine writes a UUID as two numbers of eight bytes, the lowest byte first.
    addStored: (bytes, at) => add(bytes.readInt32LE(at + 4), bytes.readInt32LE(at + 10) | 1),
  }
}

/** Two independent 32-bit halves of the (already uniform) hash give all probes: Kirsch and Mitzenmacher 2006. */
function halves(hash: string): [number, number] {
  return [Number.parseInt(hash.slice(0, 8), 16) | 0, Number.parseInt(hash.slice(24, 32), 16) | 1]
}

function holds(words: Uint32Array, start: number, step: number): boolean {
  const mask = words.length * 32 - 1
  for (let i = 0, at = start; i < PROBES; i++, at = (at + step) | 0) {
    const bit = at & mask
    if (((words[bit >>> 5] as number) & (1 << (bit & 31))) === 0) return false
  }
  return true
}

function put(words: Uint32Array, start: number, step: number): void {
  const mask = words.length * 32 - 1
  for (let i = 0, at = start; i < PROBES; i++, at = (at + step) | 0) {
    const bit = at & mask
    words[bit >>> 5] = (words[bit >>> 5] as number) | (1 << (bit & 31))
  }
}

const WARM_WINDOW_MS = 3_600_000
const WARM_ROWS = 1_000_000
const HASH_BYTES = 16
/** Taken in one turn, about a millisecond; what has arrived already would else be taken in without a pause. */
const TURN_BYTES = HASH_BYTES * 8_192

/**
 * Fills the filter with what was recorded in the last hour, so that a client that repeats itself after a restart is
 * noticed at once. Reads one narrow column with one thread; until it is done, repeats are collapsed by the store alone.
 */
export async function warmRecentMessages(
  clickhouse: Clickhouse,
  recent: RecentMessages,
  now: number,
  signal: AbortSignal,
): Promise<void> {
  const { stream } = await clickhouse.client.exec({
    query: `SELECT message_hash FROM message_ids WHERE received_at >= {since:DateTime} LIMIT ${WARM_ROWS} FORMAT RowBinary`,
    query_params: { since: Math.floor((now - WARM_WINDOW_MS) / 1000) },
    clickhouse_settings: { max_threads: 1 },
    abort_signal: signal,
  })
  let rest = Buffer.alloc(0)
  for await (const chunk of stream) {
    const bytes = Buffer.concat([rest, chunk as Buffer])
    const whole = bytes.length - (bytes.length % HASH_BYTES)
    for (let at = 0; at < whole; at += HASH_BYTES) {
      recent.addStored(bytes, at)
      if (at % TURN_BYTES === 0) await nextTurn()
    }
    rest = bytes.subarray(whole)
  }
}
