import type { Static } from 'typebox'
import type { Deps } from '../../../platform/room.ts'
import type { Joining } from '../contract.ts'
import { acceptInvitation, getInvitation } from './invitation-store.ts'
import { hashPassword } from './password-hash.ts'
import { getEmail, refuseBadPassword } from './refuse-field.ts'
import { createSession } from './session-store.ts'
import type { Visitor } from './sign-in.ts'
import { createUser } from './user-store.ts'

/** Makes an account for somebody invited and takes them into the shop, all or nothing. */
export async function joinShop(deps: Deps, token: string, given: Static<typeof Joining>, visitor: Visitor) {
  const { db, now } = deps
  const email = getEmail(given.email)
  const name = given.name.trim()
  refuseBadPassword(given.password, email)
  await getInvitation(db, token, now())
  const passwordHash = await hashPassword(given.password)
  return db.transaction(async (tx) => {
    const id = await createUser(tx, { email, name, passwordHash, language: given.language })
    const shop = await acceptInvitation(tx, token, { id, name, email }, now())
    return { shop, session: await createSession(tx, { userId: id, ...visitor, now: now() }) }
  })
}
