import { askThread, createTurns } from '../../../platform/worker-thread.ts'
import type { WorkerRequest } from './drivers.worker.ts'
import type { HistoryRow } from './units/read-history.ts'

/** So many events are handed over at once, or those of one person: some milliseconds of the event loop. */
const SLICE = 2_000

/** As many reports wait for their turn at most: each holds its histories meanwhile. */
const inTurn = createTurns(4)
const SOURCE = new URL('./drivers.worker.ts', import.meta.url)

/** Makes units and fits models in a thread of its own, one report after another. */
export function runInWorker<T>(rows: readonly HistoryRow[], request: WorkerRequest): Promise<T> {
  function* messages(): Generator<WorkerRequest> {
    for (const some of sliceByEvents(rows)) yield { rows: some }
    yield request
  }
  return inTurn(() => askThread<WorkerRequest, T>(SOURCE, messages()))
}

/** Copying costs by events, and one person may have a hundred times as many as another. */
function* sliceByEvents(rows: readonly HistoryRow[]): Generator<HistoryRow[]> {
  let some: HistoryRow[] = []
  let events = 0
  for (const row of rows) {
    some.push(row)
    events += row.events.length
    if (events < SLICE) continue
    yield some
    some = []
    events = 0
  }
  if (some.length > 0) yield some
}
