import type { Access, Role } from '../platform/http/access.ts'

const everyone: readonly Role[] = ['owner', 'marketer', 'operator', 'viewer']
const staff: readonly Role[] = ['owner', 'marketer', 'operator']
const marketing: readonly Role[] = ['owner', 'marketer']
const owner: readonly Role[] = ['owner']

/**
 * Who may use which route. The server refuses to start with a route that is not here, or with a line here that is no
 * route; a test walks every line with every role, with nobody and with another shop's member.
 */
export const access: Record<string, Access> = {
  'GET /healthz': 'public',
  'GET /readyz': 'public',
  'GET /metrics': 'public',
  'GET /openapi.json': 'public',

  // upkeep
  'GET /api/shops/:shop/system': everyone,
  'POST /api/shops/:shop/system/resume': owner,
}

export const audiences = { everyone, staff, marketing, owner }
