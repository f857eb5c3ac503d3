import { type ChildProcess, spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { RunningServer } from '../../platform/engines/engines-file.ts'

const root = join(import.meta.dirname, '../..')

/** A whole Tropa as a shop runs it: its own process over its own data folder. */
export interface ServerProcess {
  url: string
  dataDir: string
  pid: number
  output(): string
  /** Process ids of the engine children, as the server wrote them down. */
  engines(): Promise<RunningServer>
  kill(): Promise<void>
  stop(): Promise<void>
}

export async function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
}

/** Starts the built program and waits until it serves. */
export async function startServerProcess(options: {
  dataDir: string
  port: number
  env?: Record<string, string>
  args?: string[]
}): Promise<ServerProcess> {
  const where = ['--port', String(options.port), '--data', options.dataDir, '--host', '127.0.0.1']
  const args = ['start', ...where, ...(options.args ?? [])]
  const child = spawn(process.execPath, ['--enable-source-maps', join(root, 'dist/server/cli.js'), ...args], {
    env: { ...process.env, TROPA_LOG: 'warn', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  await untilReady(child, () => output)
  return {
    url: `http://127.0.0.1:${options.port}`,
    dataDir: options.dataDir,
    pid: child.pid as number,
    output: () => output,
    engines: async () =>
      JSON.parse(await readFile(join(options.dataDir, 'engines.json'), 'utf8')) as RunningServer,
    kill: () => end(child, 'SIGKILL'),
    stop: () => end(child, 'SIGTERM'),
  }
}

function untilReady(child: ChildProcess, output: () => string): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = setInterval(() => {
      if (!output().includes('Tropa is ready')) return
      clearInterval(look)
      resolve()
    }, 20)
    child.once('exit', (code, signal) => {
      clearInterval(look)
      reject(new Error(`The server ended before it was ready (${code ?? signal}): ${output()}`))
    })
  })
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill(signal)
  await ended
}

/** Becomes the owner through the printed link and returns a cookie, the shop and its write key. */
export async function becomeOwner(
  server: ServerProcess,
): Promise<{ cookie: string; shop: number; writeKey: string }> {
  const token = /\/welcome\/(\S+)/.exec(server.output())?.[1]
  expect(token).toBeDefined()
  const answer = await fetch(`${server.url}/api/welcome/${token}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-tropa-request': '1' },
    body: JSON.stringify({
      name: 'Олена',
      email: 'owner@shop.example',
      password: 'a long enough secret',
      shopName: 'Стежка',
      currency: 'UAH',
      timeZone: 'Europe/Kyiv',
      language: 'uk',
    }),
  })
  expect(answer.status, await answer.clone().text()).toBe(200)
  const { shop } = (await answer.json()) as { shop: number }
  const cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  const sources = await fetch(`${server.url}/api/shops/${shop}/sources`, { headers: { cookie } })
  const { items } = (await sources.json()) as { items: { keys: { key: string }[] }[] }
  const writeKey = items.flatMap((source) => source.keys)[0]?.key as string
  return { cookie, shop, writeKey }
}
