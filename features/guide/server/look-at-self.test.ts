import { createServer as createPlain, type RequestListener } from 'node:http'
import { createServer as createSecure } from 'node:https'
import { type AddressInfo, createServer as createSilent, type Server } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { judgeReach, type Seen } from './judge-reach.ts'
import { type LookOptions, lookAtSelf } from './look-at-self.ts'
import { makeNonce, markOf } from './reach-mark.ts'
import { makeCertificate } from './testing/make-certificate.ts'

const nonce = makeNonce()
const mark = markOf(Buffer.alloc(32, 7), nonce)
const name = 'tropa.example.com'
const open: Server[] = []
afterEach(() => {
  for (const server of open.splice(0)) server.close()
})

async function listen(server: Server): Promise<number> {
  open.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

const ourselves: RequestListener = (request, response) => {
  const isOurs = request.url === `/api/reachability/${nonce}`
  response.end(JSON.stringify(isOurs ? { mark, isForwarded: false } : { mark: 'other' }))
}

/** Looks at a name that leads to this machine, as a hosts file can make it do. */
const look = (publicUrl: string, options: Partial<LookOptions> = {}) =>
  lookAtSelf({
    publicUrl,
    nonce,
    mark,
    trustProxy: false,
    resolve: async () => [{ address: '127.0.0.1', family: 4 }],
    ...options,
  })

describe('looking at oneself by PUBLIC_URL', () => {
  it('recognises itself, and says that the name leads here only', async () => {
    const port = await listen(createPlain(ourselves))
    expect(await look(`http://${name}:${port}`)).toEqual({
      outcome: 'private',
      host: name,
      addresses: ['127.0.0.1'],
      detail: '',
      notes: [],
    })
  })

  it('does not even ask when PUBLIC_URL is this machine', async () => {
    const port = await listen(createPlain(() => expect.unreachable('nobody should have asked')))
    expect((await look(`http://localhost:${port}`)).outcome).toBe('local')
    expect((await look(`http://[::1]:${port}`)).outcome).toBe('local')
  })

  it('tells another program from itself, whatever that answers', async () => {
    const port = await listen(createPlain((_request, response) => response.end('{"mark":"guess"}')))
    expect(await look(`http://${name}:${port}`)).toMatchObject({ outcome: 'stranger', detail: '200' })
    const long = await listen(createPlain((_request, response) => response.end('x'.repeat(1_000_000))))
    expect(await look(`http://${name}:${long}`)).toMatchObject({ outcome: 'stranger' })
  })

  it('tells a proxy that has nobody behind it', async () => {
    const port = await listen(createPlain((_request, response) => response.writeHead(502).end('Bad Gateway')))
    expect(await look(`http://${name}:${port}`)).toMatchObject({ outcome: 'proxy_alone', detail: '502' })
  })

  it('follows no redirect, and names where it leads', async () => {
    let asked = 0
    const target = await listen(createPlain((_request, response) => response.end(String(asked++))))
    const port = await listen(
      createPlain((_request, response) =>
        response.writeHead(301, { location: `http://127.0.0.1:${target}/secret` }).end(),
      ),
    )
    const seen = await look(`http://${name}:${port}`)
    expect(seen).toMatchObject({ outcome: 'redirected', detail: `http://127.0.0.1:${target}` })
    expect(asked).toBe(0)
  })

  it('tells a name that leads nowhere', async () => {
    const resolve = async () => Promise.reject(Object.assign(new Error('none'), { code: 'ENOTFOUND' }))
    expect(await look(`https://${name}`, { resolve })).toMatchObject({ outcome: 'no_name', addresses: [] })
  })

  it('survives a PUBLIC_URL that is no address', async () => {
    expect(await look('https://:80')).toMatchObject({ outcome: 'broken', detail: 'ERR_INVALID_URL' })
  })

  it('tells a closed port', async () => {
    const server = createPlain()
    const port = await listen(server)
    await new Promise((resolve) => server.close(resolve))
    expect(await look(`http://${name}:${port}`)).toMatchObject({ outcome: 'closed', detail: 'ECONNREFUSED' })
  })

  it('does not wait for ever for somebody who takes the call and says nothing', async () => {
    const sockets: { destroy(): void }[] = []
    const port = await listen(createSilent((socket) => sockets.push(socket)))
    expect(await look(`http://${name}:${port}`, { timeoutMs: 200 })).toMatchObject({ outcome: 'silent' })
    for (const socket of sockets) socket.destroy()
  })

  it('tells a certificate that ended, one for another name, one that nobody vouches for, and none at all', async () => {
    const ended = makeCertificate(name, [-20, -10])
    const other = makeCertificate('other.example.com', [-10, 10])
    const right = makeCertificate(name, [-10, 10])
    const serve = (pair: { cert: string; key: string }) => listen(createSecure(pair, ourselves))
    const endedUrl = `https://${name}:${await serve(ended)}`
    const otherUrl = `https://${name}:${await serve(other)}`
    const rightUrl = `https://${name}:${await serve(right)}`
    const plainUrl = `https://${name}:${await listen(createPlain(ourselves))}`
    expect((await look(endedUrl, { ca: ended.cert })).outcome).toBe('certificate_expired')
    expect((await look(otherUrl, { ca: other.cert })).outcome).toBe('certificate_name')
    expect((await look(rightUrl)).outcome).toBe('certificate_unknown')
    expect((await look(rightUrl, { ca: right.cert })).outcome).toBe('private')
    expect((await look(plainUrl)).outcome).toBe('no_tls')
  })
})

describe('what an answer of our own means', () => {
  const seen = (given: Partial<Seen> & { isForwarded?: boolean }): Seen => ({
    url: new URL('https://tropa.example.com/'),
    kind: 'public',
    mark,
    trustProxy: false,
    answer: {
      status: 200,
      location: '',
      body: JSON.stringify({ mark, isForwarded: given.isForwarded ?? false }),
    },
    ...given,
  })

  it('is good over TLS at a public address, and plain without TLS', () => {
    expect(judgeReach(seen({}))).toEqual({ outcome: 'good', detail: '', notes: [] })
    expect(judgeReach(seen({ url: new URL('http://tropa.example.com/') })).outcome).toBe('plain')
    expect(judgeReach(seen({ kind: 'private' })).outcome).toBe('private')
  })

  it('comes with a note when the proxy tells of visitors and nobody listens, or the other way round', () => {
    expect(judgeReach(seen({ isForwarded: true })).notes).toEqual(['proxy_not_trusted'])
    expect(judgeReach(seen({ trustProxy: true })).notes).toEqual(['no_proxy_trusted'])
    expect(judgeReach(seen({ isForwarded: true, trustProxy: true })).notes).toEqual([])
  })

  it('is nobody’s when it is no JSON, null, or an unknown failure', () => {
    const answer = (body: string) => ({ status: 200, location: '', body })
    expect(judgeReach(seen({ answer: answer('null') })).outcome).toBe('stranger')
    expect(judgeReach(seen({ answer: answer('<html>') })).outcome).toBe('stranger')
    expect(judgeReach(seen({ answer: { code: 'EWHATEVER' } }))).toMatchObject({
      outcome: 'broken',
      detail: 'EWHATEVER',
    })
  })
})
