/** How many events each key may still send; each bucket fills at a steady rate up to a burst (token bucket). */
export interface RateLimit {
  /** Takes `n` events off the key's allowance; otherwise says after how many seconds they would fit. */
  take(key: string, n: number): number | undefined
}

interface Bucket {
  left: number
  at: number
}

const MAX_BUCKETS = 10_000

/** `perSecond` events in the long run and twice that at once. `now` in ms, monotonic. */
export function createRateLimit(perSecond: number, now: () => number): RateLimit {
  const burst = perSecond * 2
  const buckets = new Map<string, Bucket>()
  return {
    take(key, n) {
      const at = now()
      const bucket = buckets.get(key) ?? { left: burst, at }
      bucket.left = Math.min(burst, bucket.left + ((at - bucket.at) / 1000) * perSecond)
      bucket.at = at
      if (buckets.size >= MAX_BUCKETS && !buckets.has(key)) buckets.clear()
      buckets.set(key, bucket)
      // A batch larger than the whole burst passes when the bucket is full, else it never would.
      const wanted = Math.min(n, burst)
      if (bucket.left >= wanted) {
        bucket.left -= n
        return undefined
      }
      return Math.max(1, Math.ceil((wanted - bucket.left) / perSecond))
    },
  }
}
