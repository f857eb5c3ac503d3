import { Worker } from 'node:worker_threads'
import type { Outcome } from '../contract.ts'
import type { WorkerRequest } from './conformance.worker.ts'
import type { IntendedPath } from './models/align-path.ts'
import { createJourneyCounter, type JourneyCounts, type PathRow } from './models/count-journeys.ts'

/** So many different sequences are read here, in a few milliseconds; more in a thread of their own. */
const FEW = 500
/** So many rows are handed over at once: some milliseconds of the event loop. */
const SLICE = 5_000

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

async function countInThread(
  rows: readonly PathRow[],
  path: IntendedPath,
  outcome: Outcome,
): Promise<JourneyCounts> {
  const worker = startWorker()
  try {
    const answer = new Promise<JourneyCounts>((resolve, reject) => {
      worker.once('message', resolve).once('error', reject)
      worker.once('exit', () => reject(new Error('The thread that reads journeys ended without an answer.')))
    })
    // Whoever waits below hears of it.
    answer.catch(() => undefined)
    const post = (request: WorkerRequest) => worker.postMessage(request)
    post({ path, outcome })
    for (let from = 0; from < rows.length; from += SLICE) {
      post({ rows: rows.slice(from, from + SLICE) })
      await new Promise(setImmediate)
    }
    post('finish')
    return await answer
  } finally {
    await worker.terminate()
  }
}

/** Built, the worker lies in dist/workers; from sources it needs what reads TypeScript. */
function startWorker(): Worker {
  if (!import.meta.url.endsWith('.ts'))
    return new Worker(new URL('../workers/conformance.worker.js', import.meta.url))
  const source = JSON.stringify(new URL('./conformance.worker.ts', import.meta.url).href)
  return new Worker(
    `import('tsx/esm/api').then(({ register }) => { register(); return import(${source}) })`,
    { eval: true },
  )
}
