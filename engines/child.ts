import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { acquireLock, type LockHolder } from './lock.ts'
import { EngineStartError, explainFileError } from './start-error.ts'

/** What the parent writes as the first line into the child's stdin; secrets never appear among the arguments. */
export interface EngineSettings {
  dataDir: string
  /** Where a unix socket goes. */
  socketDir?: string
  port?: number
  user?: string
  password?: string
  /** How long to wait for an orphan of an earlier server to leave the folder. */
  lockWaitMs?: number
  /** How often to give a sign of life. One that is stuck in an endless loop gives none. */
  beatMs?: number
}

export interface EngineLog {
  info(details: object, message: string): void
  warn(details: object, message: string): void
  error(details: object, message: string): void
}

export interface RunningEngine {
  url: string
  stop(): Promise<void>
}

export interface EngineChild {
  name: string
  start(
    settings: EngineSettings & { log: EngineLog; fail: (reason: string) => never },
  ): Promise<RunningEngine>
}

const EXIT_MENDABLE = 2
const EXIT_BROKEN = 1
const BEAT_MS = 10_000
const STOP_LIMIT_MS = 20_000

/**
 * The life of an engine process: takes the folder's lock, starts the engine, says so in one line of JSON on stdout, and
 * stops when the parent closes the pipe or dies, or on SIGTERM. The lock is released last.
 */
export async function runEngineChild(child: EngineChild): Promise<void> {
  // Ctrl-C goes to the whole group of processes; the parent decides in which order things end.
  process.on('SIGINT', () => undefined)
  // The parent may be gone: then nobody reads, and that must not end us half-way.
  process.stdout.on('error', () => undefined)
  process.stderr.on('error', () => undefined)
  const life = watchParent()
  let dataDir = ''
  try {
    const settings = await life.settings
    dataDir = settings.dataDir
    await serve(child, settings, life)
  } catch (thrown) {
    const error = explainFileError(thrown, dataDir)
    if (error instanceof EngineStartError) {
      await say({ error: error.message, code: error.code, pid: error.pid })
      process.exit(EXIT_MENDABLE)
    }
    await say({ error: (error as Error).message, code: (error as NodeJS.ErrnoException).code ?? 'failed' })
    process.stderr.write(`${(error as Error).stack}\n`)
    process.exit(EXIT_BROKEN)
  }
}

async function serve(child: EngineChild, settings: EngineSettings, life: ParentWatch): Promise<void> {
  const folder = join(settings.dataDir, 'locks')
  await mkdir(settings.dataDir, { recursive: true })
  const lock = await acquireLock({ folder, name: child.name, waitMs: settings.lockWaitMs })
  if (!lock.isHeld) throw inUse(settings.dataDir, lock.holder)
  const started = child.start({ ...settings, log: createChildLog(), fail: die })
  started.catch(() => lock.release())
  const engine = await started
  await say({ ready: true, url: engine.url })
  setInterval(() => void say({ beat: true }), settings.beatMs ?? BEAT_MS).unref()
  await life.ended
  // An engine that doesn't end in time is safe to kill: both survive that.
  setTimeout(() => process.exit(EXIT_BROKEN), STOP_LIMIT_MS).unref()
  await engine.stop()
  await lock.release()
  process.exit(0)
}

function inUse(dataDir: string, holder: LockHolder): EngineStartError {
  const pid = holder.isOrphan ? holder.pid : holder.parentPid
  return new EngineStartError('folder_in_use', `The data folder ${dataDir} is in use by process ${pid}.`, {
    pid,
  })
}

interface ParentWatch {
  settings: Promise<EngineSettings>
  ended: Promise<void>
}

function watchParent(): ParentWatch {
  const lines = createInterface({ input: process.stdin })
  const ended = new Promise<void>((resolve) => {
    lines.once('close', resolve)
    process.stdin.once('error', () => resolve())
    process.on('SIGTERM', () => resolve())
  })
  const settings = new Promise<EngineSettings>((resolve, reject) => {
    lines.once('line', (line) => resolve(JSON.parse(line) as EngineSettings))
    ended.then(() => reject(new Error('The parent process left before it said what to start.')))
  })
  return { settings, ended }
}

/** The engine can't go on; the supervisor starts a fresh one, which recovers from its log. */
function die(reason: string): never {
  process.stdout.write(`${JSON.stringify({ log: 'error', details: {}, message: reason })}\n`)
  process.exit(EXIT_BROKEN)
}

function createChildLog(): EngineLog {
  const write = (level: string) => (details: object, message: string) =>
    void process.stdout.write(`${JSON.stringify({ log: level, details, message })}\n`)
  return { info: write('info'), warn: write('warn'), error: write('error') }
}

function say(line: object): Promise<void> {
  return new Promise((resolve) => {
    process.stdout.write(`${JSON.stringify(line)}\n`, () => resolve())
  })
}
