import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'

export interface CommandCost {
  seconds: number
  /** The most memory that was resident at a time, MB. */
  peak: number
  stdout: string
}

const LOOK_EVERY_MS = 20

/** Runs `tropa …` as a process of its own, as from a terminal: from its start to its end. Linux only. */
export function measureCommand(args: readonly string[]): Promise<CommandCost> {
  const began = performance.now()
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/cli.ts', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let peak = 0
  const look = setInterval(() => {
    peak = Math.max(peak, readPeak(child.pid))
  }, LOOK_EVERY_MS)
  const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []]
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => {
      clearInterval(look)
      const seconds = (performance.now() - began) / 1000
      if (code === 0) resolve({ seconds, peak, stdout: Buffer.concat(stdout).toString() })
      else reject(new Error(`tropa ${args.join(' ')} ended with ${code}: ${Buffer.concat(stderr)}`))
    })
  })
}

/** The kernel keeps the peak itself, so that a look now and then misses nothing but the very end. */
function readPeak(pid: number | undefined): number {
  try {
    return Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
  } catch {
    return 0
  }
}
