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

/**
 * `perSecond` events in the long run and twice that at once. `now` in ms, monotonic. Of more keys than it holds, those
 * that were silent longest are forgotten, and begin anew with a full bucket.
 */
export function createRateLimit(
  perSecond: number,
  now: () => number,
  { maxBuckets = MAX_BUCKETS } = {},
): RateLimit {
  const burst = perSecond * 2
  const buckets = new Map<string, Bucket>()

  function open(key: string, at: number): Bucket {
    const known = buckets.get(key)
    if (known) buckets.delete(key)
    else if (buckets.size >= maxBuckets) buckets.delete(buckets.keys().next().value as string)
    const bucket = known ?? { left: burst, at }
    // A map lists its keys in the order in which they were set: the first is the one silent longest.
    buckets.set(key, bucket)
    return bucket
  }

  return {
    take(key, n) {
      const at = now()
      const bucket = open(key, at)
      bucket.left = Math.min(burst, bucket.left + ((at - bucket.at) / 1000) * perSecond)
      bucket.at = at
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
