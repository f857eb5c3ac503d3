import type { Clickhouse } from '../clickhouse.ts'

/**
 * A filter of message hashes seen lately: two Bloom filters that take turns, so that memory stays fixed. It answers
 * "surely new" or "perhaps seen"; a "perhaps" is confirmed in the `message_ids` table. False positives stay near
 * 1 in 100,000 (24 bits and 12 probes an entry; Bloom 1970), so that a confirmation is rare for new messages.
 */
export interface RecentMessages {
  has(hash: string): boolean
  add(hash: string): void
}

const BITS_PER_ENTRY = 24
const PROBES = 12

export function createRecentMessages(capacity = 1_000_000): RecentMessages {
  const bits = capacity * BITS_PER_ENTRY
  let current = new Uint32Array(Math.ceil(bits / 32))
  let previous = new Uint32Array(current.length)
  let entries = 0
  return {
    has: (hash) => test(current, bits, hash) || test(previous, bits, hash),
    add(hash) {
      if (entries === capacity) {
        const emptied = previous.fill(0)
        previous = current
        current = emptied
        entries = 0
      }
      set(current, bits, hash)
      entries++
    },
  }
}

/** Two independent 32-bit halves of the (already uniform) hash give all probes: Kirsch and Mitzenmacher 2006. */
function halves(hash: string): [number, number] {
  return [Number.parseInt(hash.slice(0, 8), 16), Number.parseInt(hash.slice(24, 32), 16) | 1]
}

function test(words: Uint32Array, bits: number, hash: string): boolean {
  const [start, step] = halves(hash)
  for (let i = 0, at = start; i < PROBES; i++, at += step) {
    const bit = at % bits
    if (((words[bit >>> 5] as number) & (1 << (bit & 31))) === 0) return false
  }
  return true
}

function set(words: Uint32Array, bits: number, hash: string): void {
  const [start, step] = halves(hash)
  for (let i = 0, at = start; i < PROBES; i++, at += step) {
    const bit = at % bits
    words[bit >>> 5] = (words[bit >>> 5] as number) | (1 << (bit & 31))
  }
}

const WARM_WINDOW_MS = 3_600_000
const WARM_ROWS = 1_000_000
const HASH_BYTES = 16

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
    for (let at = 0; at < whole; at += HASH_BYTES) recent.add(readUuid(bytes, at))
    rest = bytes.subarray(whole)
  }
}

/** The engine writes a UUID as two numbers of eight bytes, the lowest byte first. */
function readUuid(bytes: Buffer, at: number): string {
  const hex = Buffer.from(bytes.subarray(at, at + HASH_BYTES))
  hex.subarray(0, 8).reverse()
  hex.subarray(8).reverse()
  const text = hex.toString('hex')
  return `${text.slice(0, 8)}-${text.slice(8, 12)}-${text.slice(12, 16)}-${text.slice(16, 20)}-${text.slice(20)}`
}
