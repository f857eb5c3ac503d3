import { createError } from './clickhouse-error.ts'

/**
 * The engine's connections by purpose. `copy` is `INSERT … SELECT`, apart from `insert` so that incoming events
 * never queue behind one; `report` is the one heavy read that may run at a time.
 */
export type Lane = 'insert' | 'copy' | 'read' | 'report' | 'admin'

export const SLOTS: Record<Lane, number> = { insert: 2, copy: 1, read: 3, report: 1, admin: 1 }

/** Statements that may wait for a lane before new ones are refused. */
const MAX_WAITING = 500

interface LaneState {
  free: number
  waiting: Array<() => void>
}

export interface Slots {
  /** Runs a task when its lane has a free slot, in order of arrival; leaves the queue when the signal aborts. */
  run<T>(lane: Lane, signal: AbortSignal, task: () => Promise<T>): Promise<T>
  /** Statements running and waiting in a lane. */
  count(lane: Lane): number
}

export function createSlots(sizes: Record<Lane, number> = SLOTS): Slots {
  const lanes = new Map<Lane, LaneState>()
  for (const [lane, size] of Object.entries(sizes)) lanes.set(lane as Lane, { free: size, waiting: [] })
  const get = (lane: Lane) => lanes.get(lane) as LaneState
  return {
    async run(lane, signal, task) {
      const state = get(lane)
      await takeSlot(state, lane, signal)
      try {
        return await task()
      } finally {
        const next = state.waiting.shift()
        if (next) next()
        else state.free += 1
      }
    },
    count: (lane) => sizes[lane] - get(lane).free + get(lane).waiting.length,
  }
}

/** Rejects with the signal's reason. A freed slot passes straight to the first in the queue, so nobody who comes later can take it. */
async function takeSlot(state: LaneState, lane: Lane, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  if (state.free > 0) {
    state.free -= 1
    return
  }
  if (state.waiting.length >= MAX_WAITING) {
    throw createError('tooManyQueries', `${MAX_WAITING} statements already wait for a place (${lane})`)
  }
  await new Promise<void>((resolve, reject) => {
    const enter = () => {
      signal.removeEventListener('abort', leave)
      resolve()
    }
    const leave = () => {
      state.waiting.splice(state.waiting.indexOf(enter), 1)
      reject(signal.reason)
    }
    signal.addEventListener('abort', leave, { once: true })
    state.waiting.push(enter)
  })
}
