import type { ServerResponse } from 'node:http'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { AppError, isAppError } from '../../kernel/errors.ts'
import { getPrincipal, getShop } from './access.ts'

/** Server-Sent Events to one reader. */
export interface EventStream {
  /** Sends a message as JSON. A reader who is too slow misses it (false) instead of filling our memory. */
  send(message: unknown): boolean
  /** Does the work every so often while the stream is open. */
  every(ms: number, work: () => void): void
  onClose(work: () => void): void
}

/** All streams of one server. */
export interface EventStreams {
  open(request: FastifyRequest, reply: FastifyReply): EventStream
}

declare module 'fastify' {
  interface FastifyInstance {
    eventStreams: EventStreams
  }
}

interface Options {
  /** Fails with an `AppError` when who asked may not any more: a stream outlives the session that opened it. */
  check: (request: FastifyRequest) => Promise<void>
  pingMs?: number
}

const PING_MS = 15_000
/** Tabs and windows of one member on one shop's screens. */
const MAX_OF_MEMBER = 20
const MAX_OF_SHOP = 200
/** Whoever takes nothing for so many pings is not there any more, whatever their connection says. */
const MAX_SILENT_PINGS = 4
const RETRY_SECONDS = 15

/** Gives the server its streams. They end with it: it doesn't wait for its spectators. */
export function addEventStreams(
  app: Pick<FastifyInstance, 'decorate' | 'addHook'>,
  { check, pingMs = PING_MS }: Options,
): void {
  const open = new Map<ServerResponse, { shop: number; member: string }>()
  let isClosing = false
  app.decorate('eventStreams', {
    open(request: FastifyRequest, reply: FastifyReply) {
      if (isClosing) throw new AppError('store_away', 'The server is stopping.', { retryAfterSeconds: 2 })
      const reader = { shop: getShop(request).id, member: memberOf(request) }
      refuseTooMany([...open.values()], reader)
      reply.hijack()
      open.set(reply.raw, reader)
      return start(
        reply.raw,
        () => check(request),
        pingMs,
        () => open.delete(reply.raw),
      )
    },
  })
  app.addHook('preClose', async () => {
    isClosing = true
    for (const raw of open.keys()) raw.end()
  })
}

/** Opens a stream as the answer of a request that `authorise` let pass. Fails with 429 beyond the bounds. */
export function openEventStream(request: FastifyRequest, reply: FastifyReply): EventStream {
  return request.server.eventStreams.open(request, reply)
}

function memberOf(request: FastifyRequest): string {
  const { userId, token } = getPrincipal(request)
  return userId ?? `token ${token?.id}`
}

function refuseTooMany(
  open: { shop: number; member: string }[],
  { shop, member }: { shop: number; member: string },
): void {
  const ofShop = open.filter((reader) => reader.shop === shop)
  const ofMember = ofShop.filter((reader) => reader.member === member)
  if (ofMember.length < MAX_OF_MEMBER && ofShop.length < MAX_OF_SHOP) return
  throw new AppError('too_many_requests', 'Too many live screens are open at once; close some of them.', {
    retryAfterSeconds: RETRY_SECONDS,
  })
}

function start(
  raw: ServerResponse,
  check: () => Promise<void>,
  pingMs: number,
  onEnd: () => void,
): EventStream {
  const atClose: (() => void)[] = [onEnd]
  let sent = 0
  // A reader may have gone while the answer was prepared; then 'close' has been and will not come again.
  let isOver = raw.destroyed
  const close = () => {
    isOver = true
    for (const work of atClose.splice(0)) work()
  }
  const stream: EventStream = {
    send: (message) => {
      if (isOver || raw.writableNeedDrain) return false
      raw.write(`id: ${++sent}\ndata: ${JSON.stringify(message)}\n\n`)
      return true
    },
    every(ms, work) {
      if (isOver) return
      const timer = setInterval(work, ms)
      atClose.push(() => clearInterval(timer))
    },
    onClose: (work) => (isOver ? work() : void atClose.push(work)),
  }
  if (isOver) close()
  else greet(raw)
  raw.once('close', close)
  raw.on('error', close)
  stream.every(pingMs, createPing(raw, check))
  return stream
}

function greet(raw: ServerResponse): void {
  raw.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
    // Kept alive, the connection would hold up a server that stops for as long as that lasts.
    connection: 'close',
  })
  raw.write(': hello\n\n')
}

/** Shows both ends that the other is there, and that the reader still may read. */
function createPing(raw: ServerResponse, check: () => Promise<void>): () => void {
  let silent = 0
  return () => {
    silent = raw.writableNeedDrain ? silent + 1 : 0
    if (silent >= MAX_SILENT_PINGS) raw.destroy()
    else if (silent === 0) raw.write('event: ping\ndata: {}\n\n')
    check().catch((error) => {
      // A store that is away for a moment takes nobody's rights.
      if (isAppError(error) && error.status < 500) raw.end()
    })
  }
}
