/** `away`: there is a network but Tropa doesn't answer. `offline`: the machine has no network either. */
export type Reachability = 'reachable' | 'offline' | 'away'

export type ReachabilityOptions = {
  /** Resolves to true when the server lives. Must not throw. */
  probe: () => Promise<boolean>
  /** Whether the machine says it has a network. Only names the trouble: a server on the same machine needs none. */
  hasNetwork: () => boolean
  firstDelayMs?: number
  longestDelayMs?: number
}

export type ReachabilityStore = ReturnType<typeof createReachability>

/** Knows whether the server can be reached, and while it can't asks again, ever more rarely, until it can. */
export function createReachability(options: ReachabilityOptions) {
  const { probe, hasNetwork, firstDelayMs = 1000, longestDelayMs = 15_000 } = options
  let state: Reachability = 'reachable'
  let timer: ReturnType<typeof setTimeout> | undefined
  const listeners = new Set<() => void>()

  function become(next: Reachability) {
    if (next === state) return
    state = next
    for (const listener of listeners) listener()
  }

  function answered() {
    clearTimeout(timer)
    timer = undefined
    become('reachable')
  }

  function unanswered() {
    become(hasNetwork() ? 'away' : 'offline')
    if (timer === undefined) askAfter(firstDelayMs)
  }

  function askAfter(delay: number) {
    timer = setTimeout(async () => {
      const lives = await probe()
      if (state === 'reachable') return
      if (lives) answered()
      else askAfter(Math.min(delay * 2, longestDelayMs))
    }, delay)
  }

  return {
    get: () => state,
    answered,
    unanswered,
    /** The network came or went: find out what that means for us. */
    async networkChanged() {
      if (await probe()) answered()
      else unanswered()
    },
    subscribe(listener: () => void) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    stop: () => clearTimeout(timer),
  }
}

const askServer = () =>
  fetch('/healthz', { cache: 'no-store' }).then(
    (response) => response.ok,
    () => false,
  )

export const reachability = createReachability({ probe: askServer, hasNetwork: () => navigator.onLine })
