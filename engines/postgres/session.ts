import { PGlite } from '@electric-sql/pglite'
import { makeFrame } from './frames.ts'

/** What the one session says after a message: idle, in a transaction, in a failed one; nothing when the message left it open. */
export type SessionStatus = 'idle' | 'transaction' | 'failed' | undefined

export interface Session {
  /** Everything a client is told when it connects, up to the first "ready". */
  greeting: Buffer
  /** Runs whole messages at once, without giving way; answers arrive through `onData` while it runs. */
  run(message: Buffer, onData: (bytes: Buffer) => void): SessionStatus
  query<T>(sql: string): Promise<T[]>
  close(): Promise<void>
}

/**
 * `shared_buffers` of 32 MB instead of 128 keeps the process small; the write-ahead log is kept short because it is
 * read again after every kill. There is no autovacuum process in here (see maintenance.ts).
 */
const SETTINGS = ['shared_buffers=32MB', 'max_wal_size=64MB', 'min_wal_size=32MB', 'jit=off']

/** `onBroken` is told when the engine has ended or trapped inside a statement: nothing more can be asked of it. */
export async function openSession(folder: string, onBroken: (cause: unknown) => void): Promise<Session> {
  const db = await PGlite.create({
    dataDir: folder,
    startParams: [...PGlite.defaultStartParams, ...SETTINGS.flatMap((setting) => ['-c', setting])],
  })
  const greeting = Buffer.from(db.execProtocolRawSync(makeStartup()))
  return {
    greeting,
    run: (message, onData) => runMessage(db, message, onData, onBroken),
    query: async <T>(sql: string) => (await db.query<T>(sql)).rows,
    async close() {
      await db.exec('CHECKPOINT')
      await db.close()
    },
  }
}

function makeStartup(): Buffer {
  const body = Buffer.from('\0\x03\0\0user\0postgres\0database\0postgres\0\0', 'latin1')
  const bytes = Buffer.alloc(4 + body.length)
  bytes.writeInt32BE(bytes.length, 0)
  body.copy(bytes, 4)
  return bytes
}

const READY_BYTES = 6
const STATUS: Record<string, SessionStatus> = { I: 'idle', T: 'transaction', E: 'failed' }

function runMessage(
  db: PGlite,
  message: Buffer,
  onData: (bytes: Buffer) => void,
  onBroken: (cause: unknown) => void,
): SessionStatus {
  let tail: Buffer = Buffer.alloc(0)
  function onRawData(bytes: Uint8Array): void {
    // The bytes are a window into the engine's memory, which changes under our feet.
    const copy = Buffer.from(bytes)
    tail =
      copy.length >= READY_BYTES
        ? copy.subarray(-READY_BYTES)
        : Buffer.concat([tail, copy]).subarray(-READY_BYTES)
    onData(copy)
  }
  // Everything happens inside the call; the promise only carries a failure.
  db.execProtocolRawStream(message, { syncToFs: false, onRawData }).catch(onBroken)
  return readStatus(tail)
}

function readStatus(tail: Buffer): SessionStatus {
  const isReady = tail.length === READY_BYTES && tail[0] === 'Z'.charCodeAt(0) && tail.readInt32BE(1) === 5
  return isReady ? STATUS[String.fromCharCode(tail[5] as number)] : undefined
}

const COPY_REFUSAL = 'The embedded engine takes no COPY FROM STDIN; insert from arrays with unnest() instead.'
/**
 * The engine reads the data of COPY FROM STDIN while it runs and ends the process when there are none. A refusal that
 * always waits behind each statement makes it an ordinary error; outside COPY the engine ignores it.
 */
export const REFUSE_COPY = makeFrame('f', `${COPY_REFUSAL}\0`)
