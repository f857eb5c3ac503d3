import { type AddressInfo, connect, createServer, type NetConnectOpts, type Socket } from 'node:net'
import { join } from 'node:path'

/** How the road to an engine is: open, closed, silent, or open one way (what is asked arrives, the answer is lost). */
export type Road = 'open' | 'closed' | 'silent' | 'answers-lost'

export interface EngineProxy {
  url: string
  road: Road
  /** How many answers were lost so far. */
  readonly lost: number
  close(): Promise<void>
}

/** A real road between a client and an engine, on which real things go wrong. */
export async function openEngineProxy(engineUrl: string): Promise<EngineProxy> {
  const sockets = new Set<Socket>()
  let road: Road = 'open'
  let lost = 0
  const server = createServer((client) => {
    if (road === 'closed') return void client.destroy()
    const engine = connect(findEngine(engineUrl))
    for (const socket of [client, engine]) {
      sockets.add(socket)
      socket.on('error', () => socket.destroy())
      socket.on('close', () => sockets.delete(socket))
    }
    client.on('data', (bytes) => {
      if (road !== 'silent') engine.write(bytes)
    })
    engine.on('data', (bytes) => {
      if (road === 'open') return void client.write(bytes)
      lost++
      if (road === 'answers-lost') client.destroy()
    })
    client.on('close', () => engine.end())
    engine.on('close', () => client.destroy())
  })
  const breakAll = () => {
    for (const socket of sockets) socket.destroy()
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: leadTo(engineUrl, (server.address() as AddressInfo).port),
    get road() {
      return road
    },
    set road(next) {
      // A connection that was silent has lost pieces of its talk: it can't go on.
      if (next === 'closed' || road === 'silent') breakAll()
      road = next
    },
    get lost() {
      return lost
    },
    async close() {
      breakAll()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const POSTGRES_PORT = 5432

/** PostgreSQL's address may name the folder of its socket instead of a host. */
function findEngine(url: string): NetConnectOpts {
  const { hostname, port, searchParams } = new URL(url)
  const folder = searchParams.get('host')
  if (folder?.startsWith('/'))
    return { path: join(folder, `.s.PGSQL.${searchParams.get('port') ?? POSTGRES_PORT}`) }
  return { host: hostname, port: Number(port || POSTGRES_PORT) }
}

function leadTo(engineUrl: string, port: number): string {
  const url = new URL(engineUrl)
  url.searchParams.delete('host')
  url.searchParams.delete('port')
  url.hostname = '127.0.0.1'
  url.port = String(port)
  return url.href
}
