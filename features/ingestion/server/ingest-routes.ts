import type { FastifyError, FastifyReply } from 'fastify'
import { Type } from 'typebox'
import { AppError } from '../../../kernel/errors.ts'
import type { EventKind } from '../../../platform/feed/event-row.ts'
import { handleError } from '../../../platform/http/errors.ts'
import type { App, Deps } from '../../../platform/room.ts'
import { IngestAnswer } from '../contract.ts'
import { createAllowance } from './request/allowance.ts'
import { createTurns } from './request/take-turns.ts'
import { MAX_REQUEST_BYTES, tooLarge } from './request/unpack-body.ts'
import { takeRequest } from './take-request.ts'

/** The paths of Segment's tracking API, long as servers use them and short as browsers do. */
export const INGEST_PATHS: Readonly<Record<string, EventKind | 'batch'>> = {
  '/v1/identify': 'identify',
  '/v1/track': 'track',
  '/v1/page': 'page',
  '/v1/screen': 'screen',
  '/v1/group': 'group',
  '/v1/alias': 'alias',
  '/v1/batch': 'batch',
  '/v1/i': 'identify',
  '/v1/t': 'track',
  '/v1/p': 'page',
  '/v1/s': 'screen',
  '/v1/g': 'group',
  '/v1/a': 'alias',
  '/v1/b': 'batch',
}

const DAY_SECONDS = 86_400
/** Requests may keep the event loop for so long before something else gets its turn. */
const TURN_MS = 12

export interface IngestOptions {
  /** Of one source, in the long run; twice as many at once. One client address has a tenth of it. */
  eventsPerSecond: number
}

export function addIngestRoutes(app: App, deps: Deps, options: IngestOptions): void {
  const clock = () => performance.now()
  const allowance = createAllowance(options.eventsPerSecond, clock)
  const turns = createTurns(TURN_MS, clock)
  app.register(async (scope: App) => {
    prepareScope(scope)
    const schema = {
      tags: ['ingest'],
      security: [{ writeKey: [] }],
      body: Type.Any({
        description: 'A message, or {"batch": [messages]}, as Segment’s HTTP tracking API has it.',
      }),
      response: { 200: IngestAnswer },
    }
    for (const [path, kind] of Object.entries(INGEST_PATHS)) {
      scope.post(path, { schema, bodyLimit: MAX_REQUEST_BYTES }, async (request) => {
        const stop = deps.metrics.ingestSeconds.startTimer()
        const answer = await takeRequest({ deps, allowance, turns }, request, kind)
        stop()
        return answer
      })
    }
    // Browser clients report on themselves there. Nobody needs it here, but a refusal would make them complain.
    const empty = {
      tags: ['ingest'],
      hide: true,
      response: { 200: Type.Object({ success: Type.Boolean() }) },
    }
    scope.post('/v1/m', { schema: empty, bodyLimit: MAX_REQUEST_BYTES }, async () => ({ success: true }))
  })
}

/** Pages of any site may send, without cookies; bodies are taken as bytes, because the first step reads them itself. */
function prepareScope(scope: App): void {
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser(
    ['application/json', 'text/plain'],
    { parseAs: 'buffer' },
    async (_request: unknown, body: Buffer) => body,
  )
  // A beacon may leave the type out; every other type is a mistake that its sender should learn about.
  scope.addContentTypeParser(
    '*',
    { parseAs: 'buffer' },
    async (request: { headers: Record<string, unknown> }, body: Buffer) => {
      const type = request.headers['content-type']
      if (type === undefined || type === '') return body
      throw new AppError(
        'unsupported',
        `Content-Type "${String(type).slice(0, 80)}" is not understood: send application/json or text/plain.`,
      )
    },
  )
  scope.setValidatorCompiler(() => () => true)
  scope.setErrorHandler((error: FastifyError, request, reply) => handleError(explain(error), request, reply))
  scope.addHook('onRequest', async (_request, reply) => {
    reply.header('access-control-allow-origin', '*')
    reply.header('access-control-expose-headers', 'retry-after')
  })
  scope.options('/v1/*', { schema: { hide: true } }, async (_request, reply) => answerPreflight(reply))
}

function answerPreflight(reply: FastifyReply): FastifyReply {
  return reply
    .header('access-control-allow-methods', 'GET, POST, OPTIONS')
    .header('access-control-allow-headers', 'authorization, content-type, content-encoding, x-retry-count')
    .header('access-control-max-age', DAY_SECONDS)
    .code(204)
    .send()
}

function explain(error: FastifyError): FastifyError | AppError {
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') return tooLarge()
  if (error.code === 'FST_ERR_CTP_INVALID_CONTENT_LENGTH')
    return new AppError('bad_request', 'The body is shorter or longer than Content-Length says.')
  return error
}
