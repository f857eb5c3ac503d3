import { execFileSync } from 'node:child_process'
import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'

/**
 * A text that no later process with the same number will have, or undefined when there is no such process. Process
 * numbers are used again after a while, so a number alone proves nothing.
 */
export function findProcessMark(pid: number): string | undefined {
  if (process.platform === 'linux') return findLinuxMark(pid)
  if (process.platform === 'darwin') return findMacMark(pid)
  return isNumberInUse(pid) ? 'alive' : undefined
}

/** Names the space in which process numbers mean something: two containers may share a folder but not their processes. */
export function readProcessSpace(): string {
  const space = process.platform === 'linux' ? readlinkSync('/proc/self/ns/pid') : ''
  return `${hostname()} ${space}`
}

const STATE_FIELD = 0
const START_TIME_FIELD = 19

function findLinuxMark(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    // The second field is the command in brackets and may itself hold spaces and brackets.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    // A zombie has ended; only its parent has not noticed yet.
    if (fields[STATE_FIELD] === 'Z' || fields[STATE_FIELD] === 'X') return undefined
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim()
    return `${boot} ${fields[START_TIME_FIELD]}`
  } catch {
    return undefined
  }
}

function findMacMark(pid: number): string | undefined {
  try {
    const text = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim()
    const [state = '', ...start] = text.split(/\s+/)
    return text === '' || state.startsWith('Z') ? undefined : start.join(' ')
  } catch {
    return undefined
  }
}

function isNumberInUse(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
