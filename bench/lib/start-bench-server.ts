import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export type ServerQuestion = 'facts' | 'drain' | 'stop'

export interface ServerFacts {
  /** The server's own process first, then the engines'. */
  pids: number[]
  lagSeconds: number
  /** How long the event loop stood still at most, and in the worst hundredth, since the last question. */
  loopMaxMs: number
  loopP99Ms: number
}

export interface BenchServer {
  url: string
  key: string
  shop: number
  source: number
  clickhouseUrl: string
  databaseUrl: string
  lane: number
  ask(question: 'facts' | 'drain'): Promise<ServerFacts>
  stop(): Promise<void>
}

export interface BenchServerOptions {
  /** False leaves the commit step out of the route. */
  commits?: boolean
  /** False starts no consumers. */
  consumes?: boolean
  dataDir?: string
}

/** Starts the product in a process of its own on a temporary folder, which goes away with it. */
export async function startBenchServer(options: BenchServerOptions = {}): Promise<BenchServer> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'tropa-bench-')))
  const file = fileURLToPath(new URL('./bench-server.ts', import.meta.url))
  const flags = [options.commits, options.consumes].map((flag) => (flag === false ? 'no' : 'yes'))
  const child = fork(file, [dataDir, ...flags], {
    execArgv: ['--import', 'tsx', ...(process.env.BENCH_NODE_FLAGS?.split(' ') ?? [])],
  })
  const ended = once(child, 'exit')
  const [started] = await Promise.race([
    once(child, 'message'),
    ended.then(() => Promise.reject(new Error('The server did not start.'))),
  ])
  return {
    ...(started as Omit<BenchServer, 'ask' | 'stop'>),
    async ask(question) {
      child.send(question)
      const [facts] = await once(child, 'message')
      return facts as ServerFacts
    },
    async stop() {
      child.send('stop')
      await ended
      if (options.dataDir === undefined) await rm(dataDir, { recursive: true, force: true })
    },
  }
}
