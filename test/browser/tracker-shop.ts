import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import {
  type IngestHarness,
  type IngestServer,
  openIngest,
} from '../../features/ingestion/server/ingest-harness.ts'

/** A small shop of several pages with the browser script in them, and the road from there to a real server. */
export interface TrackerShop {
  ingest: IngestHarness
  origin: string
  context: BrowserContext
  page: Page
  road: Road
  /** What the body of each page holds; every path has a page. */
  body: string
  /** More attributes of the script's tag, and markup before it. */
  attributes: string
  head: string
  /** The script's tag as the shop has it, given the address of the server. */
  tag(url: string): string
  /** A page as the shop sends it. */
  write(): string
  /** More headers of its pages. */
  headers: Record<string, string>
  goto(path: string): Promise<void>
  events(name?: string): Promise<Event[]>
  close(): Promise<void>
}

export interface Event {
  kind: string
  name: string
  url: string
  path: string
  referrer: string
  anonymous_id: string
  user_id: string
  session_id: string
  message_id: string
  properties: Record<string, unknown>
  context: Record<string, unknown>
  [column: string]: unknown
}

/** A gateway in front of the server, as shops have one: it can hold requests back, or have lost its server. */
export interface Road {
  url: string
  state: 'open' | 'held' | 'broken'
  /** Bodies of the requests that came so far, whatever became of them. */
  bodies: string[]
  close(): Promise<void>
}

export async function openTrackerShop(
  browser: Browser,
  /** The server is one that the file's shops share, or else one of the shop's own. */
  options: { context?: BrowserContextOptions; server?: IngestServer } & Parameters<typeof openIngest>[0] = {},
): Promise<TrackerShop> {
  const ingest = await (options.server?.addShop(options.shop) ?? openIngest(options))
  const road = await openRoad(await ingest.listen())
  const context = await browser.newContext(options.context)
  const page = await context.newPage()
  const server = createServer((request, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...shop.headers })
    response.end(request.url === '/favicon.ico' ? '' : writePage(shop))
  })
  const shop: TrackerShop = {
    ingest,
    origin: await listen(server),
    context,
    page,
    road,
    body: '',
    attributes: '',
    head: '',
    headers: {},
    tag: (url) => `<script async src="${url}/t.js" data-key="${ingest.key}" ${shop.attributes}></script>`,
    write: () => writePage(shop),
    async goto(path) {
      await page.goto(shop.origin + path)
      await page.waitForFunction('window.tropa && !tropa.q')
    },
    async events(name) {
      const rows = (await ingest.events()) as unknown as (Event & { properties: string; context: string })[]
      const read = rows.map((row) => ({
        ...row,
        properties: JSON.parse(row.properties),
        context: JSON.parse(row.context),
      }))
      return name === undefined ? read : read.filter((row) => row.name === name || row.kind === name)
    },
    async close() {
      await context.close()
      server.close()
      server.closeAllConnections()
      await road.close()
      await ingest.close()
    },
  }
  return shop
}

function writePage({ road, body, head, tag }: TrackerShop): string {
  return `<!doctype html><title>Tea shop</title>${head}${tag(road.url)}<body>${body}</body>`
}

async function openRoad(target: string): Promise<Road> {
  const waiting: (() => void)[] = []
  let state: Road['state'] = 'open'
  const underWay = new Set<Promise<void>>()
  const server = createServer((request, response) => {
    const passing: Promise<void> = pass(request, response)
      .catch(() => void response.destroy())
      .finally(() => underWay.delete(passing))
    underWay.add(passing)
  })
  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    const body = Buffer.concat(parts)
    if (request.method === 'POST') road.bodies.push(body.toString())
    const isEvents = request.url !== '/t.js'
    if (isEvents && state === 'held') await new Promise<void>((resolve) => waiting.push(resolve))
    if (isEvents && state === 'broken') return void response.writeHead(502).end()
    const { host: _host, connection: _connection, ...headers } = request.headers
    const answer = await fetch(target + request.url, {
      method: request.method,
      headers: { ...(headers as Record<string, string>), 'accept-encoding': 'identity' },
      body: body.length > 0 ? body : undefined,
    })
    const bytes = Buffer.from(await answer.arrayBuffer())
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(bytes)
  }
  const road: Road = {
    url: await listen(server),
    bodies: [],
    get state() {
      return state
    },
    set state(next) {
      state = next
      if (next !== 'held') for (const go of waiting.splice(0)) go()
    },
    async close() {
      road.state = 'broken'
      // What still passes would keep the server from closing.
      await Promise.all(underWay)
      server.close()
      server.closeAllConnections()
    },
  }
  return road
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
