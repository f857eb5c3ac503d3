import { setImmediate as nextTurn } from 'node:timers/promises'

/** Lets requests that came together be taken one after the other, with room for everything else in between. */
export interface Turns {
  /** Resolves at once, or in a later turn of the event loop when this one has been busy for its share. */
  wait(): Promise<void>
}

/**
 * Many large requests may be ready in one turn of the event loop; taken all at once they would keep timers, answers
 * and other routes waiting for a quarter of a second. `now` in ms, monotonic.
 */
export function createTurns(shareMs: number, now: () => number): Turns {
  let begun: number | undefined

  function isSpent(): boolean {
    if (begun !== undefined) return now() - begun > shareMs
    begun = now()
    setImmediate(() => {
      begun = undefined
    })
    return false
  }

  return {
    async wait() {
      while (isSpent()) await nextTurn()
    },
  }
}
