import { isAppError } from '../../kernel/errors.ts'
import type { Deps } from '../../platform/room.ts'
import type { DemoOptions } from '../options.ts'
import { describeOutcome } from './demo-command.ts'
import { type DemoRun, startDemoRun } from './demo-runs.ts'

const LINE_EVERY_MS = 5_000

/** Makes the demo shop while the server serves already (`npm start -- --demo`); says on the terminal how far it is. */
export function startDemo(
  deps: Deps,
  options: DemoOptions,
  say: (line: string) => void,
): { stop(): Promise<void> } {
  say('The demo shop is being made; you can look around meanwhile.')
  let isStopped = false
  const run = startDemoRun(deps, options)
  const telling = setInterval(() => sayProgress(run, say), LINE_EVERY_MS)
  const told = run.whole
    .then(
      (outcome) => say(describeOutcome(outcome)),
      (error) => {
        if (isStopped) return
        deps.log.error({ err: error }, 'the demo shop could not be made')
        const reason = isAppError(error) ? `: ${error.message}` : ''
        say(`The demo shop could not be made${reason}. Try: npx tropa demo`)
      },
    )
    .finally(() => clearInterval(telling))
  return {
    async stop() {
      isStopped = true
      await run.stop()
      await told
    },
  }
}

function sayProgress({ progress }: DemoRun, say: (line: string) => void): void {
  if (!progress) return
  const { persons, personsTotal, events } = progress
  say(`  ${Math.floor((100 * persons) / personsTotal)} %, ${events.toLocaleString('en')} events`)
}
