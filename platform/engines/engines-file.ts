import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { connect, type NetConnectOpts } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** What a running server tells the command line about its engines. Readable by its own user only: it holds a password. */
export interface RunningServer {
  serverPid: number
  databaseUrl: string
  clickhouseUrl: string
  engines: { name: string; pid: number | undefined }[]
}

const FILE = 'engines.json'

export async function writeEnginesFile(dataDir: string, content: RunningServer): Promise<void> {
  const path = join(dataDir, FILE)
  const draft = `${path}.${process.pid}`
  await writeFile(draft, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 })
  await rename(draft, path)
}

export async function removeEnginesFile(dataDir: string): Promise<void> {
  await rm(join(dataDir, FILE), { force: true })
}

/** The server that runs on this data folder, when one does. A file left behind by a killed one doesn't count. */
export async function findRunningServer(dataDir: string): Promise<RunningServer | undefined> {
  const server = await readEnginesFile(dataDir)
  if (server === undefined) return undefined
  // Process numbers are used again, so the process alone proves little; an engine that answers does. One that is being
  // restarted is given time.
  for (const deadline = Date.now() + RESTART_MS; isAlive(server.serverPid); await sleep(100)) {
    if (await answersAll(server)) return server
    if (Date.now() > deadline) return undefined
  }
  return undefined
}

const RESTART_MS = 4_000

async function readEnginesFile(dataDir: string): Promise<RunningServer | undefined> {
  const text = await readFile(join(dataDir, FILE), 'utf8').catch(() => undefined)
  try {
    return text === undefined ? undefined : (JSON.parse(text) as RunningServer)
  } catch {
    return undefined
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

async function answersAll(server: RunningServer): Promise<boolean> {
  const addresses = server.engines.map(({ name }) =>
    name === 'postgres' ? readSocketAddress(server.databaseUrl) : readTcpAddress(server.clickhouseUrl),
  )
  return (await Promise.all(addresses.map(accepts))).every(Boolean)
}

function readSocketAddress(url: string): NetConnectOpts {
  return { path: join(new URL(url).searchParams.get('host') ?? '', '.s.PGSQL.5432') }
}

function readTcpAddress(url: string): NetConnectOpts {
  const { hostname, port } = new URL(url)
  return { host: hostname, port: Number(port) }
}

function accepts(address: NetConnectOpts): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(address)
    socket.once('connect', () => resolve(true))
    socket.once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}
