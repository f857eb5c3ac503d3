import { spawn } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { writeStamp } from './stale.mjs'

/** A failure with a sentence for a person; scripts print it, after what the failed program had to say, and end with code 2. */
export class SetupError extends Error {
  constructor(message, output) {
    super(message)
    this.output = output
  }
}

/**
 * Installs the packages when some are missing or not in the locked version. `withDev` asks for what tests need as well.
 */
export async function installIfNeeded(root, { say, withDev = false }) {
  if (isForThisMachine(root) && isInstalledAsLocked(root, withDev)) return
  say('Installing the packages (this takes about a minute, once) …')
  await install(root, withDev ? ['--include=dev'] : [])
  writeStamp(join(root, 'node_modules', '.tropa-machine'), MACHINE)
}

const MACHINE = `${process.platform} ${process.arch}`

/** A folder that was copied here from another kind of machine has the wrong native parts. */
function isForThisMachine(root) {
  const stamp = join(root, 'node_modules', '.tropa-machine')
  return !existsSync(stamp) || readFileSync(stamp, 'utf8') === MACHINE
}

/** npm writes down what it has installed when it is done; every package that isn't optional must be there as locked. */
function isInstalledAsLocked(root, withDev) {
  const installed = readPackages(join(root, 'node_modules', '.package-lock.json'))
  const locked = readPackages(join(root, 'package-lock.json'))
  if (!installed || !locked) return false
  return Object.entries(locked).every(([path, { version, optional, dev }]) => {
    const isSpared = path === '' || optional || (dev && !withDev)
    return isSpared || installed[path]?.version === version
  })
}

function readPackages(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages
  } catch {
    return undefined
  }
}

/**
 * `npm ci` refuses the whole lock file when a registry doesn't have the optional packages of other systems, as small
 * mirrors don't. `npm install` takes the locked versions too but may write the file anew, so it is put back.
 */
async function install(root, flags) {
  const clean = await runNpm(root, ['ci', ...flags])
  if (clean.code === 0) return
  if (!clean.output.includes('EUSAGE')) fail(clean.output)
  const lockFile = join(root, 'package-lock.json')
  const locked = readFileSync(lockFile)
  const second = await runNpm(root, ['install', '--no-save', ...flags])
  writeFileSync(lockFile, locked)
  if (second.code !== 0) fail(second.output)
}

function fail(output) {
  throw new SetupError(
    'The packages could not be installed; npm says why above. Check the connection and the free disk space, then run this again.',
    output,
  )
}

function runNpm(root, args) {
  const own = process.env.npm_execpath
  const isNpm = own !== undefined && basename(own).startsWith('npm-cli')
  const plain = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const [command, first] = isNpm ? [process.execPath, [own]] : [plain, []]
  return capture(command, [...first, ...args, '--no-audit', '--no-fund', '--loglevel=warn'], root)
}

/** npm's words matter only when it fails; its warnings go to the same place and mean nothing here. */
function capture(command, args, cwd) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: command.endsWith('.cmd'),
    })
    let output = ''
    child.stdout.on('data', (text) => (output += text))
    child.stderr.on('data', (text) => (output += text))
    child.once('error', (error) => resolve({ code: 1, output: `${error.message}\n` }))
    child.once('close', (code) => resolve({ code, output }))
  })
}
