import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import { AppError } from '../kernel/errors.ts'
import type { App } from '../platform/room.ts'

/** The page may ask this server only, also at its public address, at which the guide looks whether it is reached. */
const writePolicy = (publicOrigin: string) =>
  `default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self' ${publicOrigin}; frame-ancestors 'none'; base-uri 'self'; form-action 'self'`

const YEAR_SECONDS = 31_536_000

/** Serves the built web application: hashed files for a year, the page itself always fresh, any path to the page. */
export async function addWeb(app: App, root: string, publicUrl = ''): Promise<void> {
  const policy = writePolicy(URL.canParse(publicUrl) ? new URL(publicUrl).origin : '')
  await app.register(fastifyStatic, {
    root,
    wildcard: false,
    index: false,
    preCompressed: true,
    cacheControl: false,
    setHeaders(reply, path) {
      const isHashed = path.startsWith(join(root, 'assets'))
      reply.setHeader('cache-control', isHashed ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache')
      reply.setHeader('x-content-type-options', 'nosniff')
    },
  })
  app.setNotFoundHandler((request, reply) => {
    const isPage = request.method === 'GET' && !/^\/(api|v1|assets)\//.test(request.url)
    if (!isPage || !existsSync(join(root, 'index.html')))
      throw new AppError('not_found', 'There is nothing at this address.')
    reply.header('content-security-policy', policy)
    reply.header('referrer-policy', 'same-origin')
    return reply.sendFile('index.html')
  })
}
