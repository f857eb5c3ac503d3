import type { ServerResponse } from 'node:http'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { openChromium } from './chromium.ts'
import { openWebServer } from './web-server.ts'

type Visit = { lastEventId: string | null }

let browser: Browser
let web: Awaited<ReturnType<typeof openWebServer>>
let page: Page
/** What the stream does at its first, second, third … opening. */
let script: ((response: ServerResponse) => void)[]
let visits: Visit[]

const stream = (response: ServerResponse) => response.writeHead(200, { 'content-type': 'text/event-stream' })
const send = (response: ServerResponse, id: number) => response.write(`id: ${id}\ndata: {"n":${id}}\n\n`)

beforeAll(async () => {
  web = await openWebServer((request, response) => {
    const { searchParams } = new URL(request.url ?? '/', 'http://here')
    visits.push({ lastEventId: searchParams.get('lastEventId') })
    const act = script[visits.length - 1] ?? script.at(-1)
    act?.(response)
  })
  browser = await openChromium()
})
afterAll(async () => {
  await browser?.close()
  await web?.close()
})
beforeEach(async () => {
  visits = []
  page = await browser.newPage()
  await page.goto(`${web.url}/favicon.svg`)
})

/** Listens in the browser until so many messages have come; returns them and what was said about the connection. */
async function listenUntil(messages: number): Promise<{ messages: unknown[]; statuses: string[] }> {
  return page.evaluate(
    ({ live, wanted }) =>
      import(live).then(
        ({ openLive }: typeof import('../../web/live.ts')) =>
          new Promise<{ messages: unknown[]; statuses: string[] }>((done) => {
            const messages: unknown[] = []
            const statuses: string[] = []
            const close = openLive({
              path: '/live',
              firstDelayMs: 5,
              onStatus: (status) => statuses.push(status),
              onMessage(message) {
                messages.push(message)
                if (messages.length < wanted) return
                close()
                done({ messages, statuses })
              },
            })
          }),
      ),
    { live: `${web.url}/live.ts`, wanted: messages },
  )
}

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
  expect(visits).toEqual([{ lastEventId: null }, { lastEventId: '7' }])
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
