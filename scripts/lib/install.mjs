import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { writeStamp } from './stale.mjs'

/** A failure with a sentence for a person; scripts print it and end with code 2. */
export class SetupError extends Error {}

/**
 * Installs the packages when they are missing or when the lock file has changed since. `withDev` asks for what tests
 * need as well.
 */
export async function installIfNeeded(root, { say, withDev = false }) {
  const stampFile = join(root, 'node_modules', '.tropa-stamp')
  const stamp = describeInstall(root)
  const isCurrent = existsSync(stampFile)
    ? readFileSync(stampFile, 'utf8') === stamp
    : isInstalledAsLocked(root)
  if (isCurrent && (!withDev || existsSync(join(root, 'node_modules', 'vitest')))) {
    if (!existsSync(stampFile)) writeStamp(stampFile, stamp)
    return
  }
  say('Installing the packages (this takes about a minute, once) …')
  await runNpm(root, ['ci', ...(withDev ? ['--include=dev'] : [])])
  writeStamp(stampFile, stamp)
}

/** Native parts are compiled for one version of Node's interface and one kind of machine. */
function describeInstall(root) {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
  return `${lock} ${process.platform} ${process.arch} ${process.versions.modules}`
}

/** True when somebody ran npm by hand and every package that isn't optional is there in the locked version. */
function isInstalledAsLocked(root) {
  const installed = readPackages(join(root, 'node_modules', '.package-lock.json'))
  const locked = readPackages(join(root, 'package-lock.json'))
  if (!installed || !locked) return false
  return Object.entries(locked).every(
    ([path, entry]) =>
      path === '' || entry.optional || entry.dev || installed[path]?.version === entry.version,
  )
}

function readPackages(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages
  } catch {
    return undefined
  }
}

async function runNpm(root, args) {
  const own = process.env.npm_execpath
  const isNpm = own !== undefined && basename(own).startsWith('npm-cli')
  const [command, first] = isNpm
    ? [process.execPath, [own]]
    : [process.platform === 'win32' ? 'npm.cmd' : 'npm', []]
  const { code, output } = await capture(command, [...first, ...args, '--no-audit', '--no-fund'], root)
  if (code === 0) return
  process.stderr.write(output)
  throw new SetupError(
    'The packages could not be installed; npm says why above. Check the connection and the free disk space, then run this again.',
  )
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
