import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { buildAll } from './build-all.mjs'
import { installIfNeeded, SetupError } from './install.mjs'
import { root } from './root.mjs'

export { followNpm } from './follow-npm.mjs'

/** Installs and builds what is missing. What there is to say goes to stderr: stdout belongs to the command. */
export async function setUp({ withDev = false, withDatabase = false } = {}) {
  try {
    await installIfNeeded(root, { say: (text) => process.stderr.write(`${text}\n`), withDev })
    await buildAll(root, { withDatabase })
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    process.stderr.write(`${[error.output, error.message].filter(Boolean).join('\n')}\n`)
    process.exit(2)
  }
}

/** True when the embedded database has yet to be made. A wrong guess costs a second or two and nothing else. */
export function isFirstStart(args, env) {
  if (env.DATABASE_URL) return false
  const flag = args.findIndex((arg) => arg === '--data' || arg.startsWith('--data='))
  const given = args[flag]?.startsWith('--data=') ? args[flag].slice('--data='.length) : args[flag + 1]
  const dataDir = (flag >= 0 ? given : undefined) ?? env.TROPA_DATA ?? './data'
  return !existsSync(join(dataDir, 'postgres'))
}

/** Runs the built command line in this process with these arguments. */
export async function runCommand(args) {
  // Whoever reads by `| head` has seen enough: that is no failure, but for a server, which has more to do than to be read.
  process.stdout.on('error', (error) => {
    if (error.code === 'EPIPE' && args[0] !== 'start') process.exit(0)
    throw error
  })
  process.setSourceMapsEnabled(true)
  process.argv = [process.argv[0], join(root, 'bin', 'tropa.js'), ...args]
  await import(pathToFileURL(join(root, 'dist', 'server', 'cli.js')).href)
}
