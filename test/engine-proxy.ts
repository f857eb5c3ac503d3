import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** How the road to an engine is: open, closed, or open one way (what is asked arrives, the answer is lost). */
export type Road = 'open' | 'closed' | 'answers-lost'

export interface EngineProxy {
  url: string
  road: Road
  /** How many answers were lost so far. */
  readonly lost: number
  close(): Promise<void>
}

/** A real road between a client and an engine, on which real things go wrong. */
export async function openEngineProxy(engineUrl: string): Promise<EngineProxy> {
  const target = new URL(engineUrl)
  const sockets = new Set<Socket>()
  let road: Road = 'open'
  let lost = 0
  const server = createServer((client) => {
    if (road === 'closed') return void client.destroy()
    const engine = connect(Number(target.port), target.hostname)
    for (const socket of [client, engine]) {
      sockets.add(socket)
      socket.on('error', () => socket.destroy())
      socket.on('close', () => sockets.delete(socket))
    }
    client.on('data', (bytes) => engine.write(bytes))
    engine.on('data', (bytes) => {
      if (road === 'open') return void client.write(bytes)
      lost++
      client.destroy()
    })
    client.on('close', () => engine.end())
    engine.on('close', () => client.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = new URL(engineUrl)
  url.port = String((server.address() as AddressInfo).port)
  return {
    url: url.href,
    get road() {
      return road
    },
    set road(next) {
      road = next
      if (next === 'closed') for (const socket of sockets) socket.destroy()
    },
    get lost() {
      return lost
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
