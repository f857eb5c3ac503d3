import { chmod, mkdir, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Client, serveClient } from './client.ts'
import { initialiseDatabase } from './initialise.ts'
import { startMaintenance } from './maintenance.ts'
import { openSession } from './session.ts'
import { createTurns } from './turns.ts'

export interface PostgresEngineOptions {
  /** The folder of the database itself. The caller holds a lock on it: two engines on one folder would destroy it. */
  dataDir: string
  /** A folder that only this user may enter; whoever reaches the socket may do everything. */
  socketDir: string
  log?: { warn(details: object, message: string): void }
  /** Told when the engine can't go on. It must not return before the process ends. */
  fail?: (reason: string) => void
  heldLimitMs?: number
  maxAnswerBytes?: number
}

export interface PostgresEngine {
  url: string
  stop(): Promise<void>
}

/** The name that PostgreSQL clients look for in a folder given as the host. */
const SOCKET_NAME = '.s.PGSQL.5432'
const HELD_LIMIT_MS = 10_000
const GOODBYES_MS = 20
const MAX_ANSWER_BYTES = 256 * 1024 * 1024

/** The address at which clients reach an engine whose socket is in this folder. */
export function formatPostgresUrl(socketDir: string): string {
  return `postgres://tropa@localhost/postgres?host=${encodeURIComponent(socketDir)}`
}

/** Serves a PGlite database to any number of PostgreSQL clients over a unix socket. */
export async function startPostgresEngine(options: PostgresEngineOptions): Promise<PostgresEngine> {
  const fail = options.fail ?? failLoudly
  await initialiseDatabase(options.dataDir)
  const session = await openSession(options.dataDir, (cause) => fail(`The database engine broke: ${cause}`))
  const turns = createTurns({
    session,
    heldLimitMs: options.heldLimitMs ?? HELD_LIMIT_MS,
    maxAnswerBytes: options.maxAnswerBytes ?? MAX_ANSWER_BYTES,
    onBroken: fail,
  })
  const clients = new Set<Client>()
  let lastId = 0
  const server = createServer((socket) => {
    const client = serveClient({ socket, session, turns, id: ++lastId })
    clients.add(client)
    socket.once('close', () => clients.delete(client))
  })
  await listen(server, options.socketDir)
  const stopMaintenance = startMaintenance(session, turns, (error) =>
    options.log?.warn(
      { err: String(error) },
      'the upkeep of the embedded database failed; it is tried again',
    ),
  )
  return {
    url: formatPostgresUrl(options.socketDir),
    async stop() {
      stopMaintenance()
      const closed = new Promise((resolve) => server.close(resolve))
      // Clients that have said goodbye already must not be told about it.
      await sleep(GOODBYES_MS)
      for (const client of clients) client.dismiss()
      await closed
      await turns.runAlone(() => session.close())
    },
  }
}

async function listen(server: Server, socketDir: string): Promise<void> {
  await mkdir(socketDir, { recursive: true, mode: 0o700 })
  await chmod(socketDir, 0o700)
  const path = join(socketDir, SOCKET_NAME)
  // A killed engine leaves its socket behind; the lock says that nobody listens there any more.
  await rm(path, { force: true })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(path, resolve)
  })
}

function failLoudly(reason: string): never {
  throw new Error(reason)
}
