import type { ReportCache } from '../../../platform/report-cache.ts'

/**
 * Makes slow answers anew behind those who read the last known ones: one after another, each once, since a page may ask for
 * several at a time. Of one that fails the last answer is forgotten, so that whoever asks next waits and is told why.
 */
export function createRenewals<T>(cache: ReportCache<T>) {
  const waiting = new Set<string>()
  let last: Promise<unknown> = Promise.resolve()
  return (key: string, version: string, make: () => Promise<T>): void => {
    if (waiting.has(key)) return
    waiting.add(key)
    last = last
      .then(() => cache.get(key, version, make))
      .catch(() => cache.forget(key))
      .finally(() => waiting.delete(key))
  }
}
