import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { makeSocketFolder, prepareDataFolder } from './data-folder.ts'
import { markEngines, markFilledEngines } from './data-marker.ts'
import type { EngineLog } from './engine-log.ts'
import type { EngineLaunch, EngineName } from './engine-process.ts'
import { removeEnginesFile, writeEnginesFile } from './engines-file.ts'
import { explainRefusal, failStartup } from './startup-error.ts'
import { type EngineStatus, type SupervisedEngine, superviseEngine } from './supervise-engine.ts'

export interface EnginesOptions {
  dataDir: string
  /** When given, that server is used and no engine is started. */
  databaseUrl?: string
  clickhouseUrl?: string
  log: EngineLog
  /** Where the built engines are; found beside this program unless told otherwise. */
  enginesDir?: string
  /** How long to wait for an orphan of an earlier server to leave the folder. */
  lockWaitMs?: number
  /** The rhythm of the engines' signs of life. */
  beatMs?: number
}

export interface Engines {
  databaseUrl: string
  clickhouseUrl: string
  embedded: { postgres: boolean; clickhouse: boolean }
  status(): EngineStatus[]
  /** Called after a crashed engine has come back at the same address. */
  onRestart(listener: (name: EngineName) => void): void
  stop(): Promise<void>
}

const USER = 'tropa'
const MARK_AFTER_MS = 30_000
const URL_OPTION = { postgres: 'databaseUrl', clickhouse: 'clickhouseUrl' } as const

/** Starts the engines whose address was not given, watches them, and hands out both addresses. */
export async function startEngines(options: EnginesOptions): Promise<Engines> {
  const dataDir = resolve(options.dataDir)
  const names = (['postgres', 'clickhouse'] as const).filter((name) => !options[URL_OPTION[name]])
  await prepareDataFolder(dataDir)
  await markEngines(dataDir, names, 'starting')
  const socket = await makeSocketFolder(dataDir)
  const listeners: ((name: EngineName) => void)[] = []
  const launches = names.map((name) => describeLaunch(name, { ...options, dataDir, socketDir: socket.path }))
  let publish: () => Promise<void> = async () => undefined
  const running = await superviseAll(launches, (name) => {
    publish()
      .catch((error) => options.log.warn({ err: error }, 'engines.json could not be written'))
      .finally(() => {
        for (const listener of listeners) listener(name)
      })
  })
  const urlOf = (name: EngineName) => options[URL_OPTION[name]] ?? (running.get(name) as SupervisedEngine).url
  const urls = { databaseUrl: urlOf('postgres'), clickhouseUrl: urlOf('clickhouse') }
  publish = () =>
    writeEnginesFile(dataDir, { serverPid: process.pid, ...urls, engines: listNumbers(running) })

  const markFilled = () => markFilledEngines(dataDir, names)
  await markFilled()
  // A first start fills them only now.
  const markLater = setTimeout(() => markFilled().catch(() => undefined), MARK_AFTER_MS).unref()
  await publish()
  return {
    ...urls,
    embedded: { postgres: running.has('postgres'), clickhouse: running.has('clickhouse') },
    status: () => listStatus(running),
    onRestart: (listener) => void listeners.push(listener),
    async stop() {
      clearTimeout(markLater)
      await stopAll(running)
      await markFilled()
      await socket.remove()
      await removeEnginesFile(dataDir)
    },
  }
}

/** Starts all or, when one refuses, none. */
async function superviseAll(launches: EngineLaunch[], onRestart: (name: EngineName) => void) {
  const running = new Map<EngineName, SupervisedEngine>()
  const answers = await Promise.all(
    launches.map(async (launch) => {
      const engine = await superviseEngine(launch, { onRestart: () => onRestart(launch.name) })
      if ('error' in engine) return { ...engine, dataDir: launch.settings.dataDir }
      running.set(launch.name, engine)
      return undefined
    }),
  )
  const refusal = answers.find((answer) => answer !== undefined)
  if (refusal) {
    await stopAll(running)
    failStartup(explainRefusal(refusal))
  }
  return running
}

async function stopAll(running: Map<EngineName, SupervisedEngine>): Promise<void> {
  await Promise.all([...running.values()].map((engine) => engine.stop()))
}

function listStatus(running: Map<EngineName, SupervisedEngine>): EngineStatus[] {
  return [...running.values()].map((engine) => engine.status())
}

function listNumbers(running: Map<EngineName, SupervisedEngine>) {
  return listStatus(running).map(({ name, pid }) => ({ name, pid }))
}

function describeLaunch(name: EngineName, options: EnginesOptions & { socketDir: string }): EngineLaunch {
  const { dataDir, lockWaitMs, beatMs, socketDir, log } = options
  const entry = join(options.enginesDir ?? join(findProjectRoot(), 'dist', 'engines'), `${name}-main.js`)
  if (!existsSync(entry))
    failStartup({
      code: 'engine_missing',
      message: `The built engine ${entry} is missing.`,
      mend: 'Run "npm run build", or start with "npm start", which builds what is missing.',
    })
  const password = randomBytes(24).toString('base64url')
  const own = name === 'postgres' ? { socketDir } : { user: USER, password }
  return { name, entry, log, settings: { dataDir, lockWaitMs, beatMs, ...own } }
}

function findProjectRoot(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const file = join(folder, 'package.json')
    if (existsSync(file) && JSON.parse(readFileSync(file, 'utf8')).name === 'tropa') return folder
    if (dirname(folder) === folder) throw new Error('The folder of the program was not found.')
  }
}
