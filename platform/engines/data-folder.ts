import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, stat, statfs, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { findMissingPart, readDataMarker } from './data-marker.ts'
import { failStartup, findMend, OTHER_FOLDER } from './startup-error.ts'

/** A fresh pair of embedded engines takes some 50 MB, and logs of writes need room to turn around in. */
const NEEDED_MEGABYTES = 200
const MEGABYTE = 1024 * 1024

/**
 * Makes the data folder if it isn't there and refuses one that can't be used: not a folder, not writable, on a full
 * disk, or not whole. Nothing in it is changed.
 */
export async function prepareDataFolder(dataDir: string): Promise<void> {
  try {
    await makeFolder(dataDir)
    await tryToWrite(dataDir)
    await refuseFullDisk(dataDir)
    await refuseHalfWritten(dataDir)
  } catch (error) {
    explainFileError(error as NodeJS.ErrnoException, dataDir)
  }
}

/** Step by step, because Node's own recursive way never returns where a folder can't be made, as under /proc. */
async function makeFolder(path: string, mode = 0o700): Promise<void> {
  const found = await stat(path).catch(() => undefined)
  if (found?.isDirectory()) return
  if (found) refuseOtherThanFolder(path)
  await makeFolder(dirname(path), 0o755)
  await mkdir(path, { mode })
}

function refuseOtherThanFolder(path: string): never {
  failStartup({
    code: 'folder_not_a_directory',
    message: `${path} is in the way of the data folder: it is not a folder.`,
    mend: `Move it away, or ${OTHER_FOLDER}.`,
  })
}

/** The only way to know: rights, read-only disks and quotas all have their own rules. */
async function tryToWrite(dataDir: string): Promise<void> {
  const probe = join(dataDir, `.probe-${process.pid}`)
  await writeFile(probe, 'x'.repeat(4096))
  await rm(probe)
}

async function refuseFullDisk(dataDir: string): Promise<void> {
  const { bavail, bsize } = await statfs(dataDir)
  const free = Math.floor((bavail * bsize) / MEGABYTE)
  if (free >= NEEDED_MEGABYTES) return
  failStartup({
    code: 'disk_full',
    message: `Only ${free} MB are free on the disk of the data folder ${dataDir}; Tropa needs ${NEEDED_MEGABYTES} MB to start.`,
    mend: findMend('disk_full') ?? '',
  })
}

/** An engine whose files are gone would start empty, and nobody would notice until it is too late. */
async function refuseHalfWritten(dataDir: string): Promise<void> {
  const marker = await readDataMarker(dataDir)
  for (const name of ['postgres', 'clickhouse'] as const) {
    const state = marker?.engines[name]
    const missing = findMissingPart(dataDir, name)
    if (state === 'ready' && missing !== undefined) refuse(`"${missing}" is missing`)
    if (state === undefined && existsSync(join(dataDir, name)))
      refuse(`the file that says what belongs to it is missing or does not know of "${name}"`)
  }

  function refuse(reason: string): never {
    failStartup({
      code: 'folder_half_written',
      message: `The data folder ${dataDir} is not whole: ${reason}.`,
      mend: findMend('folder_half_written') ?? '',
    })
  }
}

function explainFileError(error: NodeJS.ErrnoException, dataDir: string): never {
  if (error.code === 'ENOTDIR' || error.code === 'EEXIST') refuseOtherThanFolder(dataDir)
  if (error.code === 'ENOSPC' || error.code === 'EDQUOT')
    failStartup({
      code: 'disk_full',
      message: `The disk of the data folder ${dataDir} is full.`,
      mend: findMend('disk_full') ?? '',
    })
  // A folder that can't even be made, as under /proc, answers ENOENT.
  if (['EACCES', 'EPERM', 'EROFS', 'ENOENT'].includes(error.code ?? ''))
    failStartup({
      code: 'folder_not_writable',
      message: `This user may not write to the data folder ${dataDir}.`,
      mend: findMend('folder_not_writable') ?? '',
    })
  throw error
}

/** A unix socket's path may have 103 bytes on macOS, 107 on Linux. */
const MAX_SOCKET_PATH_BYTES = 103
const SOCKET_NAME = '.s.PGSQL.5432'

export interface SocketFolder {
  path: string
  remove(): Promise<void>
}

/** A private folder for sockets: in the data folder, or among the temporary ones where that path is too long. */
export async function makeSocketFolder(dataDir: string): Promise<SocketFolder> {
  const path = join(dataDir, 'run')
  if (Buffer.byteLength(join(path, SOCKET_NAME)) > MAX_SOCKET_PATH_BYTES) {
    const temporary = await mkdtemp(join(tmpdir(), 'tropa-'))
    return { path: temporary, remove: () => rm(temporary, { recursive: true, force: true }) }
  }
  await mkdir(path, { recursive: true, mode: 0o700 })
  return { path, remove: async () => undefined }
}
