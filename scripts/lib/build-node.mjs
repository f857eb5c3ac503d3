import { cpSync, existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { SetupError } from './install.mjs'
import { fingerprint, isFresh, writeStamp } from './stale.mjs'

const BUILDER = ['scripts/lib', 'package-lock.json']
const SERVER_SOURCES = ['kernel', 'platform', 'features', 'server', 'tracker', 'demo', ...BUILDER]

/** Bundles the two embedded engines; returns false when nothing had changed. */
export function buildEngines(root) {
  return buildIfStale(root, 'engines', ['engines', ...BUILDER], {
    'engines/postgres-main': 'engines/postgres-main.ts',
    'engines/clickhouse-main': 'engines/clickhouse-main.ts',
  })
}

/** Bundles the server, the command line and the worker threads, and lays the migrations beside them. */
export async function buildServer(root) {
  const mains = { 'server/main': 'server/main.ts', 'server/cli': 'server/cli.ts' }
  const isBuilt = await buildIfStale(root, 'server', SERVER_SOURCES, { ...mains, ...findWorkers(root) })
  if (isBuilt) copyMigrations(root)
  return isBuilt
}

let stopService

/** Ends the process that the builder keeps in the background. */
export async function stopBuilder() {
  await stopService?.()
}

async function buildIfStale(root, name, sources, entries) {
  const stampFile = join(root, 'dist', `.${name}-stamp`)
  const value = fingerprint(root, sources)
  if (isFresh(stampFile, value)) return false
  const { build, stop } = await import('esbuild')
  stopService = stop
  rmSync(stampFile, { force: true })
  const options = {
    absWorkingDir: root,
    entryPoints: Object.fromEntries(
      Object.entries(entries).filter(([, path]) => existsSync(join(root, path))),
    ),
    outdir: 'dist',
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    sourcemap: 'linked',
    logLevel: 'error',
  }
  await build(options).catch(() => {
    throw new SetupError(`The part "${name}" could not be built; the reason is above.`)
  })
  writeStamp(stampFile, value)
  return true
}

/** `x.worker.ts` anywhere becomes dist/workers/x.worker.js. */
function findWorkers(root) {
  const paths = ['kernel', 'platform', 'features', 'server', 'demo']
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true }).map((path) => join(folder, path)),
    )
    .filter((path) => path.endsWith('.worker.ts'))
  return Object.fromEntries(paths.map((path) => [`workers/${path.split(/[\\/]/).pop().slice(0, -3)}`, path]))
}

function copyMigrations(root) {
  const from = join(root, 'server', 'migrations')
  const to = join(root, 'dist', 'migrations')
  rmSync(to, { recursive: true, force: true })
  if (existsSync(from)) cpSync(from, to, { recursive: true, filter: (path) => !path.endsWith('.ts') })
}
