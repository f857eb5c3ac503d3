import type { FastifyRequest } from 'fastify'
import { AppError } from '../../kernel/errors.ts'

export const roles = ['owner', 'marketer', 'operator', 'viewer'] as const
export type Role = (typeof roles)[number]

/**
 * Who may use a route: anybody; the holder of a write key (the route itself checks it); anybody signed in; or members
 * of the shop in the path who have one of the roles.
 */
export type Access = 'public' | 'write-key' | 'signed-in' | readonly Role[]

/** Somebody signed in, by session or by API token. */
export interface Principal {
  /** Null for an API token. */
  userId: string | null
  name: string
  email: string | null
  via: 'session' | 'token'
  /** A token belongs to one shop and has a role of its own. */
  token?: { id: string; shop: number; role: Role }
}

export interface ShopContext {
  id: number
  name: string
  currency: string
  timeZone: string
  role: Role
}

declare module 'fastify' {
  interface FastifyRequest {
    principal: Principal | null
    shop: ShopContext | null
  }
}

/** Finds out who asks and what they are in a shop. The accounts room gives it. */
export interface Authenticator {
  findPrincipal(request: FastifyRequest): Promise<Principal | undefined>
  findMembership(principal: Principal, shop: number): Promise<ShopContext | undefined>
}

export function getPrincipal(request: FastifyRequest): Principal {
  if (!request.principal) throw new AppError('unauthenticated', 'Sign in first.')
  return request.principal
}

/** The shop of the path, with the asker's role in it. */
export function getShop(request: FastifyRequest): ShopContext {
  if (!request.shop) throw new AppError('not_found', 'The shop was not found.')
  return request.shop
}

/** Lets the request pass or fails with 401, 403 or 404. A shop that is not the asker's does not exist for them. */
export async function authorise(
  request: FastifyRequest,
  access: Access,
  authenticator: Authenticator,
): Promise<void> {
  if (access === 'public' || access === 'write-key') return
  const principal = await authenticator.findPrincipal(request)
  if (!principal)
    throw new AppError('unauthenticated', 'Sign in, or send an API token as "Authorization: Bearer …".')
  request.principal = principal
  refuseForgedRequest(request, principal)
  const shop = (request.params as { shop?: string } | undefined)?.shop
  if (access === 'signed-in' && shop === undefined) return
  const id = Number(shop)
  const membership =
    Number.isSafeInteger(id) && id > 0 ? await authenticator.findMembership(principal, id) : undefined
  if (!membership) throw new AppError('not_found', 'The shop was not found.')
  request.shop = membership
  if (access !== 'signed-in' && !access.includes(membership.role))
    throw new AppError(
      'forbidden',
      `This needs the role ${access.join(' or ')}; yours is ${membership.role}.`,
    )
}

const READING = new Set(['GET', 'HEAD', 'OPTIONS'])

/** A form on another site can send a cookie but not this header: so a cookie alone never changes anything. */
function refuseForgedRequest(request: FastifyRequest, principal: Principal): void {
  if (principal.via !== 'session' || READING.has(request.method)) return
  if (request.headers['x-tropa-request'] === '1') return
  throw new AppError('forbidden', 'Send the header "X-Tropa-Request: 1" with requests that change something.')
}
