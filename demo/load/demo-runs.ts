import type { Deps } from '../../platform/room.ts'
import type { DemoOptions } from '../options.ts'
import { type DemoOutcome, type DemoProgress, loadDemo } from './load-demo.ts'

/** A demo shop in the making, or the last one that was made, in this process. */
export interface DemoRun {
  options: DemoOptions
  progress: DemoProgress | undefined
  isOver: boolean
  hasFailed: boolean
  /** Rejects when the shop could not be made, or was stopped. */
  whole: Promise<DemoOutcome>
  stop(): Promise<void>
}

const runs = new WeakMap<Deps['db'], DemoRun>()

export function findDemoRun({ db }: Pick<Deps, 'db'>): DemoRun | undefined {
  return runs.get(db)
}

/**
 * Makes the demo shop in the background. One at a time, whoever asks, the start of the server or somebody at the
 * page: two that make the same shop would do everything twice.
 */
export function startDemoRun(deps: Deps, options: DemoOptions): DemoRun {
  const known = runs.get(deps.db)
  if (known && !known.isOver) return known
  const abort = new AbortController()
  const run: DemoRun = {
    options,
    progress: undefined,
    isOver: false,
    hasFailed: false,
    whole: loadDemo(deps, options, {
      signal: abort.signal,
      onProgress: (progress) => {
        run.progress = progress
      },
    }),
    async stop() {
      abort.abort()
      await run.whole.catch(() => undefined)
    },
  }
  run.whole.then(
    () => {
      run.isOver = true
    },
    () => {
      run.isOver = true
      run.hasFailed = !abort.signal.aborted
    },
  )
  runs.set(deps.db, run)
  return run
}
