import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import type { ReachCheck } from '../contract.ts'
import { askFromBrowser } from './ask-from-browser.ts'

const open: Server[] = []
afterEach(() => {
  for (const server of open.splice(0)) server.close()
})

async function listen(answer: RequestListener): Promise<string> {
  const server = createServer(answer)
  open.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const page = 'http://127.0.0.1:3000'
const server = { outcome: 'good', host: '', addresses: [], detail: '', notes: [] } as ReachCheck['server']
const ask = (publicUrl: string, origin = page) =>
  askFromBrowser({ publicUrl, nonce: 'n', mark: 'right', server }, origin)

it('recognises the server by what only it can answer', async () => {
  const url = await listen((request, response) =>
    response.end(JSON.stringify({ mark: request.url === '/api/reachability/n' ? 'right' : 'wrong' })),
  )
  expect(await ask(url)).toBe('good')
})

it('tells another server, whether it answers JSON or anything else', async () => {
  expect(await ask(await listen((_request, response) => response.end('{"mark":"wrong"}')))).toBe('stranger')
  expect(await ask(await listen((_request, response) => response.end('null')))).toBe('stranger')
  expect(await ask(await listen((_request, response) => response.end('<h1>Hosting</h1>')))).toBe('stranger')
})

it('tells that nobody is there', async () => {
  const url = await listen(() => undefined)
  await new Promise((resolve) => open.pop()?.close(resolve))
  expect(await ask(url)).toBe('nothing')
})

it('does not even try what a page on https may not', async () => {
  const url = await listen(() => expect.unreachable('nobody should have asked'))
  expect(await ask(url, 'https://tropa.tea.example')).toBe('blocked')
})
