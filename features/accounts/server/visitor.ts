import type { FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '../../../kernel/errors.ts'
import type { Deps } from '../../../platform/room.ts'
import { SESSION_COOKIE } from './authenticator.ts'
import { LONGEST_DAYS } from './session-store.ts'
import type { Visitor } from './sign-in.ts'

export function visitorOf(request: FastifyRequest): Visitor {
  return { ip: request.ip, userAgent: request.headers['user-agent'] ?? '' }
}

/** The browser keeps the cookie for as long as a session can live at all; when it ends is decided here. */
export function setSessionCookie(reply: FastifyReply, deps: Deps, token: string): void {
  reply.setCookie(SESSION_COOKIE, token, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: deps.settings.publicUrl.startsWith('https:'),
    maxAge: LONGEST_DAYS * 86_400,
  })
}

/**
 * Routes that open a session have none yet to prove where they come from. A form on another site can't set this
 * header, so nobody can be signed in as somebody else without noticing.
 */
export async function requireOwnPage(request: FastifyRequest): Promise<void> {
  if (request.headers['x-tropa-request'] !== '1')
    throw new AppError('forbidden', 'Send the header "X-Tropa-Request: 1" with this request.')
}
