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
