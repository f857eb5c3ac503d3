import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const LONGEST_BUILD_MS = 120_000

/** Two commands started at once don't write the same files: the second waits, and then finds nothing left to do. */
export async function withBuildLock(root, work) {
  const file = join(root, 'dist', '.lock')
  mkdirSync(join(root, 'dist'), { recursive: true })
  const deadline = Date.now() + LONGEST_BUILD_MS
  while (!tryTake(file)) {
    if (!isHolderAlive(file) || Date.now() > deadline) rmSync(file, { force: true })
    else await sleep(50)
  }
  try {
    return await work()
  } finally {
    rmSync(file, { force: true })
  }
}

function tryTake(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
}

function isHolderAlive(file) {
  try {
    const pid = Number(readFileSync(file, 'utf8'))
    // Its number is written just after the file appears.
    if (pid === 0) return true
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}
