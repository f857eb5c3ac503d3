import { spawn } from 'node:child_process'
import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { SetupError } from './install.mjs'
import { fingerprint, isFresh, writeStamp } from './stale.mjs'

/** Builds the web application into dist/web, unless nothing that it is made of has changed since. */
export async function buildWeb(root) {
  if (!existsSync(join(root, 'web', 'main.tsx'))) return false
  const stampFile = join(root, 'dist', '.web-stamp')
  const value = fingerprint(root, findSources(root))
  if (isFresh(stampFile, value) && existsSync(join(root, 'dist', 'web', 'index.html'))) return false
  const draft = join(root, 'dist', 'web.new')
  await runVite(root, ['build', '--outDir', draft, '--emptyOutDir', '--logLevel', 'warn'])
  // A server that is running keeps a whole application to serve until the new one is whole.
  rmSync(join(root, 'dist', 'web'), { recursive: true, force: true })
  renameSync(draft, join(root, 'dist', 'web'))
  writeStamp(stampFile, value)
  return true
}

function findSources(root) {
  const rooms = existsSync(join(root, 'features')) ? readdirSync(join(root, 'features')) : []
  const parts = rooms.flatMap((room) => [`features/${room}/web`, `features/${room}/contract.ts`])
  return ['web', 'kernel', 'vite.config.ts', 'package-lock.json', ...parts]
}

/** A process of its own: it gives its memory back, and runs beside the other builds. */
function runVite(root, args) {
  const child = spawn(process.execPath, [join(root, 'node_modules', 'vite', 'bin', 'vite.js'), ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_ENV: 'production' },
  })
  let output = ''
  child.stdout.on('data', (text) => (output += text))
  child.stderr.on('data', (text) => (output += text))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => {
      if (code === 0) return resolve()
      reject(new SetupError('The web application could not be built; the reason is above.', output))
    })
  })
}
