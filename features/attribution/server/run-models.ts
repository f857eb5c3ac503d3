import { Worker } from 'node:worker_threads'
import type { PathRow } from '../../paths/server/reads.ts'
import { STEP_SEPARATOR } from '../../paths/server/reads.ts'
import type { WorkerRequest } from './attribution.worker.ts'
import type { MeasureOptions, ModelResult } from './measure-models.ts'
import type { Reach, Totals } from './path-table.ts'

export interface MeasuredModels {
  channels: string[]
  /** The rare ways that are one channel here. */
  joined: string[]
  reach: Reach[]
  totals: Totals
  models: ModelResult[]
}

/** So many rows are handed over at once: some milliseconds of the event loop. */
const SLICE = 5_000

let turn: Promise<unknown> = Promise.resolve()

/**
 * All models in a thread of their own, one report after another: whoever records events needs the other processors.
 * One answer for each side, on the same ways in the same order.
 */
export function runModels(
  sides: readonly (readonly PathRow[])[],
  options: MeasureOptions,
): Promise<MeasuredModels[]> {
  const mine = turn.then(() => runInThread(sides, options))
  turn = mine.catch(() => undefined)
  return mine
}

/** The loop here only hands the rows over, slice by slice. */
async function runInThread(
  sides: readonly (readonly PathRow[])[],
  options: MeasureOptions,
): Promise<MeasuredModels[]> {
  const worker = startWorker()
  try {
    const answer = new Promise<MeasuredModels[]>((resolve, reject) => {
      worker.once('message', resolve).once('error', reject)
      worker.once('exit', () => reject(new Error('The thread of the models ended without an answer.')))
    })
    // Whoever waits below hears of it.
    answer.catch(() => undefined)
    const post = (request: WorkerRequest) => worker.postMessage(request)
    for (const [side, rows] of sides.entries()) {
      for (let from = 0; from < rows.length; from += SLICE) {
        post({ rows: rows.slice(from, from + SLICE), side })
        await new Promise(setImmediate)
      }
    }
    post({ finish: { ...options, separator: STEP_SEPARATOR, sides: sides.length } })
    return await answer
  } finally {
    await worker.terminate()
  }
}

/** Built, the worker lies in dist/workers; from sources it needs what reads TypeScript. */
function startWorker(): Worker {
  if (!import.meta.url.endsWith('.ts'))
    return new Worker(new URL('../workers/attribution.worker.js', import.meta.url))
  const source = JSON.stringify(new URL('./attribution.worker.ts', import.meta.url).href)
  return new Worker(
    `import('tsx/esm/api').then(({ register }) => { register(); return import(${source}) })`,
    { eval: true },
  )
}
