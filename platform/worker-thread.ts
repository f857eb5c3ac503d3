import { setImmediate as breathe } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { AppError } from '../kernel/errors.ts'

/**
 * Has a thread of its own work, so that the event loop isn't held: it is sent the messages one by one, and the first
 * message it sends is the answer. `source` is the worker as it lies beside its caller, `new URL('./<name>.worker.ts',
 * import.meta.url)`. Messages should be some milliseconds' worth each; the loop breathes between them.
 */
export async function askThread<Message, Answer>(source: URL, messages: Iterable<Message>): Promise<Answer> {
  const worker = startWorker(source)
  try {
    const answer = new Promise<Answer>((resolve, reject) => {
      worker.once('message', resolve).once('error', reject)
      worker.once('exit', () => reject(new Error(`${source.pathname} ended without an answer.`)))
    })
    // Whoever waits below hears of it.
    answer.catch(() => undefined)
    for (const message of messages) {
      worker.postMessage(message)
      await breathe()
    }
    return await answer
  } finally {
    await worker.terminate()
  }
}

/** Built, all workers lie in dist/workers; from sources they need what reads TypeScript. */
function startWorker(source: URL): Worker {
  if (!import.meta.url.endsWith('.ts')) {
    const name = source.pathname.split('/').at(-1) ?? ''
    return new Worker(new URL(`../workers/${name.replace(/\.ts$/, '.js')}`, import.meta.url))
  }
  return new Worker(
    `import('tsx/esm/api').then(({ register }) => { register(); return import(${JSON.stringify(source.href)}) })`,
    { eval: true },
  )
}

/** Rows in slices of `size`. */
export function* slice<Row>(rows: readonly Row[], size: number): Generator<Row[]> {
  for (let from = 0; from < rows.length; from += size) yield rows.slice(from, from + size)
}

/**
 * Has what is asked for done one after another: whoever records events needs the other processors. Who comes when so
 * many wait already is asked to come again, since all that wait hold their rows in memory.
 */
export function createTurns(most: number): <T>(run: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  let waiting = 0
  return async (run) => {
    if (waiting >= most)
      throw new AppError(
        'too_many_requests',
        'Several reports of this kind are being made already. Ask again in half a minute.',
        { retryAfterSeconds: 30 },
      )
    waiting++
    const mine = last.then(run).finally(() => {
      waiting--
    })
    last = mine.catch(() => undefined)
    return mine
  }
}
