import { AppError } from '../../../../kernel/errors.ts'
import type { Principal } from '../../../../platform/http/access.ts'
import type { Deps, Room } from '../../../../platform/room.ts'
import { deriveProfile } from '../linking/profile.ts'
import { getHeldPerson, type HeldPerson } from '../merging/held-person.ts'
import { listIdentities } from '../reads.ts'
import { erasePerson, hashErased } from './erase-person.ts'
import { noteErasure } from './erasure-file.ts'
import type { PendingErasure } from './pending.ts'

export interface ErasureRequest {
  shop: number
  id: string
  /** What the member typed to confirm. */
  confirm: string
  actor: Principal
}

/** Erases a person at once where state is kept, and returns the number of the erasure, whose rest follows. */
export async function requestErasure(
  deps: Deps,
  rooms: readonly Room[],
  request: ErasureRequest,
): Promise<number> {
  const { shop, id, confirm, actor } = request
  const person = await getHeldPerson(deps, shop, id)
  if (confirm.trim() !== confirmationOf(person))
    throw new AppError('validation_failed', `Type "${confirmationOf(person)}" to confirm.`)
  const now = deps.now()
  const { secret, dataDir } = deps.settings
  const identities = await listIdentities(deps.db, shop, person.id)
  const ref = { shop, person: person.id, identities }
  const erasure = await deps.db.transaction((tx) =>
    erasePerson(tx, { rooms, secret, now, actor }, ref, valuesOf(person)),
  )
  const hash = (identity: string) => hashErased(secret, shop, identity)
  await noteErasure(dataDir, { shop, person: hash(person.id), identities: identities.map(hash), at: now })
  return erasure
}

/** The label as it is shown; a visitor without one is called by the beginning of the id. */
export function confirmationOf({ id, identities }: HeldPerson): string {
  const { name, email, phone } = deriveProfile(identities)
  const user = identities.find(({ kind }) => kind === 'user')?.value
  return name || email || phone || user || id.slice(0, 8)
}

export function valuesOf({ identities }: Pick<HeldPerson, 'identities'>): PendingErasure['values'] {
  const ids: string[] = []
  const contacts: string[] = []
  for (const { kind, value } of identities)
    if (value !== '') (kind === 'email' || kind === 'phone' ? contacts : ids).push(value)
  return { ids, contacts }
}
