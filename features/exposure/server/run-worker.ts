import { Worker } from 'node:worker_threads'
import type { WorkerRequest } from './exposure.worker.ts'
import type { HistoryRow } from './models/to-history.ts'

/** So many persons are handed over at once: some milliseconds of the event loop. */
const SLICE = 2_000

/** Histories, and with what chances their persons were drawn. */
export interface DrawnHistories {
  rows: readonly HistoryRow[]
  chances: { with: number; without: number }
}

let turn: Promise<unknown> = Promise.resolve()

/** Measures in a thread of its own, one report after another: whoever records events needs the other processors. */
export function runInWorker<T>(drawn: DrawnHistories, request: WorkerRequest): Promise<T> {
  const mine = turn.then(() => runInThread<T>(drawn, request))
  turn = mine.catch(() => undefined)
  return mine
}

/** The loop here only hands the rows over, slice by slice. */
async function runInThread<T>({ rows, chances }: DrawnHistories, request: WorkerRequest): Promise<T> {
  const worker = startWorker()
  try {
    const answer = new Promise<T>((resolve, reject) => {
      worker.once('message', resolve).once('error', reject)
      worker.once('exit', () => reject(new Error('The thread of the model ended without an answer.')))
    })
    // Whoever waits below hears of it.
    answer.catch(() => undefined)
    for (let from = 0; from < rows.length; from += SLICE) {
      const some: WorkerRequest = { rows: rows.slice(from, from + SLICE), chances }
      worker.postMessage(some)
      await new Promise(setImmediate)
    }
    worker.postMessage(request)
    return await answer
  } finally {
    await worker.terminate()
  }
}

/** Built, the worker lies in dist/workers; from sources it needs what reads TypeScript. */
function startWorker(): Worker {
  if (!import.meta.url.endsWith('.ts'))
    return new Worker(new URL('../workers/exposure.worker.js', import.meta.url))
  const source = JSON.stringify(new URL('./exposure.worker.ts', import.meta.url).href)
  return new Worker(
    `import('tsx/esm/api').then(({ register }) => { register(); return import(${source}) })`,
    { eval: true },
  )
}
