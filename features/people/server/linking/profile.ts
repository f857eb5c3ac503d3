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
  const traits = foldTraits(...identities.map((held) => held.traits))
  return {
    name: bestName(identities),
    email: newestOf(identities, 'email'),
    phone: newestOf(identities, 'phone'),
    isKnown: identities.some(({ kind }) => isKnownKind(kind)),
    knownAt: identities.reduce(
      (first, { evidence }) => Math.min(first, evidence.at),
      Number.POSITIVE_INFINITY,
    ),
    traits,
  }
}

/** A name given by somebody signed in beats one scribbled on an order by phone; of equals the latest. */
function bestName(identities: readonly HeldIdentity[]): string {
  const named = identities.filter(({ traits }) => readName(traits) !== '')
  const [first] = [...named].sort((a, b) => compareStrength(a.kind, b.kind))
  const equals = named.filter(({ kind }) => kind === first?.kind)
  return readName(foldTraits(...equals.map(({ traits }) => traits)))
}

/** The address that was linked last is the one in use; ties go by the text, so that it is the same everywhere. */
function newestOf(identities: readonly HeldIdentity[], kind: IdentityKind): string {
  let newest: HeldIdentity | undefined
  for (const held of identities)
    if (held.kind === kind && (newest === undefined || isNewer(held, newest))) newest = held
  return newest?.value ?? ''
}

function isNewer(a: HeldIdentity, b: HeldIdentity): boolean {
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
