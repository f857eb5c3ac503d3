import { type ChildProcess, spawn } from 'node:child_process'
import { setPriority } from 'node:os'
import { createInterface } from 'node:readline'
import type { EngineLog } from './engine-log.ts'

export type EngineName = 'postgres' | 'clickhouse'

export interface EngineLaunch {
  name: EngineName
  /** The built entry of the engine, a JavaScript file. */
  entry: string
  /** Handed over through the pipe, because arguments and environments can be read by others. */
  settings: {
    dataDir: string
    socketDir?: string
    port?: number
    user?: string
    password?: string
    lockWaitMs?: number
    beatMs?: number
  }
  log: EngineLog
}

export interface EngineExit {
  code: number | null
  signal: NodeJS.Signals | null
  /** The last that the engine wrote to stderr. */
  lastWords: string
}

export interface EngineProcess {
  pid: number
  url: string
  /** Settles when the process has ended, for whatever reason. */
  ended: Promise<EngineExit>
  /** Asks it to end and waits; kills it when it doesn't. */
  stop(): Promise<EngineExit>
}

export interface EngineRefusal {
  error: string
  code: string
  pid?: number
}

/** One statement blocks one thread, so the pool must be bigger than the embedded ClickHouse has slots for statements. */
const THREADS = '16'
/**
 * Deeply nested statements need more stack than Node gives by itself (engines/postgres/session.ts says how much). Its
 * JavaScript heap only passes bytes on; a small nursery saves 15 MB.
 */
const FLAGS = { postgres: ['--stack-size=3900', '--max-semi-space-size=1'], clickhouse: [] }
const PASSED_ON = ['PATH', 'HOME', 'TMPDIR', 'TMP', 'TEMP', 'LANG', 'LC_ALL', 'LD_LIBRARY_PATH', 'LD_PRELOAD']
/** The engines' own rhythm; five minutes without a beat are longer than any statement of ours. */
const BEAT_MS = 10_000
const STATE_NICENESS = 4
const MISSED_BEATS = 30
const KILL_AFTER_MS = 25_000
const LAST_WORDS_CHARACTERS = 4_000

/** Starts an engine as a child process and waits until it is ready or says why not. It ends when this process does. */
export async function launchEngine(launch: EngineLaunch): Promise<EngineProcess | EngineRefusal> {
  const child = spawn(process.execPath, [...FLAGS[launch.name], '--enable-source-maps', launch.entry], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: makeEnvironment(),
  })
  const ended = watchEnd(child)
  if (launch.name === 'postgres') yieldToIngestion(child)
  // A child that ended early breaks the pipe; `ended` says what happened.
  child.stdin?.on('error', () => undefined)
  child.stdin?.write(`${JSON.stringify(launch.settings)}\n`)
  const answer = await Promise.race([readAnswer(child, launch), ended.then(describeEnd)])
  if ('error' in answer) {
    child.stdin?.end()
    await ended
    return answer
  }
  return { pid: child.pid as number, url: answer.url, ended, stop: () => stopEngine(child, ended) }
}

/**
 * What was sent is recorded first and linked to people after: when the processor has more to do than it can, the state
 * store steps back for the path of the events, and catches up when there is room.
 */
function yieldToIngestion({ pid }: ChildProcess): void {
  try {
    setPriority(pid as number, STATE_NICENESS)
  } catch {
    // The process has ended, or the system has no priorities; neither is worth a word.
  }
}

function makeEnvironment(): NodeJS.ProcessEnv {
  const passed = PASSED_ON.flatMap((name) =>
    process.env[name] === undefined ? [] : [[name, process.env[name]]],
  )
  return { ...Object.fromEntries(passed), UV_THREADPOOL_SIZE: THREADS }
}

function readAnswer(child: ChildProcess, launch: EngineLaunch): Promise<{ url: string } | EngineRefusal> {
  const { name, log } = launch
  return new Promise((resolve) => {
    if (!child.stdout) return
    let keepAlive: () => void = () => undefined
    createInterface({ input: child.stdout }).on('line', (text) => {
      const line = parseLine(text)
      if (line.beat === true) keepAlive()
      else if (line.ready === true) {
        keepAlive = killWhenStuck(child, launch)
        resolve({ url: line.url as string })
      } else if (typeof line.error === 'string') resolve(line as unknown as EngineRefusal)
      else if (line.log === 'info' || line.log === 'warn' || line.log === 'error')
        log[line.log]({ engine: name, ...(line.details as object) }, String(line.message))
      else log.info({ engine: name }, text)
    })
  })
}

/**
 * An engine in an endless loop gives no sign of life. Beats are counted, not timed, so that a machine that slept
 * doesn't look stuck. Returns what to call at each sign of life.
 */
function killWhenStuck(child: ChildProcess, { name, log, settings }: EngineLaunch): () => void {
  let missed = 0
  const timer = setInterval(() => {
    if (++missed < MISSED_BEATS) return
    log.error({ engine: name }, 'an engine has not moved for minutes; it is being killed')
    child.kill('SIGKILL')
  }, settings.beatMs ?? BEAT_MS)
  timer.unref()
  child.once('exit', () => clearInterval(timer))
  return () => {
    missed = 0
  }
}

function parseLine(text: string): Record<string, unknown> {
  try {
    return { ...(JSON.parse(text) as Record<string, unknown>) }
  } catch {
    return {}
  }
}

function watchEnd(child: ChildProcess): Promise<EngineExit> {
  let lastWords = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    lastWords = (lastWords + text).slice(-LAST_WORDS_CHARACTERS)
  })
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: null, signal: null, lastWords: error.message }))
    child.once('close', (code, signal) => resolve({ code, signal, lastWords }))
  })
}

function describeEnd({ code, signal, lastWords }: EngineExit): EngineRefusal {
  const how = signal ? `was killed by ${signal}` : `ended with code ${code}`
  return { error: `The engine ${how} before it was ready. ${lastWords}`.trim(), code: 'ended' }
}

async function stopEngine(child: ChildProcess, ended: Promise<EngineExit>): Promise<EngineExit> {
  child.stdin?.end()
  const kill = setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS)
  const exit = await ended
  clearTimeout(kill)
  return exit
}
