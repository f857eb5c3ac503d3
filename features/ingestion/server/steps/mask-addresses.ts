import { type Draft, isObject, type JsonObject } from './step.ts'

/** Where addresses, and the words a visitor searched for, stand in `context.page` and in properties. */
const FIELDS = ['url', 'referrer', 'path', 'search', 'query'] as const

/** Parameters named so hold a secret or a person. The repetition is bounded, or a long name would be read again and again. */
const PARAMETERS = /((?:token|mail|phone|pass\w{0,40}|pwd|secret|key|sid|[?&](?:code|tel))=)[^&#]+/gi
const AT = /@|%40/g
const BEFORE_AT = /[\w.+-]{1,64}$/
const AFTER_AT = /[\w.-]+/y
const KEYS = /[\da-f]{32,}/gi
/** Places in a page, or secrets; a hash that is a path (#/cart) is neither. */
const HASH = /#(?![!/]).*/s
const SHORTEST_KEY = 32

/**
 * The browser script masks addresses before they leave the page; other clients send them as they are, so the same is
 * done here, before anything is derived or kept. The very message when there is nothing to hide.
 */
export function maskAddresses(draft: Draft): undefined {
  draft.message = maskMessage(draft.message)
  return undefined
}

export function maskMessage(message: JsonObject): JsonObject {
  const { context, properties } = message
  const maskedContext = isObject(context) ? maskPage(context) : context
  const maskedProperties = isObject(properties) ? maskFields(properties) : properties
  if (maskedContext === context && maskedProperties === properties) return message
  // Callers keep their messages: what is changed is a copy.
  const masked = { ...message }
  if (maskedContext !== context) masked.context = maskedContext
  if (maskedProperties !== properties) masked.properties = maskedProperties
  return masked
}

function maskPage(context: JsonObject): JsonObject {
  const { page } = context
  if (!isObject(page)) return context
  const masked = maskFields(page)
  return masked === page ? context : { ...context, page: masked }
}

function maskFields(given: JsonObject): JsonObject {
  let masked = given
  for (const field of FIELDS) {
    const text = given[field]
    if (typeof text !== 'string' || text === '') continue
    const shown = field === 'url' || field === 'referrer' ? mask(dropHash(text)) : mask(text)
    if (shown === text) continue
    if (masked === given) masked = { ...given }
    masked[field] = shown
  }
  return masked
}

function dropHash(address: string): string {
  return address.includes('#') ? address.replace(HASH, '') : address
}

/** Stars for parameters that are named like secrets, for e-mail addresses, and for long hexadecimal keys. */
export function mask(text: string): string {
  let masked = text
  // Looking for one sign costs a fraction of the search for what may stand around it.
  if (masked.includes('=')) masked = masked.replace(PARAMETERS, '$1*')
  if (masked.includes('@') || masked.includes('%40')) masked = maskEmails(masked)
  return masked.length < SHORTEST_KEY ? masked : masked.replace(KEYS, '*')
}

/** From each sign outwards, so that the longest text without an address is read once. */
function maskEmails(text: string): string {
  let masked = ''
  let from = 0
  for (const { 0: at, index } of text.matchAll(AT)) {
    if (index < from) continue
    const before = BEFORE_AT.exec(text.slice(Math.max(from, index - 64), index))?.[0].length ?? 0
    AFTER_AT.lastIndex = index + at.length
    if (before === 0 || !AFTER_AT.test(text)) continue
    masked += `${text.slice(from, index - before)}*`
    from = AFTER_AT.lastIndex
  }
  return masked + text.slice(from)
}
