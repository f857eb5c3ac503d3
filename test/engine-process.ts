import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

export interface EngineRun {
  child: ChildProcess
  /** The first line that says "ready" or "error". */
  answer: Promise<{ ready?: true; url: string; error?: string; code?: string; pid?: number }>
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>
}

/** Runs a built engine as its supervisor does, without the supervisor. */
export function runEngine(
  name: 'postgres' | 'clickhouse',
  settings: { dataDir: string; [key: string]: unknown },
): EngineRun {
  const entry = join(import.meta.dirname, '..', 'dist', 'engines', `${name}-main.js`)
  const child = spawn(process.execPath, ['--stack-size=3900', entry], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, UV_THREADPOOL_SIZE: '16' },
  })
  child.stdin.on('error', () => undefined)
  child.stdin.write(`${JSON.stringify(settings)}\n`)
  const answer = new Promise<Awaited<EngineRun['answer']>>((resolve) => {
    createInterface({ input: child.stdout }).on('line', (text) => {
      const line = JSON.parse(text)
      if (line.ready || line.error) resolve(line)
    })
  })
  return { child, answer, ended: once(child, 'exit').then(([code, signal]) => ({ code, signal })) }
}
