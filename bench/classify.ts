import { prepareMessage } from '../features/ingestion/server/pipeline.ts'
import type { StepContext } from '../features/ingestion/server/steps/step.ts'
import type { CompiledRegistry } from '../features/touchpoints/server/reads.ts'
import { compileRegistry, getDefaultRegistry } from '../features/touchpoints/server/reads.ts'
import { createPrng } from '../kernel/prng.ts'
import type { FeedEvent } from '../platform/feed/event-row.ts'
import { printFigures } from './lib/figures.ts'
import { makeMessage } from './lib/make-messages.ts'

/** What classifying costs an event, alone and as a part of everything that is done before an event is committed. */
const EVENTS = 50_000
const ROUNDS = 9

const CONTEXT: Omit<StepContext, 'registry'> = {
  shop: 1,
  source: 1,
  origin: 'http',
  receivedAt: Date.now(),
  skew: 0,
  kind: undefined,
  optedOut: false,
  isBrowser: false,
  isTextClean: true,
  currency: 'UAH',
  domains: ['shop.example'],
  phoneCountry: 'UA',
  consentMode: 'ignore',
}

const random = createPrng(3)
const messages = Array.from({ length: EVENTS }, (_, n) => makeMessage(random, Date.now(), `b${n}`))
const registry = getDefaultRegistry()
const rows = messages.map((message) => prepare(message, registry))
const properties = rows.map((row) => JSON.parse(row.properties) as Record<string, unknown>)

const alone = median(() => rows.forEach((row, at) => void registry.classify(row, properties[at] ?? {})))
const cold = median(() => {
  const fresh = compileRegistry(registry.registry)
  rows.forEach((row, at) => void fresh.classify(row, properties[at] ?? {}))
})
const strangers = rows.map((row, n) => ({
  ...row,
  kind: 'page' as const,
  path: `/u/${n}`,
  name: `Page ${n}`,
}))
const unlike = median(() => strangers.forEach((row, at) => void registry.classify(row, properties[at] ?? {})))
const without = median(() => messages.forEach((message) => void prepare(message, nothing())))
const withIt = median(() => messages.forEach((message) => void prepare(message, registry)))

const claimed = rows.filter(({ touchpoint }) => touchpoint !== '').length
printFigures(
  'classify',
  [
    { what: 'touchpoints', value: String(registry.registry.touchpoints.length) },
    { what: 'events that a touchpoint claims, %', value: ((claimed / EVENTS) * 100).toFixed(0) },
    { what: 'an event, µs', value: alone.toFixed(2), goal: '< 3', met: alone < 3 },
    { what: 'an event, the rules just compiled, µs', value: cold.toFixed(2), goal: '< 3', met: cold < 3 },
    { what: 'a page whose name and path were never seen, µs', value: unlike.toFixed(2) },
    { what: 'all steps without and with it, µs', value: `${without.toFixed(2)} / ${withIt.toFixed(2)}` },
  ],
  { alone, cold, unlike, without, withIt, claimed },
)

function nothing(): CompiledRegistry {
  return { ...registry, classify: () => undefined }
}

function prepare(message: unknown, registry: CompiledRegistry): FeedEvent {
  const row = prepareMessage(message, { ...CONTEXT, registry })
  if ('reason' in row) throw new Error(row.detail)
  return row
}

/** Microseconds for each event, the median of the rounds. */
function median(run: () => void): number {
  run()
  const times = Array.from({ length: ROUNDS }, () => {
    const start = performance.now()
    run()
    return ((performance.now() - start) / EVENTS) * 1000
  })
  return times.sort((a, b) => a - b)[ROUNDS >> 1] ?? 0
}
