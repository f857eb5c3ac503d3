import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Makes the data folder usable. */
export async function prepareDataFolder(dataDir: string): Promise<void> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
}

/** A unix socket's path may have 103 bytes on macOS, 107 on Linux. */
const MAX_SOCKET_PATH_BYTES = 103
const LONGEST_SOCKET_NAME = '.s.PGSQL.65535'

export interface SocketFolder {
  path: string
  remove(): Promise<void>
}

/** A private folder for sockets: in the data folder, or among the temporary ones where that path is too long. */
export async function makeSocketFolder(dataDir: string): Promise<SocketFolder> {
  const path = join(dataDir, 'run')
  if (Buffer.byteLength(join(path, LONGEST_SOCKET_NAME)) > MAX_SOCKET_PATH_BYTES) {
    const temporary = await mkdtemp(join(tmpdir(), 'tropa-'))
    return { path: temporary, remove: () => rm(temporary, { recursive: true, force: true }) }
  }
  await mkdir(path, { recursive: true, mode: 0o700 })
  return { path, remove: async () => undefined }
}
