import { askThread, createTurns, slice } from '../../../platform/worker-thread.ts'
import type { Outcome } from '../contract.ts'
import type { WorkerRequest } from './conformance.worker.ts'
import type { IntendedPath } from './models/align-path.ts'
import { createJourneyCounter, type JourneyCounts, type PathRow } from './models/count-journeys.ts'

/** So many different sequences are read here, in a few milliseconds; more in a thread of their own. */
const FEW = 500
/** So many rows are handed over at once: some milliseconds of the event loop. */
const SLICE = 5_000

/** As many reports wait for their turn at most: each holds its sequences meanwhile. */
const inTurn = createTurns(6)
const SOURCE = new URL('./conformance.worker.ts', import.meta.url)

/** Reads and counts all sequences; the event loop is never held for long. */
export async function countJourneys(
  rows: readonly PathRow[],
  path: IntendedPath,
  outcome: Outcome,
): Promise<JourneyCounts> {
  if (rows.length > FEW) return countInThread(rows, path, outcome)
  const counter = createJourneyCounter(path, outcome)
  counter.add(rows)
  return counter.finish()
}

function countInThread(
  rows: readonly PathRow[],
  path: IntendedPath,
  outcome: Outcome,
): Promise<JourneyCounts> {
  function* messages(): Generator<WorkerRequest> {
    yield { path, outcome }
    for (const some of slice(rows, SLICE)) yield { rows: some }
    yield 'finish'
  }
  return inTurn(() => askThread<WorkerRequest, JourneyCounts>(SOURCE, messages()))
}
