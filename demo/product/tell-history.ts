import { type EventToPack, packEvent } from '../../features/drivers/server/units/pack-event.ts'
import type { PackedEvent } from '../../features/drivers/server/units/packed.ts'
import { type History, readHistory } from '../../features/drivers/server/units/read-history.ts'
import { prepareMessage } from '../../features/ingestion/server/pipeline.ts'
import type { Origin, StepContext } from '../../features/ingestion/server/steps/step.ts'
import { USUAL_HOURS } from '../../features/standards/contract.ts'
import { readProperties } from '../../features/standards/server/read-properties.ts'
import { toMessage } from '../../features/standards/server/record-measures.ts'
import { defaultRegistry } from '../../features/touchpoints/server/default-registry.ts'
import { compileRegistry } from '../../features/touchpoints/server/reads.ts'
import type { FeedEvent } from '../../platform/feed/event-row.ts'
import type { TimedMessage } from '../messages/write-life.ts'
import type { DemoOptions } from '../options.ts'
import { clock } from '../simulate/arrivals.ts'
import { SITE, ZONE } from '../world/places.ts'
import { judgeSpans } from './judge-spans.ts'

const registry = compileRegistry(defaultRegistry)
const CLOCK = { timeZone: ZONE, hours: USUAL_HOURS }

/**
 * A life's messages as the product would have them in its history, without any store: through the steps that take every message,
 * with what spans events measured by the product's own rules, packed as its statement packs them.
 */
export function createTeller({ end }: DemoOptions): (messages: readonly TimedMessage[]) => History {
  const until = clock(end, 0)
  const context = (origin: Origin) => createContext(origin, until)
  const [imported, own] = [context('import'), context('system')]
  const packPage = createPagePacker((message) => take(message, imported))
  return (messages) => {
    const [pages, others] = partition(messages, isPlainPage)
    const events = others.flatMap(({ message }) => take(message, imported))
    const measures = judgeSpans(events, CLOCK, until)
    const measured = measures.flatMap((measure) =>
      take(toMessage({ ...measure, version: 1, firstAt: measure.at }), own),
    )
    const packed = [...pages.flatMap(packPage), ...events.flatMap(pack), ...measured.flatMap(pack)]
    return readHistory({ person: personOf(messages), events: packed })
  }
}

/** One that measures nothing across events; an ad's page may name a price. */
function isPlainPage({ message: { type, context } }: TimedMessage): boolean {
  return type === 'page' && !(context as { page: { url: string } }).page.url.includes('?')
}

function partition<T>(all: readonly T[], is: (one: T) => boolean): [T[], T[]] {
  const parts: [T[], T[]] = [[], []]
  for (const one of all) parts[is(one) ? 0 : 1].push(one)
  return parts
}

/** Pages alike in all but their moment and their visitor go through the steps once: a third of all messages are pages. */
function createPagePacker(takePage: (message: unknown) => FeedEvent[]) {
  const known = new Map<string, PackedEvent[]>()
  return ({ at, message }: TimedMessage): PackedEvent[] => {
    const key = JSON.stringify([message.name, message.properties, message.context])
    const packed = known.get(key) ?? takePage(message).flatMap(pack)
    known.set(key, packed)
    return packed.map(([, ...rest]): PackedEvent => [Math.trunc(at), ...rest])
  }
}

/** Persons need a name each, not the one that the product would give them. */
function personOf(messages: readonly TimedMessage[]): string {
  const first = messages[0]?.message
  return first?.anonymousId ?? first?.userId ?? ''
}

function take(message: unknown, context: StepContext): FeedEvent[] {
  const taken = prepareMessage(message, context)
  if ('reason' in taken) throw new Error(`The product refused a message of the demo: ${taken.detail}`)
  return [taken]
}

function createContext(origin: Origin, receivedAt: number): StepContext {
  return {
    shop: 1,
    source: 1,
    origin,
    receivedAt,
    skew: 0,
    kind: undefined,
    optedOut: false,
    isTextClean: false,
    currency: 'UAH',
    domains: [new URL(SITE).hostname],
    phoneCountry: 'UA',
    consentMode: 'ignore',
    isBrowser: false,
    registry,
  }
}

function pack(event: FeedEvent): PackedEvent[] {
  const packed = packEvent(
    {
      ...event,
      properties: readProperties(event),
      device: readDevice(event),
    } satisfies EventToPack,
    'UAH',
  )
  return packed ? [packed] : []
}

/** As the store derives it. */
function readDevice({ kind, context }: FeedEvent): string {
  if (kind !== 'page' && kind !== 'screen') return ''
  return context.includes('Mobi') ? 'phone' : context.includes('Mozilla/') ? 'computer' : ''
}
