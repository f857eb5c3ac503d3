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

export async function openIngest(
  options: {
    shop?: Partial<Parameters<typeof createShop>[1]>
    now?: () => number
    eventsPerSecond?: number
    /** Other addresses of the engines: roads on which things go wrong. */
    urls?: Partial<EngineUrls>
  } = {},
): Promise<IngestHarness> {
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
  const shop = await createShop(deps.db, { name: 'Ingest test', ...options.shop })
  const source = await ensureSource(deps.db, shop, { kind: 'http', name: 'Site' })
  const key = await createWriteKey(deps.db, { shop, source })
  const authorization = `Basic ${Buffer.from(`${key}:`).toString('base64')}`
  return {
    app,
    deps,
    shop,
    source,
    key,
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
    events: () =>
      deps.clickhouse.query('SELECT * FROM events FINAL WHERE shop = {shop:UInt32} ORDER BY ts, message_id', {
        params: { shop },
      }),
    rejects: () =>
      deps.clickhouse.query('SELECT * FROM rejects WHERE shop = {shop:UInt32} ORDER BY received_at', {
        params: { shop },
      }),
    async listen() {
      await app.listen({ port: 0, host: '127.0.0.1' })
      return `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
    },
    async close() {
      await app.close()
      await system.close()
    },
  }
}
