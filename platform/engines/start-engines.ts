import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { makeSocketFolder, prepareDataFolder } from './data-folder.ts'
import type { EngineLog } from './engine-log.ts'
import type { EngineLaunch, EngineName, EngineRefusal } from './engine-process.ts'
import { removeEnginesFile, writeEnginesFile } from './engines-file.ts'
import { failStartup } from './startup-error.ts'
import { type EngineStatus, type SupervisedEngine, superviseEngine } from './supervise-engine.ts'

export interface EnginesOptions {
  dataDir: string
  /** When given, that server is used and no engine is started. */
  databaseUrl?: string
  clickhouseUrl?: string
  log: EngineLog
  /** Where the built engines are; found beside this program unless told otherwise. */
  enginesDir?: string
  lockWaitMs?: number
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

/** Starts the engines whose address was not given, watches them, and hands out both addresses. */
export async function startEngines(options: EnginesOptions): Promise<Engines> {
  const dataDir = resolve(options.dataDir)
  const enginesDir = options.enginesDir ?? join(findProjectRoot(), 'dist', 'engines')
  const listeners: ((name: EngineName) => void)[] = []
  const names = (['postgres', 'clickhouse'] as const).filter((name) => !options[URL_OPTION[name]])
  await prepareDataFolder(dataDir)
  const socket = await makeSocketFolder(dataDir)
  const running = new Map<EngineName, SupervisedEngine>()
  const launchOne = async (name: EngineName) => {
    const launch = describeLaunch(name, { ...options, dataDir, enginesDir, socketDir: socket.path })
    const engine = await superviseEngine(launch, { onRestart: () => announce(name) })
    if ('error' in engine) return engine
    running.set(name, engine)
    return undefined
  }
  const stopAll = async () => {
    await Promise.all([...running.values()].map((engine) => engine.stop()))
    await socket.remove()
  }
  const urlOf = (name: EngineName) => options[URL_OPTION[name]] ?? (running.get(name) as SupervisedEngine).url
  const writeFile = () =>
    writeEnginesFile(dataDir, {
      serverPid: process.pid,
      databaseUrl: urlOf('postgres'),
      clickhouseUrl: urlOf('clickhouse'),
      engines: [...running.values()].map((engine) => ({
        name: engine.status().name,
        pid: engine.status().pid,
      })),
    })
  const announce = (name: EngineName) => {
    writeFile().catch((error) => options.log.warn({ err: error }, 'engines.json could not be written'))
    for (const listener of listeners) listener(name)
  }

  const refusals = (await Promise.all(names.map(launchOne))).filter((refusal) => refusal !== undefined)
  if (refusals[0]) {
    await stopAll()
    failStartup(explainRefusal(refusals[0], dataDir))
  }
  await writeFile()
  return {
    databaseUrl: urlOf('postgres'),
    clickhouseUrl: urlOf('clickhouse'),
    embedded: { postgres: running.has('postgres'), clickhouse: running.has('clickhouse') },
    status: () => [...running.values()].map((engine) => engine.status()),
    onRestart: (listener) => void listeners.push(listener),
    async stop() {
      await stopAll()
      await removeEnginesFile(dataDir)
    },
  }
}

const URL_OPTION = { postgres: 'databaseUrl', clickhouse: 'clickhouseUrl' } as const

function describeLaunch(
  name: EngineName,
  options: EnginesOptions & { enginesDir: string; socketDir: string },
): EngineLaunch {
  const entry = join(options.enginesDir, `${name}-main.js`)
  if (!existsSync(entry))
    failStartup({
      code: 'engine_missing',
      message: `The built engine ${entry} is missing.`,
      mend: 'Run "npm run build", or start with "npm start", which builds what is missing.',
    })
  const { dataDir, lockWaitMs, socketDir, log } = options
  const own =
    name === 'postgres' ? { socketDir } : { user: USER, password: randomBytes(24).toString('base64url') }
  return { name, entry, log, settings: { dataDir, lockWaitMs, ...own } }
}

function explainRefusal(refusal: EngineRefusal, dataDir: string) {
  if (refusal.code === 'folder_in_use')
    return {
      code: 'folder_in_use' as const,
      message: refusal.error,
      mend: `Stop that process (kill ${refusal.pid}), or choose another folder with TROPA_DATA.`,
    }
  return {
    code: 'engine_failed' as const,
    message: `An embedded engine could not start on ${dataDir}: ${refusal.error}`,
    mend: 'If the folder was damaged, restore a backup into an empty one; otherwise report this message.',
  }
}

function findProjectRoot(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const file = join(folder, 'package.json')
    if (existsSync(file) && JSON.parse(readFileSync(file, 'utf8')).name === 'tropa') return folder
    if (dirname(folder) === folder) throw new Error('The folder of the program was not found.')
  }
}
