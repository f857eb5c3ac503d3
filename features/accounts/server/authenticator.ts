import { eq } from 'drizzle-orm'
import type { FastifyRequest } from 'fastify'
import { AppError } from '../../../kernel/errors.ts'
import type { Authenticator, Principal } from '../../../platform/http/access.ts'
import type { Db } from '../../../platform/postgres.ts'
import type { Deps } from '../../../platform/room.ts'
import { hashToken } from '../../../platform/secret.ts'
import { apiTokens } from './accounts-tables.ts'
import { type Credentials, findBySession, findByToken } from './credentials.ts'
import { touchSession } from './session-store.ts'

// Written into the API's description by server/api-docs.ts.
export const SESSION_COOKIE = 'tropa.session_token'

/** Another process's sign-out or change of a role counts here after at most this long; this one's at once. */
const REMEMBERED_MS = 5_000
const MAX_REMEMBERED = 5_000
const TOUCH_AFTER_MS = 60_000

interface Remembered {
  until: number
  credentials: Promise<Credentials | undefined>
}

/** Who asks, from memory for a few seconds so that a request doesn't wait for PostgreSQL each time. */
export interface AccessMemory {
  findCredentials(request: FastifyRequest): Promise<Credentials | undefined>
  /** Forgets everybody: a session, token, role or shop was changed by this process. */
  forget(): void
}

const memories = new WeakMap<Db, AccessMemory>()

export function accessMemoryOf(deps: Pick<Deps, 'db' | 'now' | 'log'>): AccessMemory {
  const known = memories.get(deps.db)
  if (known) return known
  const made = createAccessMemory(deps)
  memories.set(deps.db, made)
  return made
}

function createAccessMemory({ db, now, log }: Pick<Deps, 'db' | 'now' | 'log'>): AccessMemory {
  const remembered = new Map<string, Remembered>()

  function look(secret: string, isToken: boolean): Promise<Credentials | undefined> {
    const hash = hashToken(secret)
    const key = `${isToken ? 't' : 's'}${hash}`
    const known = remembered.get(key)
    if (known && performance.now() < known.until) return known.credentials
    const credentials = (isToken ? findByToken : findBySession)(db, hash, now())
    if (remembered.size >= MAX_REMEMBERED) remembered.clear()
    const entry = { until: performance.now() + REMEMBERED_MS, credentials }
    remembered.set(key, entry)
    credentials.then(
      (found) => found && touch(found),
      () => remembered.get(key) === entry && remembered.delete(key),
    )
    return credentials
  }

  /** Notes the use at most once a minute; that it is not noted once is no reason to fail. */
  function touch({ id, principal, lastSeenAt }: Credentials): void {
    if (now() - lastSeenAt < TOUCH_AFTER_MS) return
    const used = new Date(now())
    const work = principal.token
      ? db.update(apiTokens).set({ lastUsedAt: used }).where(eq(apiTokens.id, id)).execute()
      : touchSession(db, id, now())
    work.catch((error) => log.debug({ err: error }, 'the use of a session or token was not noted'))
  }

  return {
    async findCredentials(request) {
      const bearer = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
      const secret = bearer ?? request.cookies[SESSION_COOKIE]
      return secret ? look(secret, bearer !== undefined) : undefined
    },
    forget: () => remembered.clear(),
  }
}

/** Tells the access hook who asks and what they are in a shop. A token is limited to its shop and role. */
export function createAuthenticator(deps: Pick<Deps, 'db' | 'now' | 'log'>): Authenticator {
  const memory = accessMemoryOf(deps)
  const found = new WeakMap<Principal, Credentials>()
  return {
    async findPrincipal(request) {
      const credentials = await memory.findCredentials(request)
      if (credentials) found.set(credentials.principal, credentials)
      return credentials?.principal
    },
    async findMembership(principal, shop) {
      return found.get(principal)?.shops.get(shop)
    },
  }
}

/** A member with a session of their own: what belongs to a person can't be done by a token. */
export type SignedIn = Principal & { userId: string; email: string }

export function getSignedIn(request: FastifyRequest): SignedIn {
  const { principal } = request
  if (!principal) throw new AppError('unauthenticated', 'Sign in first.')
  if (principal.userId === null)
    throw new AppError('forbidden', 'A token can not do this; sign in as a member.')
  return principal as SignedIn
}
