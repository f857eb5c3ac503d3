import { isAppError } from '../../kernel/errors.ts'
import type { Deps } from '../../platform/room.ts'
import { readDemoOptions } from '../options.ts'
import { describeOutcome } from './demo-command.ts'
import { loadDemo } from './load-demo.ts'

const LINE_EVERY_MS = 5_000

/** Makes the demo shop while the server serves already (`npm start -- --demo`); says on the terminal how far it is. */
export function startDemo(deps: Deps, say: (line: string) => void): { stop(): Promise<void> } {
  const abort = new AbortController()
  let saidAt = performance.now()
  say('The demo shop is being made; you can look around meanwhile.')
  const running = loadDemo(deps, readDemoOptions({}, deps.now()), {
    signal: abort.signal,
    onProgress({ persons, personsTotal, events }) {
      if (performance.now() - saidAt < LINE_EVERY_MS) return
      saidAt = performance.now()
      say(`  ${Math.floor((100 * persons) / personsTotal)} %, ${events.toLocaleString('en')} events`)
    },
  }).then(
    (outcome) => say(describeOutcome(outcome)),
    (error) => {
      if (abort.signal.aborted) return
      deps.log.error({ err: error }, 'the demo shop could not be made')
      say(
        `The demo shop could not be made${isAppError(error) ? `: ${error.message}` : ''}. Try: npx tropa demo`,
      )
    },
  )
  return {
    async stop() {
      abort.abort()
      await running
    },
  }
}
