import { askThread, createTurns, slice } from '../../../platform/worker-thread.ts'
import type { WorkerRequest } from './drivers.worker.ts'
import type { HistoryRow } from './units/read-history.ts'

/** So many persons are handed over at once: some milliseconds of the event loop. */
const SLICE = 1_000

/** As many reports wait for their turn at most: each holds its histories meanwhile. */
const inTurn = createTurns(4)
const SOURCE = new URL('./drivers.worker.ts', import.meta.url)

/** Makes units and fits models in a thread of its own, one report after another. */
export function runInWorker<T>(rows: readonly HistoryRow[], request: WorkerRequest): Promise<T> {
  function* messages(): Generator<WorkerRequest> {
    for (const some of slice(rows, SLICE)) yield { rows: some }
    yield request
  }
  return inTurn(() => askThread<WorkerRequest, T>(SOURCE, messages()))
}
