import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createReachability, type ReachabilityStore } from './reachability.ts'

let store: ReachabilityStore

beforeEach(() => vi.useFakeTimers({ now: 0 }))
afterEach(() => {
  store.stop()
  vi.useRealTimers()
})

/** Watches a server that comes back after so many milliseconds; notes what was told and when it was asked. */
function watch(options: { backAfterMs: number; hasNetwork?: boolean }) {
  const told: string[] = []
  const askedAt: number[] = []
  store = createReachability({
    probe: async () => {
      askedAt.push(Date.now())
      return Date.now() >= options.backAfterMs
    },
    hasNetwork: () => options.hasNetwork ?? true,
    firstDelayMs: 1000,
    longestDelayMs: 4000,
  })
  store.subscribe(() => told.push(store.get()))
  return { told, askedAt }
}

describe('a server that stops answering', () => {
  it('is asked ever more rarely until it answers, and each change is told once', async () => {
    const { told, askedAt } = watch({ backAfterMs: 10_000 })
    store.unanswered()
    store.unanswered()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(askedAt).toEqual([1000, 3000, 7000, 11_000])
    expect(told).toEqual(['away', 'reachable'])
  })

  it('is not asked any more once another request was answered', async () => {
    const { told, askedAt } = watch({ backAfterMs: 10_000 })
    store.unanswered()
    store.answered()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(askedAt).toEqual([])
    expect(told).toEqual(['away', 'reachable'])
  })

  it('is watched anew when it stops a second time', async () => {
    const { told, askedAt } = watch({ backAfterMs: 0 })
    store.unanswered()
    await vi.advanceTimersByTimeAsync(1000)
    store.unanswered()
    await vi.advanceTimersByTimeAsync(1000)
    expect(askedAt).toEqual([1000, 2000])
    expect(told).toEqual(['away', 'reachable', 'away', 'reachable'])
  })
})

describe('a machine that loses its network', () => {
  it('is offline when the server does not answer either', async () => {
    const { told } = watch({ backAfterMs: 10_000, hasNetwork: false })
    await store.networkChanged()
    expect(told).toEqual(['offline'])
  })

  it('still reaches a server on itself', async () => {
    const { told } = watch({ backAfterMs: 0, hasNetwork: false })
    await store.networkChanged()
    expect(told).toEqual([])
  })
})
