import type { Deps } from '../../../platform/room.ts'
import type { ImportProgress } from '../contract.ts'
import { findWaitingImport, releaseGoneRunners } from './import-store.ts'
import { runImport } from './run-import.ts'
import { nameRunner } from './runner-name.ts'

/** Runs the imports that wait, one after another, in the background of the serving process. */
export interface ImportQueue {
  start(): void
  /** Something waits. A hint: it is looked for now and then anyway. */
  poke(): void
  /** What this process knows of an import that it runs. */
  findProgress(id: number): ImportProgress | undefined
  /** Stops at once what this process runs; its cancellation is noted in the store. */
  cancel(id: number): void
  /** Lets the running import stop where it is, so that it goes on after the next start. */
  close(): Promise<void>
}

const LOOK_EVERY_MS = 5_000

export function createImportQueue(deps: Deps): ImportQueue {
  const runner = nameRunner()
  let current: { id: number; abort: AbortController; progress: ImportProgress | undefined } | undefined
  let timer: NodeJS.Timeout | undefined
  let working: Promise<void> | undefined
  let isClosed = false
  let isPoked = false

  async function work(): Promise<void> {
    await releaseGoneRunners(deps.db, deps.settings.dataDir)
    for (;;) {
      const id = isClosed ? undefined : await findWaitingImport(deps.db, deps.settings.dataDir)
      if (id === undefined) return
      const run = { id, abort: new AbortController(), progress: undefined as ImportProgress | undefined }
      current = run
      const outcome = await runImport(deps, id, {
        runner,
        signal: run.abort.signal,
        onProgress: (progress) => {
          run.progress = progress
        },
      })
      current = undefined
      if (!outcome) return
    }
  }

  function poke(): void {
    isPoked = true
    if (isClosed || working) return
    isPoked = false
    working = work()
      .catch((error) => deps.log.warn({ err: error }, 'waiting imports could not be looked for'))
      .finally(() => {
        current = undefined
        working = undefined
        // What came while the last look was ending.
        if (isPoked) poke()
      })
  }

  return {
    start() {
      timer = setInterval(poke, LOOK_EVERY_MS).unref()
      poke()
    },
    poke,
    findProgress: (id) => (current?.id === id ? current.progress : undefined),
    cancel(id) {
      if (current?.id === id) current.abort.abort('cancel')
    },
    async close() {
      isClosed = true
      clearInterval(timer)
      current?.abort.abort('shutdown')
      await working
    },
  }
}
