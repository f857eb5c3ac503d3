import { identityKey, messageHash } from '../../../../kernel/hash128.ts'
import type { FeedEvent } from '../../../../platform/feed/event-row.ts'
import { sketchEvents } from '../../../people/server/testing/feed-events.ts'

/** What a test says of a contact; the derived columns as the registry would have filled them. */
export interface ContactSketch {
  who: string
  /** Milliseconds since 1970. */
  at: number
  name?: string
  kind?: 'page' | 'track'
  touchpoint?: string
  arrival?: string
  valence?: number
  measure?: string
  measured?: number
  order?: string
  channel?: string
  template?: string
  userAgent?: string
  rules?: number
  /** Known by a user id instead of anonymous. */
  isUser?: boolean
  id?: string
}

let made = 0

/** Events with their derived columns, as ingestion commits them. */
export function sketchContacts(shop: number, contacts: readonly ContactSketch[]): FeedEvent[] {
  const rows = sketchEvents(
    shop,
    contacts.map(({ who, isUser, at, name, order, channel, template, userAgent, kind, id }) => ({
      ...(isUser ? { user: who } : { anonymous: who }),
      kind,
      name: kind === 'page' ? '' : (name ?? 'Tested'),
      at,
      order,
      channel,
      messageId: id ?? `contact-${made++}`,
      properties: template === undefined ? {} : { template },
      context: userAgent === undefined ? {} : { userAgent },
    })),
  )
  return rows.map((row, index) => {
    const {
      touchpoint = '',
      arrival = '',
      valence = null,
      measure = '',
      measured = null,
      rules = 1,
    } = contacts[index] as ContactSketch
    return { ...row, touchpoint, arrival, valence, measure, measured, rules_version: rules }
  })
}

export const identityOf = (shop: number, who: string, isUser = false) =>
  identityKey(shop, isUser ? 'user' : 'anonymous', who)

export { messageHash }
