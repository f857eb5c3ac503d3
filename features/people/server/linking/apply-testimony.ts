import { type Claim, describeEvidence, type Testimony } from './claims.ts'
import { decideLink, type PersonFacts } from './decide-link.ts'
import { hold, joinPersons, type LinkState, listMembers, moveIdentity, readFacts } from './link-state.ts'
import { labelOf } from './profile.ts'
import { dateTraits, foldTraits, isSameTraits } from './traits.ts'

/**
 * Applies what one event says to the state: its strongest identity is the anchor, the others are linked to it, or
 * suggested. Applying the same again changes nothing.
 */
export function applyTestimony(state: LinkState, testimony: Testimony): void {
  const claims = testimony.claims.filter((claim) => !claim.isOptional || wasKnown(state, testimony, claim))
  const [anchor, ...others] = claims
  if (!anchor) return
  const isFounded = !state.identities.has(anchor.identity)
  if (isFounded) found(state, testimony, anchor)
  if (testimony.traits) keepTraits(state, anchor, dateTraits(testimony.traits, testimony.at))
  let isAlone = isFounded
  for (const other of others) {
    if (state.identities.has(other.identity)) connect(state, testimony, anchor, other, isAlone)
    else link(state, testimony, anchor, other)
    isAlone =
      isAlone &&
      personOf(state, anchor) === anchor.identity &&
      listMembers(state, anchor.identity).length === 1
  }
}

/**
 * Whether the identity was known when the event said so, and not only now that the event is applied again: it was
 * founded later then, or the event has left its mark on the same value as an anonymous id.
 */
function wasKnown(state: LinkState, { claims, at, messageId }: Testimony, claim: Claim): boolean {
  const known = state.identities.get(claim.identity)
  if (!known || known.evidence.at > at) return false
  const sameValue = claims.find(({ kind, value }) => kind === 'anonymous' && value === claim.value)
  return !sameValue || state.identities.get(sameValue.identity)?.evidence.messageId !== messageId
}

function personOf(state: LinkState, claim: Claim): string {
  return state.identities.get(claim.identity)?.person ?? claim.identity
}

function found(state: LinkState, testimony: Testimony, claim: Claim): void {
  const { kind, value, identity } = claim
  const evidence = describeEvidence(testimony)
  hold(state, {
    shop: testimony.shop,
    identity,
    kind,
    value,
    person: identity,
    evidence,
    traits: null,
    yieldedAt: null,
  })
  state.fresh.add(identity)
  state.touched.add(identity)
}

/** Nobody knew this identity, so nothing speaks against it. */
function link(state: LinkState, testimony: Testimony, anchor: Claim, other: Claim): void {
  const { kind, value, identity } = other
  const person = personOf(state, anchor)
  const evidence = describeEvidence(testimony, anchor)
  hold(state, {
    shop: testimony.shop,
    identity,
    kind,
    value,
    person,
    evidence,
    traits: null,
    yieldedAt: null,
  })
  state.fresh.add(identity)
  state.touched.add(person)
}

/** Both identities are somebody's: joined, suggested or left, as the rules say. */
function connect(
  state: LinkState,
  testimony: Testimony,
  anchor: Claim,
  other: Claim,
  isAnchorAlone: boolean,
): void {
  const [mine, theirs] = [personOf(state, anchor), personOf(state, other)]
  if (mine === theirs) return
  const facts = readFacts(state, mine)
  const otherFacts = readFacts(state, theirs)
  const isSeparated = state.separated.get(mine)?.has(theirs) ?? false
  const decision = decideLink(
    { kind: anchor.kind, person: facts },
    { kind: other.kind, person: otherFacts },
    isSeparated,
  )
  if (decision === 'leave') return
  const evidence = { ...describeEvidence(testimony, anchor), via: describeClaim(other) }
  if (decision !== 'join') {
    const [a, b] = mine < theirs ? [mine, theirs] : [theirs, mine]
    state.suggestions.push({
      shop: testimony.shop,
      a,
      b,
      reason: decision.suggest,
      via: other.identity,
      evidence,
    })
  } else if (isAnchorAlone) moveIdentity(state, anchor.identity, theirs, describeEvidence(testimony, other))
  else {
    const [from, into] = strengthOf(otherFacts) > strengthOf(facts) ? [mine, theirs] : [theirs, mine]
    const labels = {
      fromLabel: labelOf(listMembers(state, from)),
      intoLabel: labelOf(listMembers(state, into)),
    }
    joinPersons(state, { shop: testimony.shop, from, into, evidence, ...labels })
  }
}

function describeClaim({ kind, value, identity }: Claim) {
  return { kind, value, identity }
}

/** The better known of two persons stays; of equals the one whose event it is. */
function strengthOf(facts: PersonFacts): number {
  return (facts.users > 0 ? 4 : 0) + (facts.emails > 0 ? 2 : 0) + (facts.names.size > 0 ? 1 : 0)
}

function keepTraits(
  state: LinkState,
  anchor: Claim,
  traits: Record<string, { value: unknown; at: number }>,
): void {
  const row = state.identities.get(anchor.identity)
  if (!row) return
  const folded = foldTraits(row.traits, traits)
  if (isSameTraits(folded, row.traits)) return
  state.identities.set(anchor.identity, { ...row, traits: folded })
  state.retraited.add(anchor.identity)
  state.touched.add(row.person)
}
