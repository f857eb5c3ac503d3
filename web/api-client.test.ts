import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { apiUrl, createApiClient } from './api-client.ts'

let answer: RequestListener
let heard: string[]
const server = createServer((request, response) => answer(request, response))

beforeEach(async () => {
  heard = []
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
})
afterEach(async () => {
  server.closeAllConnections()
  await new Promise((done) => server.close(done))
})

function makeClient() {
  const client = createApiClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  client.listen({
    answered: () => heard.push('answered'),
    unanswered: () => heard.push('unanswered'),
    unauthenticated: () => heard.push('unauthenticated'),
  })
  return client
}

const answering = (status: number, body: string, headers: Record<string, string> = {}): RequestListener => {
  return (_request, response) => void response.writeHead(status, headers).end(body)
}

describe('addresses', () => {
  it('carry what was given and leave out what was not', () => {
    expect(apiUrl('/people')).toBe('/api/people')
    expect(apiUrl('/people', { q: 'a b&c', tag: ['x', 'y'], cursor: null, empty: '', no: false, n: 0 })).toBe(
      '/api/people?q=a+b%26c&tag=x&tag=y&no=false&n=0',
    )
  })
})

describe('a request', () => {
  it('says that it is ours, sends JSON and returns JSON', async () => {
    answer = (request, response) => {
      let body = ''
      request.on('data', (part) => {
        body += part
      })
      request.on('end', () => {
        const { method, url, headers } = request
        response.end(JSON.stringify({ method, url, body, ours: headers['x-tropa-request'] }))
      })
    }
    const client = makeClient()
    const found = await client.put('/shops/1', { body: { name: 'Липа' }, query: { dry: true } })
    expect(found).toEqual({ method: 'PUT', url: '/api/shops/1?dry=true', body: '{"name":"Липа"}', ours: '1' })
    expect(heard).toEqual(['answered'])
  })

  it('takes the answer that was asked for early, once', async () => {
    let asked = 0
    answer = (_request, response) => void response.end(String(++asked))
    const client = makeClient()
    const early = client.askEarly('/session', { days: 90 })
    expect(await client.get('/session', { query: { days: 90 } })).toBe(1)
    expect(await early).toBe(1)
    expect(await client.get('/session', { query: { days: 90 } })).toBe(2)
    await client.askEarly('/session', { days: 90 })
    expect(await client.get('/session', { query: { days: 30 } })).toBe(4)
  })

  it('asks again when the early answer was a failure', async () => {
    let asked = 0
    answer = (_request, response) => {
      asked++
      if (asked === 1) response.destroy()
      else response.end('"at last"')
    }
    const client = makeClient()
    void client.askEarly('/session').catch(() => undefined)
    expect(await client.get('/session')).toBe('at last')
    expect(heard).toEqual(['unanswered', 'answered'])
  })

  it('may be answered with nothing at all', async () => {
    answer = answering(204, '')
    expect(await makeClient().del('/keys/1')).toBeUndefined()
  })

  it('fails with the code of the server', async () => {
    answer = answering(409, '{"error":{"code":"conflict","message":"Taken."}}')
    await expect(makeClient().post('/shops')).rejects.toMatchObject({ code: 'conflict', status: 409 })
    expect(heard).toEqual(['answered'])
  })

  it('tells when the session is over', async () => {
    answer = answering(401, '{"error":{"code":"unauthenticated","message":"Sign in first."}}')
    await expect(makeClient().get('/session')).rejects.toMatchObject({ code: 'unauthenticated' })
    expect(heard).toEqual(['answered', 'unauthenticated'])
  })

  it('does not take a page of a proxy for an answer', async () => {
    answer = answering(200, '<html>Sign in to this network</html>')
    await expect(makeClient().get('/session')).rejects.toMatchObject({ code: 'bad_answer' })
  })

  it('knows a proxy with nobody behind it from a server', async () => {
    answer = answering(502, '<html>Bad gateway</html>', { 'retry-after': '3' })
    await expect(makeClient().get('/session')).rejects.toMatchObject({
      code: 'unreachable',
      retryAfterSeconds: 3,
    })
    expect(heard).toEqual(['unanswered'])
  })

  it('fails as unreachable when nobody listens', async () => {
    const client = makeClient()
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
    await expect(client.get('/session')).rejects.toMatchObject({ code: 'unreachable', status: 0 })
    expect(heard).toEqual(['unanswered'])
  })

  it('that the page gave up is no sign of trouble', async () => {
    const giveUp = new AbortController()
    answer = () => giveUp.abort()
    await expect(makeClient().get('/people', { signal: giveUp.signal })).rejects.toThrow('abort')
    expect(heard).toEqual([])
  })
})
