import type { AddressInfo } from 'node:net'
import type { App, Deps } from '../../../platform/room.ts'
import { access } from '../../../server/access.ts'
import { buildApp } from '../../../server/app.ts'
import { type EngineUrls, openTestSystem } from '../../../test/harness.ts'
import {
  createAuthenticator,
  createShop,
  createWriteKey,
  ensureSource,
} from '../../accounts/server/actions.ts'
import type { IngestAnswer } from '../contract.ts'
import { createIngestionRoom } from './room.ts'

/** A shop with a write key behind the real routes and engines. For tests. */
export interface IngestHarness {
  app: App
  deps: Deps
  shop: number
  source: number
  key: string
  post(path: string, body: unknown, headers?: Record<string, string | undefined>): Promise<Posted>
  events(): Promise<Record<string, unknown>[]>
  rejects(): Promise<Record<string, unknown>[]>
  listen(): Promise<string>
  close(): Promise<void>
}

function dropAbsent(headers: Record<string, string | undefined>): Record<string, string> {
  return JSON.parse(JSON.stringify(headers))
}

export interface Posted {
  status: number
  headers: Record<string, unknown>
  body: IngestAnswer & { error?: { code: string; message: string; details?: unknown } }
}

type ShopOptions = Partial<Parameters<typeof createShop>[1]>

interface ServerOptions {
  now?: () => number
  eventsPerSecond?: number
  /** Other addresses of the engines: roads on which things go wrong. */
  urls?: Partial<EngineUrls>
}

/** The routes that take events in, for shops of several tests. */
export interface IngestServer {
  /** A shop with a write key of its own; closing it leaves the server open. */
  addShop(shop?: ShopOptions): Promise<IngestHarness>
  close(): Promise<void>
}

export async function openIngest(
  options: ServerOptions & { shop?: ShopOptions } = {},
): Promise<IngestHarness> {
  const server = await openIngestServer(options)
  return { ...(await server.addShop(options.shop)), close: server.close }
}

export async function openIngestServer(options: ServerOptions = {}): Promise<IngestServer> {
  const room = createIngestionRoom({ eventsPerSecond: options.eventsPerSecond ?? 50_000 })
  const system = await openTestSystem({ rooms: [room], now: options.now, urls: options.urls })
  const { deps } = system
  const app = await buildApp({
    deps,
    rooms: [room],
    access,
    isAccessPartial: true,
    authenticator: createAuthenticator(deps),
  })
  return {
    addShop: (shop) => addShop(app, deps, shop),
    async close() {
      await app.close()
      await system.close()
    },
  }
}

async function addShop(app: App, deps: Deps, options?: ShopOptions): Promise<IngestHarness> {
  const shop = await createShop(deps.db, { name: 'Ingest test', ...options })
  const source = await ensureSource(deps.db, shop, { kind: 'http', name: 'Site' })
  const key = await createWriteKey(deps.db, { shop, source })
  const authorization = `Basic ${Buffer.from(`${key}:`).toString('base64')}`
  const list = (table: string, order: string) =>
    deps.clickhouse.query<Record<string, unknown>>(
      `SELECT * FROM ${table} WHERE shop = {shop:UInt32} ORDER BY ${order}`,
      { params: { shop } },
    )
  return {
    ...{ app, deps, shop, source, key },
    async post(url, body, headers = {}) {
      const payload = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body)
      const response = await app.inject({
        method: 'POST',
        url,
        payload,
        headers: dropAbsent({ authorization, 'content-type': 'application/json', ...headers }),
      })
      return { status: response.statusCode, headers: response.headers, body: response.json() }
    },
    events: () => list('events FINAL', 'ts, message_id'),
    rejects: () => list('rejects', 'received_at'),
    async listen() {
      if (!app.server.listening) await app.listen({ port: 0, host: '127.0.0.1' })
      return `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
    },
    close: async () => undefined,
  }
}
