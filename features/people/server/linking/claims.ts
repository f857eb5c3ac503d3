import type { IdentityKind } from '../../../../kernel/hash128.ts'

/** Why an identity was linked. `sight` is the first event under it; `member` a person's decision on a screen. */
export const linkRules = ['sight', 'identify', 'alias', 'event', 'order', 'member'] as const
export type LinkRule = (typeof linkRules)[number]

/** Strongest first: the strongest identity of an event is the one that its other identities are linked to. */
const STRENGTH: readonly IdentityKind[] = ['user', 'email', 'phone', 'messenger', 'anonymous']

export interface Claim {
  kind: IdentityKind
  /** Normalised. */
  value: string
  identity: string
  /** Counts only when the identity is known already. */
  isOptional?: true
}

/** What speaks for a link, kept with it and shown in words. */
export interface Evidence {
  rule: LinkRule
  /** The identity of the same event that it was seen with; absent when it was seen alone. */
  with?: { kind: IdentityKind; value: string; identity: string }
  /** Name of the event, or its kind for those without a name. */
  event: string
  messageId: string
  /** Milliseconds since 1970. */
  at: number
  source: number
}

/** Everything that one event says about who someone is. */
export interface Testimony {
  shop: number
  /** Strongest first, no kind twice but for an alias. */
  claims: Claim[]
  traits: Record<string, unknown> | undefined
  rule: LinkRule
  event: string
  messageId: string
  at: number
  source: number
}

export function compareStrength(a: IdentityKind, b: IdentityKind): number {
  return STRENGTH.indexOf(a) - STRENGTH.indexOf(b)
}

export function isKnownKind(kind: IdentityKind): boolean {
  return kind !== 'anonymous'
}

export function describeEvidence(testimony: Testimony, other?: Claim): Evidence {
  const { rule, event, messageId, at, source } = testimony
  const base = { event, messageId, at, source }
  return other === undefined ? { rule: 'sight', ...base } : { rule, with: other, ...base }
}
