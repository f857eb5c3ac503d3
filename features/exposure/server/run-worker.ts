import { askThread, createTurns, slice } from '../../../platform/worker-thread.ts'
import type { WorkerRequest } from './exposure.worker.ts'
import type { HistoryRow } from './models/to-history.ts'

/** So many persons are handed over at once: some milliseconds of the event loop. */
const SLICE = 2_000

/** Histories, and with what chances their persons were drawn. */
export interface DrawnHistories {
  rows: readonly HistoryRow[]
  chances: { with: number; without: number }
}

/** As many reports wait for their turn at most: each holds its histories meanwhile. */
const inTurn = createTurns(6)
const SOURCE = new URL('./exposure.worker.ts', import.meta.url)

/** Measures in a thread of its own, one report after another. */
export function runInWorker<T>({ rows, chances }: DrawnHistories, request: WorkerRequest): Promise<T> {
  function* messages(): Generator<WorkerRequest> {
    for (const some of slice(rows, SLICE)) yield { rows: some, chances }
    yield request
  }
  return inTurn(() => askThread<WorkerRequest, T>(SOURCE, messages()))
}
