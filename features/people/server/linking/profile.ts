import type { IdentityKind } from '../../../../kernel/hash128.ts'
import { compareStrength, type Evidence, isKnownKind } from './claims.ts'
import { foldTraits, readName, type Traits } from './traits.ts'

/** One identity of a person with all that came under it. */
export interface HeldIdentity {
  identity: string
  kind: IdentityKind
  value: string
  evidence: Evidence
  traits: Traits | null
  /** Until when what it said stands behind what its person said otherwise, ms since 1970; null in the ordinary case. */
  yieldedAt: number | null
}

/** What a person is called and reached by, derived from the person's identities. */
export interface Profile {
  name: string
  email: string
  phone: string
  isKnown: boolean
  /** Milliseconds since 1970: the first evidence. */
  knownAt: number
  traits: Traits
}

export function deriveProfile(identities: readonly HeldIdentity[]): Profile {
  const [own, yielding] = partTraits(identities)
  return {
    name: bestName(own) || bestName(yielding),
    email: newestOf(identities, 'email'),
    phone: newestOf(identities, 'phone'),
    isKnown: identities.some(({ kind }) => isKnownKind(kind)),
    knownAt: identities.reduce(
      (first, { evidence }) => Math.min(first, evidence.at),
      Number.POSITIVE_INFINITY,
    ),
    traits: { ...foldAll(yielding), ...foldAll(own) },
  }
}

type Said = { kind: IdentityKind; traits: Traits }

/** Traits that count first, and those that yield to them since a member merged their person into another. */
function partTraits(identities: readonly HeldIdentity[]): [own: Said[], yielding: Said[]] {
  const own: Said[] = []
  const yielding: Said[] = []
  for (const { kind, traits, yieldedAt } of identities) {
    if (traits === null) continue
    const isYielding = ({ at }: { at: number }) => yieldedAt !== null && at <= yieldedAt
    const entries = Object.entries(traits)
    own.push({ kind, traits: Object.fromEntries(entries.filter(([, trait]) => !isYielding(trait))) })
    yielding.push({ kind, traits: Object.fromEntries(entries.filter(([, trait]) => isYielding(trait))) })
  }
  return [own, yielding]
}

const foldAll = (said: Said[]): Traits => foldTraits(...said.map(({ traits }) => traits))

/** A name given by somebody signed in beats one scribbled on an order by phone; of equals the latest. */
function bestName(said: Said[]): string {
  const named = said.filter(({ traits }) => readName(traits) !== '')
  const [first] = [...named].sort((a, b) => compareStrength(a.kind, b.kind))
  return readName(foldAll(named.filter(({ kind }) => kind === first?.kind)))
}

/** The address that was linked last is the one in use; ties go by the text, so that it is the same everywhere. */
function newestOf(identities: readonly HeldIdentity[], kind: IdentityKind): string {
  let newest: HeldIdentity | undefined
  for (const held of identities)
    if (held.kind === kind && (newest === undefined || isNewer(held, newest))) newest = held
  return newest?.value ?? ''
}

function isNewer(a: HeldIdentity, b: HeldIdentity): boolean {
  const [aYields, bYields] = [a, b].map(
    ({ yieldedAt, evidence }) => yieldedAt !== null && evidence.at <= yieldedAt,
  )
  if (aYields !== bYields) return bYields === true
  return a.evidence.at !== b.evidence.at ? a.evidence.at > b.evidence.at : a.value > b.value
}

/** How a person is called in a line: by name, else by what is known best. */
export function labelOf(identities: readonly HeldIdentity[]): string {
  const { name, email, phone } = deriveProfile(identities)
  return name || email || phone || (findStrongest(identities)?.value ?? '')
}

export function findStrongest<T extends { kind: IdentityKind; identity: string }>(
  identities: readonly T[],
): T | undefined {
  return [...identities].sort(
    (a, b) => compareStrength(a.kind, b.kind) || (a.identity < b.identity ? -1 : 1),
  )[0]
}
