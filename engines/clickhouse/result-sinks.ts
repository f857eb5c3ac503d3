import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Readable } from 'node:stream'

/** A place the engine writes one large result to. */
export interface ResultSink {
  url: string
  /** The result as it comes; undefined when the engine ended without having written anything. */
  body: Promise<Readable | undefined>
  close(): void
}

export interface ResultSinks {
  open(): ResultSink
  close(): Promise<void>
}

/**
 * A listener on loopback to which the engine posts results through its `url()` table function. The library's
 * own way of streaming won't do: it plans the query on the calling thread (a scalar subquery holds up the whole
 * server) and writes each piece as a document of its own, header and all.
 */
export async function startResultSinks(): Promise<ResultSinks> {
  const waiting = new Map<string, (body: Readable | undefined) => void>()
  const server = createServer({ requestTimeout: 0 })
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const path = request.url ?? '/'
    const take = waiting.get(path)
    waiting.delete(path)
    if (!take || request.method !== 'POST') {
      response.writeHead(404).end()
      return
    }
    request.once('end', () => response.end())
    take(request)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    open: () => openSink(waiting, port),
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function openSink(waiting: Map<string, (body: Readable | undefined) => void>, port: number): ResultSink {
  const path = `/${randomUUID()}`
  const body = new Promise<Readable | undefined>((resolve) => waiting.set(path, resolve))
  const close = () => {
    waiting.get(path)?.(undefined)
    waiting.delete(path)
  }
  return { url: `http://127.0.0.1:${port}${path}`, body, close }
}
