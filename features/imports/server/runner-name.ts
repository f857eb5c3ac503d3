import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'

/** A name for this process, unique among living and dead ones, also where a container gives every process the same number. */
export function nameRunner(): string {
  return `${hostname()}:${process.pid}:${randomUUID().slice(0, 8)}`
}

/** Surely gone: a process of this machine that isn't there any more. Of other machines only silence tells. */
export function isRunnerGone(runner: string): boolean {
  const [host, pid] = runner.split(':')
  if (host !== hostname() || !/^\d+$/.test(pid ?? '')) return false
  try {
    process.kill(Number(pid), 0)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}
