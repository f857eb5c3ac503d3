import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { SetupError } from './install.mjs'

/**
 * What is built into dist/. A part is stale when one of its sources has changed since, or when its output is gone.
 *
 * @typedef {{ name: string, output: string, sources(root: string): string[], build(root: string): Promise<void> }} Part
 */

const BUILDER = ['scripts/lib', 'package-lock.json']

/** @type {Part} The two embedded engines, each a process of its own. */
export const engines = {
  name: 'engines',
  output: 'dist/engines/postgres-main.js',
  sources: () => ['engines', ...BUILDER],
  build: (root) =>
    bundle(root, {
      'engines/postgres-main': 'engines/postgres-main.ts',
      'engines/clickhouse-main': 'engines/clickhouse-main.ts',
    }),
}

/** @type {Part} An empty database for first starts to copy: made beside the other parts, it costs no time of its own. */
export const database = {
  name: 'database',
  output: 'dist/fresh-database/PG_VERSION',
  sources: () => ['engines/postgres/initialise.ts', 'package-lock.json'],
  async build(root) {
    await bundle(root, { 'engines/fresh-database-main': 'engines/fresh-database-main.ts' })
    const [draft, folder] = [join(root, 'dist', 'fresh-database.new'), join(root, 'dist', 'fresh-database')]
    rmSync(draft, { recursive: true, force: true })
    await runNode(
      [join(root, 'dist', 'engines', 'fresh-database-main.js'), draft],
      root,
      'The empty database',
    )
    rmSync(folder, { recursive: true, force: true })
    renameSync(draft, folder)
  },
}

/** @type {Part} The command line, which is also the server, and its worker threads and migrations. */
export const server = {
  name: 'server',
  output: 'dist/server/cli.js',
  sources: () => ['kernel', 'platform', 'features', 'server', 'tracker', 'demo', ...BUILDER],
  async build(root) {
    await bundle(root, { 'server/cli': 'server/cli.ts', ...findWorkers(root) })
    copyMigrations(root)
  },
}

/** @type {Part} The web application. */
export const web = {
  name: 'web',
  output: 'dist/web/index.html',
  sources(root) {
    const rooms = readdirSync(join(root, 'features'))
    const parts = rooms.flatMap((room) => [`features/${room}/web`, `features/${room}/contract.ts`])
    return ['web', 'kernel', 'vite.config.ts', ...BUILDER, ...parts]
  },
  async build(root) {
    const draft = join(root, 'dist', 'web.new')
    const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
    const args = [vite, 'build', '--outDir', draft, '--emptyOutDir', '--logLevel', 'warn']
    await runNode(args, root, 'The web application')
    // A server that is running keeps a whole application to serve until the new one is whole.
    rmSync(join(root, 'dist', 'web'), { recursive: true, force: true })
    renameSync(draft, join(root, 'dist', 'web'))
  },
}

/** @type {Part} The browser script, small as it can be made, and packed once for all who ask for it. */
export const tracker = {
  name: 'tracker',
  output: 'dist/tracker/t.js.gz',
  sources: () => ['tracker', ...BUILDER],
  async build(root) {
    const file = join(root, 'dist', 'tracker', 't.js')
    const text = await shrink(await bundleTracker(root))
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
    writeFileSync(`${file}.gz`, gzipSync(text, { level: 9 }))
  },
}

let stopService

/** Ends the process that the bundler keeps in the background. */
export async function stopBundler() {
  await stopService?.()
}

async function bundle(root, entryPoints) {
  const { build, stop } = await import('esbuild')
  stopService = stop
  const options = {
    absWorkingDir: root,
    entryPoints,
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
    throw new SetupError(`${Object.values(entryPoints)[0]} could not be built; the reason is above.`)
  })
}

async function bundleTracker(root) {
  const { build, stop } = await import('esbuild')
  stopService = stop
  const options = {
    absWorkingDir: root,
    entryPoints: ['tracker/main.ts'],
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    target: 'es2020',
    charset: 'utf8',
    minify: true,
    logLevel: 'error',
    tsconfigRaw: { compilerOptions: { alwaysStrict: false } },
    // Whatever goes wrong while it starts is nobody's business but ours.
    banner: { js: 'try{' },
    footer: { js: '}catch(e){}' },
  }
  const { outputFiles } = await build(options).catch(() => {
    throw new SetupError('tracker/main.ts could not be built; the reason is above.')
  })
  return outputFiles[0].text
}

/** A second pass puts constants in their places and gives shorter names: a hundredth less, where each byte counts. */
async function shrink(text) {
  const { minifySync } = await import('vite')
  const { code } = minifySync('t.js', text, { compress: { target: 'es2020' }, mangle: { toplevel: true } })
  return code
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
  const to = join(root, 'dist', 'migrations')
  rmSync(to, { recursive: true, force: true })
  cpSync(join(root, 'server', 'migrations'), to, { recursive: true, filter: (path) => !path.endsWith('.ts') })
}

/** A process of its own: it gives its memory back, and runs beside the other builds. */
function runNode(args, cwd, what) {
  const env = { ...process.env, NODE_ENV: 'production' }
  const child = spawn(process.execPath, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], env })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => {
      if (code === 0) return resolve()
      reject(new SetupError(`${what} could not be built; the reason is above.`, output))
    })
  })
}
