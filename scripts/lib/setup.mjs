import { buildAll } from './build-all.mjs'
import { installIfNeeded, SetupError } from './install.mjs'
import { root } from './root.mjs'

export { followNpm } from './follow-npm.mjs'

/** Installs and builds what is missing. What there is to say goes to stderr: stdout belongs to the command. */
export async function setUp({ withDev = false } = {}) {
  try {
    await installIfNeeded(root, { say: (text) => process.stderr.write(`${text}\n`), withDev })
    await buildAll(root)
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    process.stderr.write(`${[error.output, error.message].filter(Boolean).join('\n')}\n`)
    process.exit(2)
  }
}

/** Runs the built command line in this process with these arguments. */
export async function runCommand(args) {
  process.setSourceMapsEnabled(true)
  process.argv = [process.argv[0], `${root}/bin/tropa.js`, ...args]
  await import(`file://${root}/dist/server/cli.js`)
}
