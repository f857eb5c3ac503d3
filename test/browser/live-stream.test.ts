import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { openLive } from '../../web/live.ts'
import { openChromium } from './chromium.ts'

declare const live: { openLive: typeof openLive }

let browser: Browser
let page: Page
let bundle: string
/** What the stream does at its first, second, third … opening. */
let script: ((response: ServerResponse) => void)[]
/** The last message that each opening says it has seen. */
let seen: (string | null)[]

const stream = (response: ServerResponse) => response.writeHead(200, { 'content-type': 'text/event-stream' })
const send = (response: ServerResponse, id: number) => response.write(`id: ${id}\ndata: {"n":${id}}\n\n`)

const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://here')
  if (pathname !== '/api/live') return response.end()
  seen.push(searchParams.get('lastEventId'))
  script[seen.length - 1]?.(response)
})

beforeAll(async () => {
  const entry = fileURLToPath(new URL('../../web/live.ts', import.meta.url))
  const built = await build({
    entryPoints: [entry],
    bundle: true,
    format: 'iife',
    globalName: 'live',
    write: false,
  })
  bundle = built.outputFiles[0]?.text ?? ''
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  browser = await openChromium()
})
afterAll(async () => {
  await browser?.close()
  server.closeAllConnections()
  server.close()
})
beforeEach(async () => {
  seen = []
  page = await browser.newPage()
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  await page.addScriptTag({ content: bundle })
})

type Heard = { messages: unknown[]; statuses: string[] }

/** Listens in the browser until so many messages have come; returns them and what was said about the connection. */
const listenUntil = (wanted: number): Promise<Heard> =>
  page.evaluate(
    (wanted) =>
      new Promise<Heard>((done) => {
        const heard: Heard = { messages: [], statuses: [] }
        const close = live.openLive({
          path: '/live',
          firstDelayMs: 5,
          onStatus: (status) => heard.statuses.push(status),
          onMessage(message) {
            heard.messages.push(message)
            if (heard.messages.length < wanted) return
            close()
            done(heard)
          },
        })
      }),
    wanted,
  )

it('hands over what the server sends', async () => {
  script = [
    (response) => {
      stream(response)
      send(response, 1)
      send(response, 2)
    },
  ]
  expect(await listenUntil(2)).toEqual({ messages: [{ n: 1 }, { n: 2 }], statuses: ['connecting', 'open'] })
})

it('goes on from the last message when the connection drops', async () => {
  script = [
    (response) => {
      stream(response)
      send(response, 7)
      setImmediate(() => response.end())
    },
    (response) => {
      stream(response)
      send(response, 8)
    },
  ]
  expect(await listenUntil(2)).toEqual({
    messages: [{ n: 7 }, { n: 8 }],
    statuses: ['connecting', 'open', 'waiting', 'open'],
  })
  expect(seen).toEqual([null, '7'])
})

it('tries again also where browsers give up: after an answer that is no stream', async () => {
  script = [
    (response) => response.writeHead(503).end(),
    (response) => response.writeHead(502).end(),
    (response) => {
      stream(response)
      send(response, 1)
    },
  ]
  const { messages, statuses } = await listenUntil(1)
  expect(messages).toEqual([{ n: 1 }])
  expect(statuses).toEqual(['connecting', 'waiting', 'waiting', 'open'])
})
