import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** What a running server tells the command line about its engines. Readable by its own user only: it holds a password. */
export interface RunningServer {
  serverPid: number
  databaseUrl: string
  clickhouseUrl: string
  engines: { name: string; pid: number | undefined }[]
}

const FILE = 'engines.json'

export async function writeEnginesFile(dataDir: string, content: RunningServer): Promise<void> {
  const path = join(dataDir, FILE)
  const draft = `${path}.${process.pid}`
  await writeFile(draft, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 })
  await rename(draft, path)
}

export async function removeEnginesFile(dataDir: string): Promise<void> {
  await rm(join(dataDir, FILE), { force: true })
}

/** The server that runs on this data folder, when one does. A file left behind by a killed one doesn't count. */
export async function findRunningServer(dataDir: string): Promise<RunningServer | undefined> {
  const text = await readFile(join(dataDir, FILE), 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  try {
    const content = JSON.parse(text) as RunningServer
    process.kill(content.serverPid, 0)
    return content
  } catch {
    return undefined
  }
}
