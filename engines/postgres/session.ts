import { setFlagsFromString } from 'node:v8'
import { PGlite } from '@electric-sql/pglite'
import { EngineStartError } from '../start-error.ts'
import { makeFrame } from './frames.ts'

export interface Session {
  /** Everything a client is told when it connects, up to the first "ready". */
  greeting: Buffer
  /** Runs whole messages at once, without giving way; answers arrive through `onData` while it runs. */
  run(message: Buffer, onData: (bytes: Buffer) => void): void
  query<T>(sql: string): Promise<T[]>
  close(): Promise<void>
}

/**
 * `shared_buffers` of 32 MB instead of 128 keeps the process small; the write-ahead log is kept short because it is
 * read again after every kill. A statement nested too deep must meet the server's own limit, which is an error, before
 * that of the JavaScript stack, which breaks the session: the process is to be started with --stack-size=3900.
 */
const SETTINGS = [
  'shared_buffers=32MB',
  'max_wal_size=64MB',
  'min_wal_size=32MB',
  'max_stack_depth=1MB',
  'jit=off',
]

/** `onBroken` is told when the engine has ended or trapped inside a statement: nothing more can be asked of it. */
export async function openSession(folder: string, onBroken: (cause: unknown) => void): Promise<Session> {
  const db = await openDatabase(folder)
  const greeting = Buffer.from(db.execProtocolRawSync(makeStartup()))
  return {
    greeting,
    run(message, onData) {
      // Everything happens inside the call; the promise only carries a failure. The bytes are a window into the
      // engine's memory, which changes under our feet, hence the copy.
      const onRawData = (bytes: Uint8Array) => onData(Buffer.from(bytes))
      db.execProtocolRawStream(message, { syncToFs: false, onRawData }).catch(onBroken)
    },
    query: async <T>(sql: string) => (await db.query<T>(sql)).rows,
    async close() {
      await db.exec('CHECKPOINT')
      await db.close()
    },
  }
}

async function openDatabase(folder: string): Promise<PGlite> {
  compileQuickly()
  const complaints: string[] = []
  try {
    return await PGlite.create({
      dataDir: folder,
      startParams: [...PGlite.defaultStartParams, ...SETTINGS.flatMap((setting) => ['-c', setting])],
      onStderr(line: string) {
        const [, text] = /(?:PANIC|FATAL|DETAIL):\s+(.*)/.exec(line) ?? []
        if (text !== undefined) complaints.push(text)
        return false
      },
    })
  } catch (error) {
    if (complaints.length === 0) throw error
    const isOther = complaints.some((text) => text.includes('incompatible with server'))
    const code = isOther ? 'folder_of_other_version' : 'folder_damaged'
    throw new EngineStartError(code, `The database in ${folder} can't be opened: ${complaints.join(' ')}`, {
      cause: error,
    })
  }
}

/**
 * V8 compiles the engine twice: quickly, and again thoroughly what is used much. The second costs more memory (100 MB)
 * and, in the first minutes, more time than it gives back to short statements. An unknown flag does no harm.
 */
function compileQuickly(): void {
  setFlagsFromString('--liftoff-only')
}

function makeStartup(): Buffer {
  const body = Buffer.from('\0\x03\0\0user\0postgres\0database\0postgres\0\0', 'latin1')
  const bytes = Buffer.alloc(4 + body.length)
  bytes.writeInt32BE(bytes.length, 0)
  body.copy(bytes, 4)
  return bytes
}

const COPY_REFUSAL = 'The embedded engine takes no COPY FROM STDIN; insert from arrays with unnest() instead.'
/**
 * The engine reads the data of COPY FROM STDIN while it runs and ends the process when there are none. A refusal that
 * always waits behind each statement makes it an ordinary error; outside COPY the engine ignores it.
 */
export const REFUSE_COPY = makeFrame('f', `${COPY_REFUSAL}\0`)
