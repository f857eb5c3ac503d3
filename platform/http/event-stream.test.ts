import { EventEmitter, once } from 'node:events'
import { type ClientRequest, get, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fastify } from 'fastify'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { AppError } from '../../kernel/errors.ts'
import { handleError } from './errors.ts'
import { addEventStreams, type EventStream, openEventStream } from './event-stream.ts'

/** Members who may read; whoever isn't among them is not signed in. */
let allowed: Set<string>
let streams: EventStream[]
let open: ClientRequest[]
let app: ReturnType<typeof makeApp>
/** Lets the route answer; until then it prepares. */
let ready: Promise<void>

function makeApp() {
  const made = fastify({ forceCloseConnections: false })
  made.setErrorHandler(handleError)
  made.decorateRequest('principal', null)
  made.decorateRequest('shop', null)
  const check = async ({ headers }: { headers: Record<string, unknown> }) => {
    if (!allowed.has(String(headers.member))) throw new AppError('unauthenticated', 'Sign in first.')
  }
  made.addHook('onRequest', async (request) => {
    await check(request)
    const userId = String(request.headers.member)
    request.principal = { userId, name: userId, email: null, via: 'session' }
    request.shop = {
      id: Number(request.headers.shop),
      name: '',
      currency: 'UAH',
      timeZone: 'UTC',
      role: 'viewer',
    }
  })
  addEventStreams(made, { check, pingMs: 20 })
  made.get('/live', async (request, reply) => {
    await ready
    streams.push(openEventStream(request, reply))
  })
  return made
}

beforeEach(async () => {
  allowed = new Set(['ann', 'bob'])
  streams = []
  open = []
  ready = Promise.resolve()
  app = makeApp()
  await app.listen({ port: 0, host: '127.0.0.1' })
})
afterEach(async () => {
  for (const request of open) request.destroy()
  await app.close()
})

function ask(member: string, shop = 1): ClientRequest {
  const { port } = app.server.address() as AddressInfo
  const request = get({ port, path: '/live', headers: { member, shop: String(shop) }, agent: false })
  request.on('error', () => undefined)
  open.push(request)
  return request
}

async function read(member: string, shop = 1): Promise<IncomingMessage> {
  const [response] = (await once(ask(member, shop), 'response')) as [IncomingMessage]
  response.setEncoding('utf8')
  return response
}

const statusOf = async (member: string, shop?: number) => (await read(member, shop)).statusCode

async function hear(response: IncomingMessage, wanted: RegExp): Promise<string> {
  let text = ''
  for await (const chunk of response.iterator({ destroyOnReturn: false })) {
    text += chunk
    if (wanted.test(text)) return text
  }
  return text
}

test('a message arrives with its number, and pings between them', async () => {
  const response = await read('ann')
  expect(streams[0]?.send({ n: 1 })).toBe(true)
  expect(await hear(response, /ping/)).toMatch(/^: hello\n\nid: 1\ndata: \{"n":1\}\n\nevent: ping\n/)
})

test('a stream ends when its reader may not read any more', async () => {
  const response = await read('ann')
  const others = await read('bob')
  allowed.delete('ann')
  response.resume()
  await once(response, 'end')
  expect(streams[0]?.send({ n: 1 })).toBe(false)
  expect(streams[1]?.send({ n: 2 })).toBe(true)
  expect(await hear(others, /data: \{"n/)).toContain('{"n":2}')
})

test('a member holds twenty streams on a shop, others have theirs, and who leaves makes room', async () => {
  for (let n = 0; n < 20; n++) expect(await statusOf('ann')).toBe(200)
  const refused = await read('ann')
  expect(refused.statusCode).toBe(429)
  expect(refused.headers['retry-after']).toBe('15')
  expect(await statusOf('ann', 2)).toBe(200)
  expect(await statusOf('bob')).toBe(200)
  const left = new Promise<void>((done) => streams[0]?.onClose(done))
  open[0]?.destroy()
  await left
  expect(await statusOf('ann')).toBe(200)
})

test('a stream of somebody who left while it was prepared is over from its start', async () => {
  const gate = new EventEmitter()
  ready = once(gate, 'open').then(() => undefined)
  const arrived = once(app.server, 'request')
  const request = ask('ann')
  const [, raw] = await arrived
  request.destroy()
  await once(raw, 'close')
  gate.emit('open')
  await expect.poll(() => streams.length).toBe(1)
  let isClosed = false
  streams[0]?.onClose(() => {
    isClosed = true
  })
  expect(isClosed).toBe(true)
  expect(streams[0]?.send({ n: 1 })).toBe(false)
})

test('streams end with their server, and not with another one', async () => {
  const other = makeApp()
  await other.listen({ port: 0, host: '127.0.0.1' })
  const response = await read('ann')
  await other.close()
  expect(streams[0]?.send({ n: 1 })).toBe(true)
  response.resume()
  await Promise.all([once(response, 'end'), app.close()])
})

test('a reader who takes nothing misses messages, and after some pings is taken for gone', async () => {
  const response = await read('ann')
  response.pause()
  const closed = new Promise<void>((done) => streams[0]?.onClose(done))
  const message = { text: 'x'.repeat(100_000) }
  let taken = 0
  while (streams[0]?.send(message) && taken < 1_000) {
    taken++
    await new Promise((done) => setImmediate(done))
  }
  expect(taken).toBeLessThan(1_000)
  await closed
})
