import type { EventKind, FeedEvent } from '../../../../platform/feed/event-row.ts'
import type { CompiledRegistry } from '../../../touchpoints/server/reads.ts'
import type { EventMark, RejectReason } from '../../contract.ts'

export type JsonObject = Record<string, unknown>

/** Where messages come from. Files and the system itself are trusted: no robots, no limits, no consent to ask for. */
export type Origin = 'http' | 'import' | 'system'

/** What the steps may know beside the message itself; the same for all messages of one request. */
export interface StepContext {
  shop: number
  source: number
  origin: Origin
  receivedAt: number
  /** The client's clock is behind ours by this much, ms; from `sentAt` of the request. */
  skew: number
  /** The kind that the address names (`/v1/track`); a batch names it in each message. */
  kind: EventKind | undefined
  /** The browser asked not to be tracked (Sec-GPC, DNT). */
  optedOut: boolean
  /** True when no text can hold NUL or a lone surrogate, because the request had none. */
  isTextClean: boolean
  currency: string
  domains: readonly string[]
  phoneCountry: string
  consentMode: 'ignore' | 'respect' | 'require'
  /** The request came from a page in a browser, so there is a visitor who may have been asked. */
  isBrowser: boolean
  /** The touchpoints of the shop, by which the event is classified. */
  registry: CompiledRegistry
}

/** A message on its way to become a row. Each step reads what it needs and fills its columns. */
export interface Draft {
  message: JsonObject
  properties: JsonObject
  traits: JsonObject
  context: JsonObject
  /** The message has no more bytes than this. */
  weight: number
  row: FeedEvent
}

export interface Drop {
  reason: RejectReason
  /** The fact behind the reason, in plain English: which field, which value. */
  detail: string
}

/** Fills its part of the draft, or says why the message goes no further. */
export type Step = (draft: Draft, context: StepContext) => Drop | undefined

export function drop(reason: RejectReason, detail: string): Drop {
  return { reason, detail }
}

export function mark(draft: Draft, name: EventMark): void {
  if (!draft.row.marks.includes(name)) draft.row.marks.push(name)
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A value as an object; an empty one for anything else. */
export function readObject(value: unknown): JsonObject {
  return isObject(value) ? value : {}
}

/** A value as a text, numbers included; '' for anything else. */
export function readText(value: unknown): string {
  if (typeof value === 'string') return value
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : ''
}
