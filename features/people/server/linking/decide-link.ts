import type { IdentityKind } from '../../../../kernel/hash128.ts'

/** Why two persons are suggested to a member as one. */
export const suggestReasons = ['same_browser', 'same_phone', 'same_email', 'alias'] as const
export type SuggestReason = (typeof suggestReasons)[number]

/** What is known of a person that speaks for or against being another one. */
export interface PersonFacts {
  users: number
  emails: number
  /** Folded names under which the person was known. */
  names: ReadonlySet<string>
}

/** One end of a possible link: an identity and what is known of the person that holds it. */
export interface Side {
  kind: IdentityKind
  person: PersonFacts
}

export type LinkDecision = 'join' | 'leave' | { suggest: SuggestReason }

/**
 * Whether the holders of two identities that came in one event are one person. `anchor` is the stronger identity;
 * `isSeparated`: a member said that they are not. An identity that nobody holds needs no decision: it is linked.
 *
 * Never joins two people known by different user ids or by different e-mails, whatever connects them, and never two
 * established people by a phone alone: numbers are handed on, shared by families and mistyped.
 */
export function decideLink(anchor: Side, other: Side, isSeparated: boolean): LinkDecision {
  if (isSeparated) return 'leave'
  if (!isCompatible(anchor.person, other.person)) return { suggest: reasonOf(anchor, other) }
  const isByPhoneAlone = anchor.kind === 'phone' || other.kind === 'phone'
  if (isByPhoneAlone && isEstablished(anchor.person) && isEstablished(other.person))
    return shareName(anchor.person, other.person) ? 'join' : { suggest: 'same_phone' }
  return 'join'
}

/** Identities belong to one person each, so two persons that have user ids have different ones; e-mails likewise. */
function isCompatible(a: PersonFacts, b: PersonFacts): boolean {
  return (a.users === 0 || b.users === 0) && (a.emails === 0 || b.emails === 0)
}

function isEstablished(person: PersonFacts): boolean {
  return person.emails > 0 || person.names.size > 0
}

/** The same phone and the same name are two reasons. */
function shareName(a: PersonFacts, b: PersonFacts): boolean {
  for (const name of a.names) if (b.names.has(name)) return true
  return false
}

function reasonOf(anchor: Side, other: Side): SuggestReason {
  if (other.kind === 'anonymous') return 'same_browser'
  if (other.kind === 'email') return 'same_email'
  return other.kind === 'user' && anchor.kind === 'user' ? 'alias' : 'same_phone'
}
