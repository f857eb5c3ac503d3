import { eq } from 'drizzle-orm'
import { AppError } from '../../../kernel/errors.ts'
import type { Db } from '../../../platform/postgres.ts'
import type { Deps } from '../../../platform/room.ts'
import type { Language, Welcome, WelcomeLink } from '../contract.ts'
import { users } from './accounts-tables.ts'
import { recordAudit, recordForMember } from './audit-store.ts'
import { getLink, makeLink, takeLink } from './one-time-links.ts'
import { hashPassword } from './password-hash.ts'
import { getEmail, refuseBadBasics, refuseBadPassword } from './refuse-field.ts'
import { createSession, endSessions } from './session-store.ts'
import { adoptShops, createShop } from './shop-store.ts'
import type { Visitor } from './sign-in.ts'
import { createSource, createWriteKey } from './source-store.ts'
import { createUser, getUser, hasOwner } from './user-store.ts'

type Clocked = Pick<Deps, 'db' | 'now'>

/** The path of a new one-time link for the first owner; undefined once there is an owner. Older links end. */
export async function findOwnerLink({ db, now }: Clocked): Promise<string | undefined> {
  return (await hasOwner(db)) ? undefined : makeLink(db, null, now())
}

export async function readWelcomeLink({ db, now }: Clocked, token: string): Promise<WelcomeLink> {
  const { userId } = await getLink(db, token, now())
  if (userId === null) return { kind: 'first', email: null }
  return { kind: 'password', email: (await getUser(db, userId)).email }
}

/** Makes the owner, the first shop, its source with a write key and a session, all or nothing. */
export async function welcomeOwner(deps: Clocked, token: string, given: Welcome, visitor: Visitor) {
  const { db, now } = deps
  const email = getEmail(given.email)
  refuseBadPassword(given.password, email)
  refuseBadBasics(given)
  await getLink(db, token, now())
  const passwordHash = await hashPassword(given.password)
  return db.transaction(async (tx) => {
    const { userId } = await takeLink(tx, token, now())
    if (userId !== null || (await hasOwner(tx)))
      throw new AppError('gone', 'There is an owner already. Sign in.')
    const { language } = given
    const user = await createUser(tx, { email, name: given.name.trim(), passwordHash, language })
    const shop = await openShop(tx, { ...given, name: given.shopName }, { id: user, name: given.name.trim() })
    await adoptShops(tx, user)
    return { shop, session: await createSession(tx, { userId: user, ...visitor, now: now() }) }
  })
}

const SOURCE_NAMES: Record<Language, string> = { ru: 'Сайт', uk: 'Сайт', en: 'Website' }

/** A shop ready to take events: with its owner, a source and a write key. */
export async function openShop(
  tx: Db,
  shop: { name: string; currency: string; timeZone: string; language: Language },
  owner: { id: string; name: string },
): Promise<number> {
  const { currency, timeZone, language } = shop
  const name = shop.name.trim()
  const id = await createShop(tx, { name, currency, timeZone, language, owner: owner.id })
  const source = await createSource(tx, id, { kind: 'http', name: SOURCE_NAMES[language] })
  await createWriteKey(tx, { shop: id, source })
  const actor = { userId: owner.id, name: owner.name, email: null, via: 'session' as const }
  await recordAudit(tx, { shop: id, actor, action: 'shop.created', target: name })
  return id
}

/**
 * A forgotten password: the link comes from whoever has the machine. Ends all sessions; opens one, unless the user
 * signs in with a second step.
 */
export async function choosePassword(deps: Clocked, token: string, password: string, visitor: Visitor) {
  const { db, now } = deps
  const { userId } = await getLink(db, token, now())
  if (userId === null)
    throw new AppError('bad_request', 'This link is for the first owner, not for a new password.')
  const user = await getUser(db, userId)
  refuseBadPassword(password, user.email)
  const passwordHash = await hashPassword(password)
  return db.transaction(async (tx) => {
    await takeLink(tx, token, now())
    await tx.update(users).set({ passwordHash }).where(eq(users.id, userId))
    await endSessions(tx, userId)
    await recordForMember(tx, userId, { actor: 'cli', action: 'password.reset', target: user.name })
    if (user.totpConfirmedAt) return { status: 'second_factor' as const }
    const session = await createSession(tx, { userId, ...visitor, now: now() })
    return { status: 'signed_in' as const, session }
  })
}
