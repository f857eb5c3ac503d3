import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { orNotFound } from '../../../kernel/errors.ts'
import type { App, Deps } from '../../../platform/room.ts'
import { findWriteKey } from '../../accounts/server/reads.ts'

/**
 * What `@segment/analytics-next` asks its "CDN" for at start. It names one destination, ourselves, so that the client
 * sends everything here and loads nothing from elsewhere. A plan or a second destination would make it fetch code.
 */
export function addClientSettingsRoutes(app: App, deps: Deps): void {
  const schema = {
    tags: ['ingest'],
    params: Type.Object({ key: Type.String({ maxLength: 100 }) }),
    response: { 200: Type.Any() },
  }
  app.get('/v1/projects/:key/settings', { schema }, async (request, reply) => {
    orNotFound(await findWriteKey(deps, request.params.key), 'A source with this write key')
    reply.header('access-control-allow-origin', '*')
    reply.header('cache-control', 'no-cache')
    return createClientSettings(request.params.key, findAddress(request, deps.settings.publicUrl))
  })
}

function createClientSettings(key: string, address: URL) {
  return {
    integrations: {
      'Segment.io': {
        apiKey: key,
        apiHost: `${address.host}/v1`,
        protocol: address.protocol.replace(':', ''),
        unbundledIntegrations: [],
        addBundledMetadata: true,
        maybeBundledConfigIds: {},
        versionSettings: { version: '4.4.7', componentTypes: ['browser'] },
      },
    },
    plan: {},
    edgeFunction: {},
    enabledMiddleware: {},
    remotePlugins: [],
    metrics: { sampleRate: 0 },
    legacyVideoPluginsEnabled: false,
    analyticsNextEnabled: true,
  }
}

const LOOPBACK = /^(?:localhost|127\.|\[::1\])/

/** The configured address; while that is this machine only, the one that the browser came by. */
function findAddress(request: FastifyRequest, publicUrl: string): URL {
  const own = new URL(publicUrl)
  const asked = `${request.protocol}://${request.host}`
  return LOOPBACK.test(own.host) && URL.canParse(asked) ? new URL(asked) : own
}
