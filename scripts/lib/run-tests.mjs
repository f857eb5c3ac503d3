import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { root } from './root.mjs'
import { followNpm, setUp } from './setup.mjs'

/** Runs the tests on embedded engines, or what the arguments say; they go to vitest as they are. */
export async function runTests(args) {
  followNpm()
  await setUp({ withDev: true, withDatabase: true })
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
  const child = spawn(process.execPath, [vitest, 'run', ...args], { cwd: root, stdio: 'inherit' })
  // Ctrl-C reaches vitest by itself; this process waits for it to tidy up.
  process.on('SIGINT', () => undefined)
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  child.once('close', (code) => process.exit(code ?? 1))
}
