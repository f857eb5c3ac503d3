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

  // ingestion: the route itself checks the write key
  'POST /v1/identify': 'write-key',
  'POST /v1/track': 'write-key',
  'POST /v1/page': 'write-key',
  'POST /v1/screen': 'write-key',
  'POST /v1/group': 'write-key',
  'POST /v1/alias': 'write-key',
  'POST /v1/batch': 'write-key',
  'POST /v1/i': 'write-key',
  'POST /v1/t': 'write-key',
  'POST /v1/p': 'write-key',
  'POST /v1/s': 'write-key',
  'POST /v1/g': 'write-key',
  'POST /v1/a': 'write-key',
  'POST /v1/b': 'write-key',
  'POST /v1/m': 'public',
  'GET /v1/projects/:key/settings': 'public',

  // upkeep
  'GET /api/shops/:shop/system': everyone,
  'POST /api/shops/:shop/system/resume': owner,
}

export const audiences = { everyone, staff, marketing, owner }
