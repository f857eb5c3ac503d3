/** What is kept of a report. */
interface Entry<T> {
  version: string
  value: T
  /** When it was made, and how long that took, ms. */
  madeAt: number
  took: number
  size: number
}

export interface ReportCache<T> {
  /**
   * The answer of `key`: the kept one while the data's version is the same, or while it is too young to be made anew;
   * else a new one. Who asks while it is being made waits for the same one.
   */
  get(key: string, version: string, make: () => Promise<T>): Promise<T>
  /** The last known answer where `get` would make a new one, unless it is older than so long; else undefined. */
  recall(key: string, version: string, maxAgeMs: number): T | undefined
  /** The next who asks waits for a new one. */
  forget(key: string): void
  readonly size: number
}

export interface ReportCacheOptions {
  now: () => number
  /** While events stream in, an answer is made anew at most so often… */
  minAgeMs: number
  /** …and at most once in so many times as long as making it takes. */
  rest: number
  /** Characters of JSON that may be held in all, or whatever `sizeOf` counts. */
  maxSize: number
}

interface Sized<T> extends ReportCacheOptions {
  /** Of values too large to be written out for their length alone. */
  sizeOf?: (value: T) => number
}

/** Keeps answers of reports in memory, the ones asked for last. */
export function createReportCache<T>(options: Sized<T>): ReportCache<T> {
  const { now, minAgeMs, rest, maxSize, sizeOf = (value: T) => JSON.stringify(value).length } = options
  const entries = new Map<string, Entry<T>>()
  const running = new Map<string, Promise<T>>()
  let size = 0

  function forget(key: string): void {
    size -= entries.get(key)?.size ?? 0
    entries.delete(key)
  }
  function keep(key: string, entry: Entry<T>): void {
    forget(key)
    if (entry.size > maxSize / 2) return
    entries.set(key, entry)
    size += entry.size
    for (const oldest of entries.keys()) {
      if (size <= maxSize) break
      forget(oldest)
    }
  }
  async function makeNew(key: string, version: string, make: () => Promise<T>): Promise<T> {
    const begun = now()
    const value = await make()
    const madeAt = now()
    keep(key, { version, value, madeAt, took: madeAt - begun, size: sizeOf(value) })
    return value
  }

  /** Good enough to be answered without making it anew? */
  const isGood = (entry: Entry<T>, version: string) =>
    entry.version === version || now() - entry.madeAt < Math.max(minAgeMs, rest * entry.took)

  return {
    async get(key, version, make) {
      const entry = entries.get(key)
      if (entry && isGood(entry, version)) {
        // The one asked for last is forgotten last.
        entries.delete(key)
        entries.set(key, entry)
        return entry.value
      }
      const known = running.get(key)
      if (known) return known
      const made = makeNew(key, version, make).finally(() => running.delete(key))
      running.set(key, made)
      return made
    },
    recall(key, version, maxAgeMs) {
      const entry = entries.get(key)
      const isOld = !entry || isGood(entry, version) || now() - entry.madeAt > maxAgeMs
      return isOld ? undefined : entry.value
    },
    forget,
    get size() {
      return size
    },
  }
}
