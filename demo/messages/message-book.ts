import { hash128 } from '../../kernel/hash128.ts'
import type { Life } from '../simulate/life.ts'
import { nameOf, phoneOf } from '../world/people.ts'
import { SITE } from '../world/places.ts'

/** A message of Segment's specification, as the shop's site, till and systems would send it. */
export interface DemoMessage {
  type: 'page' | 'track' | 'identify'
  event?: string
  name?: string
  messageId: string
  timestamp: string
  anonymousId?: string
  userId?: string
  properties?: Record<string, unknown>
  traits?: Record<string, unknown>
  context?: Record<string, unknown>
}

export type Properties = Record<string, unknown>

/** Writes down one person's messages; those at or after `until` haven't happened yet. */
export interface MessageBook {
  /** A page seen by the person's browser. */
  page(at: number, name: string, path: string, properties?: Properties, arrival?: Arrival): void
  /** What the site reports about the visitor. */
  site(at: number, event: string, properties?: Properties, path?: string): void
  /** What the shop's own systems report about a customer they know. */
  shop(at: number, event: string, properties?: Properties): void
  identify(at: number, traits?: Properties): void
  /** In the order of time. */
  messages(): { at: number; message: DemoMessage }[]
}

export interface Arrival {
  query: string
  referrer: string
}

const AGENTS = {
  phone: 'Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 Chrome/140.0.0.0 Mobile Safari/537.36',
  computer: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36',
} as const

export function openBook(life: Life, fingerprint: string, until: number): MessageBook {
  const written: { at: number; message: DemoMessage }[] = []
  const { index, traits } = life
  const isPhone = traits.isPhone
  const person = personIds(index, fingerprint)
  const device = { type: isPhone ? 'mobile' : 'desktop' }
  const userAgent = isPhone ? AGENTS.phone : AGENTS.computer
  const write = (at: number, message: Omit<DemoMessage, 'messageId' | 'timestamp'>) => {
    if (at >= until) return
    const messageId = `demo-${fingerprint}-${index}-${written.length}`
    written.push({ at, message: { ...message, messageId, timestamp: new Date(at).toISOString() } })
  }
  const seen = (path: string, { query, referrer }: Arrival = INSIDE) => {
    const url = `${SITE}${path}${query === '' ? '' : `?${query}`}`
    return { page: referrer === '' ? { url, path } : { url, path, referrer }, device, userAgent }
  }
  return {
    page: (at, name, path, properties, arrival) =>
      write(at, {
        type: 'page',
        name,
        anonymousId: person.anonymousId,
        properties,
        context: seen(path, arrival),
      }),
    site: (at, event, properties, path) =>
      write(at, {
        type: 'track',
        event,
        anonymousId: person.anonymousId,
        properties,
        context: path === undefined ? { device } : seen(path),
      }),
    shop: (at, event, properties) => write(at, { type: 'track', event, userId: person.userId, properties }),
    identify: (at, more) =>
      write(at, {
        type: 'identify',
        ...person,
        traits: { name: nameOf(index), phone: phoneOf(index), city: traits.city.name, ...more },
      }),
    messages: () => written.sort((a, b) => a.at - b.at),
  }
}

const INSIDE: Arrival = { query: '', referrer: `${SITE}/` }

/** Ids that say nothing and are the same each time the same shop is made. */
function personIds(index: number, fingerprint: string): { anonymousId: string; userId: string } {
  return { anonymousId: hash128('visitor', fingerprint, index), userId: `c-${fingerprint}-${index}` }
}
