import type { CommittedFlush } from './event-row.ts'

/** What this process commits, for screens that show it as it comes. Listeners must be quick and must not throw. */
export interface LiveFeed {
  publish(flush: CommittedFlush): void
  subscribe(listener: (flush: CommittedFlush) => void): () => void
  readonly listeners: number
}

export function createLiveFeed(): LiveFeed {
  const listeners = new Set<(flush: CommittedFlush) => void>()
  return {
    publish(flush) {
      for (const listener of listeners) listener(flush)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    get listeners() {
      return listeners.size
    },
  }
}
