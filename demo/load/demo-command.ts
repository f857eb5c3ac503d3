import { SingleBar } from 'cli-progress'
import type { CommandOutput } from '../../platform/command-output.ts'
import type { Deps } from '../../platform/room.ts'
import { type DemoArgs, nameShop, readDemoOptions } from '../options.ts'
import { TRUTHS, type TruthDefinition, truthKeys } from '../truths.ts'
import { type DemoOutcome, type DemoProgress, loadDemo } from './load-demo.ts'

/** `tropa demo`: makes the demo shop, or one with other truths beside it. The same command again adds nothing. */
export async function demoCommand(deps: Deps, args: DemoArgs, output: CommandOutput): Promise<void> {
  const options = readDemoOptions(args, deps.now())
  output.remark(
    `“${nameShop(options)}”: ${options.persons.toLocaleString('en')} persons, ${options.days} days.`,
  )
  const abort = new AbortController()
  const stop = () => abort.abort()
  process.once('SIGINT', stop)
  const show = output.isTerminal ? createBar() : createLines(output)
  try {
    const load = { isEndGiven: args.end !== undefined, signal: abort.signal, onProgress: show.update }
    const outcome = await loadDemo(deps, options, load)
    show.stop()
    output.line(describeOutcome(outcome))
    output.json(outcome)
  } finally {
    show.stop()
    process.off('SIGINT', stop)
  }
}

export function describeOutcome(outcome: DemoOutcome): string {
  const { shop, recorded, duplicates, seconds, wasWhole, hasEffects } = outcome
  if (wasWhole) return `“${shop.name}” is there already, whole: nothing was added.`
  const before = duplicates > 0 ? `, ${duplicates.toLocaleString('en')} were there before` : ''
  const effects = hasEffects ? '' : ' People and orders are still being worked out.'
  const events = recorded.toLocaleString('en')
  return `“${shop.name}” is ready: ${events} events in ${seconds.toFixed(1)} s${before}.${effects}`
}

/** What the help of the command says about the truths. */
export function describeTruths(): string {
  const width = Math.max(...truthKeys.map((key) => key.length))
  const lines = truthKeys.map((key) => {
    const { size, unit, about, min, max }: TruthDefinition = TRUTHS[key]
    return `  ${key.padEnd(width)}  ${size} ${unit} (${min} … ${max}): ${about}`
  })
  return ['', 'Truths, with their usual sizes:', ...lines, '', 'demo/TRUTHS.md explains each.'].join('\n')
}

const LINE_EVERY_MS = 5_000

function createLines(output: CommandOutput) {
  let saidAt = performance.now()
  return {
    update({ persons, personsTotal, events }: DemoProgress) {
      if (performance.now() - saidAt < LINE_EVERY_MS) return
      saidAt = performance.now()
      output.remark(`${Math.floor((100 * persons) / personsTotal)} %: ${events} events`)
    },
    stop: () => undefined,
  }
}

function createBar() {
  const bar = new SingleBar({
    format: '{bar} {percentage}% · {events} events',
    stream: process.stderr,
    hideCursor: true,
  })
  let isOn = false
  return {
    update({ persons, personsTotal, events }: DemoProgress) {
      if (!isOn) bar.start(personsTotal, 0, { events: 0 })
      isOn = true
      bar.update(persons, { events: events.toLocaleString('en') })
    },
    stop() {
      if (isOn) bar.stop()
      isOn = false
    },
  }
}
