import type { Claim, Evidence } from './claims.ts'
import type { PersonFacts, SuggestReason } from './decide-link.ts'
import { foldName } from './fold-text.ts'
import type { HeldIdentity } from './profile.ts'
import { readName } from './traits.ts'

/** An identity with the person that holds it now. */
export interface LinkedIdentity extends HeldIdentity {
  shop: number
  person: string
}

/** The evidence of a merge or suggestion names also the identity by which the two persons met. */
export type MeetingEvidence = Evidence & { via: Pick<Claim, 'kind' | 'value' | 'identity'> }

/** A merge that the rules decided. */
export interface MergeChange {
  shop: number
  from: string
  into: string
  evidence: MeetingEvidence
  fromLabel: string
  intoLabel: string
  /** Identities of `from` that this state holds, and the persons as they were stored that had become `from`. */
  members: string[]
  origins: string[]
}

export interface SuggestionChange {
  shop: number
  a: string
  b: string
  reason: SuggestReason
  via: string
  evidence: MeetingEvidence
}

/**
 * What the people tables say about the identities of a batch, and what becomes of it: events are applied to it one by
 * one and the difference is written once, so that the size of a batch can't change whom an identity belongs to.
 */
export interface LinkState {
  identities: Map<string, LinkedIdentity>
  /** Identities of each person; anonymous ones without traits only when the batch names them: no rule asks for them. */
  members: Map<string, Set<string>>
  /** Stored persons that have become this one within the batch. */
  origins: Map<string, Set<string>>
  separated: Map<string, Set<string>>
  fresh: Set<string>
  retraited: Set<string>
  touched: Set<string>
  merges: MergeChange[]
  suggestions: SuggestionChange[]
}

export function createLinkState(stored: LinkedIdentity[], separations: [string, string][]): LinkState {
  const state: LinkState = {
    identities: new Map(),
    members: new Map(),
    origins: new Map(),
    separated: new Map(),
    fresh: new Set(),
    retraited: new Set(),
    touched: new Set(),
    merges: [],
    suggestions: [],
  }
  for (const row of stored) hold(state, row)
  for (const [a, b] of separations) {
    setOf(state.separated, a).add(b)
    setOf(state.separated, b).add(a)
  }
  return state
}

export function hold(state: LinkState, row: LinkedIdentity): void {
  state.identities.set(row.identity, row)
  setOf(state.members, row.person).add(row.identity)
}

export function setOf(map: Map<string, Set<string>>, key: string): Set<string> {
  const known = map.get(key)
  if (known) return known
  const made = new Set<string>()
  map.set(key, made)
  return made
}

export function listMembers(state: LinkState, person: string): LinkedIdentity[] {
  return [...(state.members.get(person) ?? [])].map(
    (identity) => state.identities.get(identity) as LinkedIdentity,
  )
}

export function readFacts(state: LinkState, person: string): PersonFacts {
  return factsOf(listMembers(state, person))
}

export function factsOf(identities: readonly HeldIdentity[]): PersonFacts {
  const names = new Set<string>()
  let users = 0
  let emails = 0
  for (const { kind, traits } of identities) {
    if (kind === 'user') users++
    if (kind === 'email') emails++
    const name = traits === null ? '' : foldName(readName(traits))
    if (name !== '') names.add(name)
  }
  return { users, emails, names }
}

/** A single identity that was nobody's a moment ago goes to a person; there is nothing to undo later. */
export function moveIdentity(state: LinkState, identity: string, person: string, evidence: Evidence): void {
  const row = state.identities.get(identity) as LinkedIdentity
  state.members.delete(row.person)
  state.touched.delete(row.person)
  hold(state, { ...row, person, evidence })
  state.touched.add(person)
}

/** Gives all that `from` holds to `into`. */
export function joinPersons(state: LinkState, change: Omit<MergeChange, 'members' | 'origins'>): void {
  const { from, into } = change
  const members = [...setOf(state.members, from)]
  const origins = setOf(state.origins, from).add(from)
  state.merges.push({ ...change, members, origins: [...origins] })
  for (const identity of members) {
    const row = state.identities.get(identity) as LinkedIdentity
    state.identities.set(identity, { ...row, person: into })
    setOf(state.members, into).add(identity)
  }
  for (const origin of origins) setOf(state.origins, into).add(origin)
  for (const other of setOf(state.separated, from)) {
    setOf(state.separated, into).add(other)
    setOf(state.separated, other).delete(from)
    setOf(state.separated, other).add(into)
  }
  for (const map of [state.members, state.origins, state.separated]) map.delete(from)
  state.touched.delete(from)
  state.touched.add(into)
}
