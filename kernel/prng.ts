/** A seeded source of numbers: the same seed gives the same run on every machine. Never for secrets. */
export interface Prng {
  /** 32 random bits as an unsigned integer. */
  bits(): number
  /** In [0, 1), with 53 random bits. */
  float(): number
  /** A whole number in [0, limit), each equally likely; limit from 1 to 2³². */
  below(limit: number): number
  /** One of the items. */
  pick<T>(items: readonly [T, ...T[]]): T
  /** A new array in random order. */
  shuffle<T>(items: readonly T[]): T[]
}

/** xoshiro128** 1.1 (Blackman and Vigna, "Scrambled linear pseudorandom number generators", 2021). */
export function createPrng(seed: number | string): Prng {
  return createPrngFrom(spreadSeed(seed))
}

/** The generator at a given state of four 32-bit words, not all zero. */
export function createPrngFrom(state: readonly [number, number, number, number]): Prng {
  let [a, b, c, d] = state
  function bits(): number {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0
    const t = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= t
    d = rotate(d, 11)
    return result
  }
  const float = () => (bits() * 2 ** 21 + (bits() >>> 11)) / 2 ** 53
  function below(limit: number): number {
    // Draws past the last whole multiple of the limit are thrown away, or low numbers would come oftener.
    const end = 2 ** 32 - (2 ** 32 % limit)
    for (;;) {
      const drawn = bits()
      if (drawn < end) return drawn % limit
    }
  }
  return {
    bits,
    float,
    below,
    pick: <T>(items: readonly [T, ...T[]]) => items[below(items.length)] as T,
    shuffle: (items) => shuffle(items, below),
  }
}

/** Fisher–Yates. */
function shuffle<T>(items: readonly T[], below: (limit: number) => number): T[] {
  const shuffled = [...items]
  for (let last = shuffled.length - 1; last > 0; last--) {
    const other = below(last + 1)
    ;[shuffled[last], shuffled[other]] = [shuffled[other] as T, shuffled[last] as T]
  }
  return shuffled
}

function rotate(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by))
}

/** Four words from any seed: FNV-1a over its text, then the finaliser of MurmurHash3 per word. */
function spreadSeed(seed: number | string): [number, number, number, number] {
  let hash = 0x811c9dc5
  for (const char of `${typeof seed}:${seed}`) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193)
  const word = (index: number) => {
    let mixed = (hash + Math.imul(index, 0x9e3779b9)) | 0
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
    return (mixed ^ (mixed >>> 16)) >>> 0
  }
  // The odd constant keeps the state from being all zero, the one state that never leaves itself.
  return [word(1), word(2), word(3), word(4) | 1]
}
