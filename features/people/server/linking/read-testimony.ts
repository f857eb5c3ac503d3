import { normaliseEmail } from '../../../../kernel/email.ts'
import { type IdentityKind, identityKey } from '../../../../kernel/hash128.ts'
import { normalisePhone } from '../../../../kernel/phone.ts'
import type { FeedEvent } from '../../../../platform/feed/event-row.ts'
import { type Claim, compareStrength, type LinkRule, type Testimony } from './claims.ts'
import { isPlaceholderEmail, isPlaceholderId, isPlaceholderPhone } from './placeholders.ts'

type Values = Record<string, unknown>

/**
 * True for the great mass of events, which say nothing about who someone is beyond their one anonymous id. Looks at
 * texts without parsing them, since it is asked of every event.
 */
export function saysNothing(event: FeedEvent): boolean {
  return (
    event.user_id === '' &&
    event.identity_kind === 'anonymous' &&
    event.kind !== 'identify' &&
    event.kind !== 'alias' &&
    event.order_id === '' &&
    !event.context.includes('"traits"')
  )
}

/** What the event says about who someone is; undefined when that is nothing. */
export function readTestimony(event: FeedEvent, phoneCountry: string): Testimony | undefined {
  const claims = readClaims(event, phoneCountry)
  const traits = readTraits(event)
  const isAnonymousOnly = claims.every((claim) => claim.kind === 'anonymous') && claims.length < 2
  if (claims.length === 0 || (isAnonymousOnly && traits === undefined)) return undefined
  return {
    shop: event.shop,
    claims,
    traits,
    rule: findRule(event),
    event: event.name || event.kind,
    messageId: event.message_id,
    // A clock that runs ahead must not make a trait the newest for years.
    at: Math.min(event.ts, event.received_at),
    source: event.source,
  }
}

function readClaims(event: FeedEvent, country: string): Claim[] {
  const { shop } = event
  const claims: Claim[] = []
  const claim = (kind: IdentityKind, value: string | undefined, isOptional?: true) => {
    if (!value) return
    const made: Claim = { kind, value, identity: identityKey(shop, kind, value) }
    if (claims.some(({ identity }) => identity === made.identity)) return
    claims.push(isOptional ? { ...made, isOptional } : made)
  }
  claim('user', event.user_id)
  claim('anonymous', event.anonymous_id)
  const said = contactValues(event)
  claim(
    'email',
    firstOf(said, 'email', (text) => usableEmail(text)),
  )
  claim(
    'phone',
    firstOf(said, 'phone', (text) => usablePhone(text, country)),
  )
  if (event.kind === 'alias') {
    const previous = readText(parseObject(event.properties).previousId)
    if (!isPlaceholderId(previous)) {
      // The former id may be either; as a user id it counts only if we know such a user.
      claim('user', previous, true)
      claim('anonymous', previous)
    }
  }
  return claims.sort((a, b) => compareStrength(a.kind, b.kind))
}

/** Where an event may name the person's e-mail and phone; traits of a group are the group's. */
function contactValues(event: FeedEvent): Values[] {
  const sources: Values[] = []
  if (event.context.includes('"traits"')) sources.push(asObject(parseObject(event.context).traits))
  if (event.kind !== 'group') sources.push(parseObject(event.traits))
  if (event.order_id !== '') sources.push(parseObject(event.properties))
  return sources
}

function firstOf(
  sources: Values[],
  field: string,
  read: (text: string) => string | undefined,
): string | undefined {
  for (const source of sources) {
    const found = read(readText(source[field]))
    if (found !== undefined) return found
  }
  return undefined
}

function usableEmail(text: string): string | undefined {
  const email = normaliseEmail(text)
  return email === undefined || isPlaceholderEmail(email) ? undefined : email
}

function usablePhone(text: string, country: string): string | undefined {
  const phone = normalisePhone(text, { country })
  return phone === undefined || isPlaceholderPhone(phone) ? undefined : phone
}

function readTraits(event: FeedEvent): Values | undefined {
  const own = event.kind === 'identify' ? parseObject(event.traits) : {}
  const carried = event.context.includes('"traits"') ? asObject(parseObject(event.context).traits) : {}
  const traits = { ...carried, ...own }
  return Object.keys(traits).length === 0 ? undefined : traits
}

function findRule(event: FeedEvent): LinkRule {
  if (event.kind === 'identify' || event.kind === 'alias') return event.kind
  return event.order_id === '' ? 'event' : 'order'
}

function parseObject(text: string): Values {
  if (text === '' || text === '{}') return {}
  try {
    return asObject(JSON.parse(text))
  } catch {
    return {}
  }
}

function asObject(value: unknown): Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Values) : {}
}

function readText(value: unknown): string {
  if (typeof value === 'string') return value.trim()
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : ''
}
