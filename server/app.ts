import fastifyCookie from '@fastify/cookie'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { type FastifyBaseLogger, type FastifyRequest, fastify, LogController } from 'fastify'
import { AppError } from '../kernel/errors.ts'
import { cleanText } from '../kernel/text.ts'
import { type Access, type Authenticator, authorise } from '../platform/http/access.ts'
import { handleError } from '../platform/http/errors.ts'
import { addEventStreams } from '../platform/http/event-stream.ts'
import type { App, Deps, Room } from '../platform/room.ts'
import { addApiDocs } from './api-docs.ts'
import { addHealth } from './health.ts'
import { addWeb } from './web-files.ts'

export interface AppOptions {
  deps: Deps
  rooms: Room[]
  access: Record<string, Access>
  authenticator: Authenticator
  /** Some rooms are left out, so the table may name routes that aren't there (tests of one room). */
  isAccessPartial?: boolean
  /** The built web application; left out in tests of the API. */
  webRoot?: string
}

/** The whole HTTP side: one hook authorises every route by the access table, one handler shapes every error. */
export async function buildApp(options: AppOptions): Promise<App> {
  const { deps, rooms } = options
  const app: App = fastify({
    loggerInstance: deps.log as FastifyBaseLogger,
    // One histogram instead of two lines a request.
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: deps.settings.trustProxy,
    bodyLimit: 1_048_576,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 200 },
    ajv: { customOptions: { removeAdditional: false, coerceTypes: 'array', allErrors: false } },
  }).withTypeProvider<TypeBoxTypeProvider>()
  await app.register(fastifyCookie)
  app.decorateRequest('principal', null)
  app.decorateRequest('shop', null)
  app.setErrorHandler(handleError)
  guardRoutes(app, options)
  app.addHook('preValidation', cleanQuery)
  measureRequests(app, deps)
  await addApiDocs(app)
  addHealth(app, deps)
  for (const room of rooms) room.routes?.(app, deps)
  if (options.webRoot !== undefined) await addWeb(app, options.webRoot, deps.settings.publicUrl)
  else app.setNotFoundHandler(answerNotFound)
  return app
}

/** Marks that no text column takes are left out of what an address asks, whichever room it asks. */
async function cleanQuery({ query }: FastifyRequest): Promise<void> {
  const asked = query as Record<string, unknown>
  const clean = (value: unknown) => (typeof value === 'string' ? cleanText(value) : value)
  for (const [name, value] of Object.entries(asked))
    asked[name] = Array.isArray(value) ? value.map(clean) : clean(value)
}

function answerNotFound(): never {
  throw new AppError('not_found', 'There is nothing at this address.')
}

/** Refuses routes that the access table doesn't know, and lines of the table that are no route. */
function guardRoutes(app: App, { access, authenticator, isAccessPartial }: AppOptions): void {
  const known = new Set<string>()
  app.addHook('onRoute', (route) => {
    const methods = [route.method].flat().filter((method) => method !== 'HEAD' && method !== 'OPTIONS')
    for (const method of methods) {
      const key = `${method} ${route.url}`
      if (access[key] === undefined && !isOutsideApi(route.url))
        throw new Error(`${key} has no line in server/access.ts`)
      known.add(key)
    }
  })
  const check = async (request: FastifyRequest) => {
    const rule =
      access[`${request.method === 'HEAD' ? 'GET' : request.method} ${request.routeOptions.url ?? ''}`]
    if (rule !== undefined) await authorise(request, rule, authenticator)
  }
  app.addHook('onRequest', check)
  addEventStreams(app, { check })
  app.addHook('onReady', async () => {
    if (isAccessPartial) return
    const unused = Object.keys(access).filter((key) => !known.has(key))
    if (unused.length > 0)
      throw new Error(`server/access.ts names routes that don't exist: ${unused.join(', ')}`)
  })
}

/** Files of the web application and the API's reading page: they are the same for everybody. */
function isOutsideApi(url: string): boolean {
  return (
    !/^\/(api|v1)(\/|$)/.test(url) &&
    (url === '/' || url.startsWith('/docs') || /^\/(assets\/)?[\w.-]+\.\w+$/.test(url))
  )
}

function measureRequests(app: App, deps: Deps): void {
  app.addHook('onResponse', async (request, reply) => {
    const labels = {
      method: request.method,
      route: request.routeOptions.url ?? 'none',
      status: String(reply.statusCode),
    }
    deps.metrics.requestSeconds.observe(labels, reply.elapsedTime / 1000)
  })
}
