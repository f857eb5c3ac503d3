import { createHash, type Hash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { finished } from 'node:stream/promises'
import { constants, createGunzip, createGzip } from 'node:zlib'
import { AppError } from '../../kernel/errors.ts'

/**
 * A backup is one gzip file of frames: a byte that tells the kind, four bytes of length, the payload. A section is a
 * `begin` frame, its data frames, and an `end` frame with row count and SHA-256 of its data; the file ends with a
 * `trailer`. So a truncated or damaged file is told from a whole one before anything is believed.
 */
export interface Section {
  store: 'postgres' | 'clickhouse' | 'files'
  name: string
  columns: string[]
}

export interface Manifest {
  format: 1
  version: string
  createdAt: string
  installation: string
  epoch: number
  migrations: { postgres: string[]; clickhouse: string[] }
}

type Control =
  | { type: 'manifest'; manifest: Manifest }
  | { type: 'begin'; section: Section }
  | { type: 'end'; rows: number; sha256: string }
  | { type: 'trailer'; sections: number }

const CONTROL = 1
const DATA = 2
const HEADER_BYTES = 5
const MAX_FRAME_BYTES = 64 * 1024 * 1024

export interface BackupWriter {
  manifest(manifest: Manifest): Promise<void>
  /** Writes one section from chunks of whole lines; returns how many rows. */
  section(section: Section, chunks: AsyncIterable<{ data: Buffer; rows: number }>): Promise<number>
  /** Makes the file appear under its name. */
  finish(): Promise<void>
  abort(): Promise<void>
}

/** Writes beside the target and renames at the end, so that an interrupted backup never looks like a whole one. */
export function createBackupWriter(path: string): BackupWriter {
  const partial = `${path}.partial`
  const gzip = createGzip({ level: constants.Z_BEST_SPEED })
  const file = createWriteStream(partial, { mode: 0o600 })
  gzip.pipe(file)
  const done = finished(file)
  done.catch(() => undefined)
  let sections = 0

  async function frame(kind: number, payload: Buffer): Promise<void> {
    const header = Buffer.alloc(HEADER_BYTES)
    header.writeUInt8(kind, 0)
    header.writeUInt32BE(payload.length, 1)
    gzip.write(header)
    if (!gzip.write(payload))
      await Promise.race([new Promise((resolve) => gzip.once('drain', resolve)), done])
  }
  const control = (value: Control) => frame(CONTROL, Buffer.from(JSON.stringify(value)))

  return {
    manifest: (manifest) => control({ type: 'manifest', manifest }),
    async section(section, chunks) {
      await control({ type: 'begin', section })
      const hash = createHash('sha256')
      let rows = 0
      for await (const chunk of chunks) {
        hash.update(chunk.data)
        rows += chunk.rows
        await frame(DATA, chunk.data)
      }
      await control({ type: 'end', rows, sha256: hash.digest('hex') })
      sections++
      return rows
    },
    async finish() {
      await control({ type: 'trailer', sections })
      gzip.end()
      await done
      await rename(partial, path)
    },
    async abort() {
      gzip.destroy()
      file.destroy()
      await rm(partial, { force: true })
    },
  }
}

export interface BackupVisitor {
  manifest(manifest: Manifest): Promise<void>
  begin(section: Section): Promise<void>
  data(section: Section, data: Buffer): Promise<void>
  end(section: Section, rows: number): Promise<void>
}

/** Walks a backup from front to back; fails with a clear error where the file is not whole. */
export async function readBackup(path: string, visitor: BackupVisitor): Promise<void> {
  const state: ReadState = { section: undefined, hash: undefined, sections: 0, trailer: false }
  for await (const { kind, payload } of readFrames(path)) {
    if (kind === DATA) {
      if (!state.section || !state.hash) throw damaged('data outside a section')
      state.hash.update(payload)
      await visitor.data(state.section, payload)
    } else if (kind === CONTROL)
      await onControl(JSON.parse(payload.toString('utf8')) as Control, state, visitor)
    else throw damaged(`an unknown frame ${kind}`)
  }
  if (!state.trailer) throw damaged('its end is missing')
}

interface ReadState {
  section: Section | undefined
  hash: Hash | undefined
  sections: number
  trailer: boolean
}

async function onControl(control: Control, state: ReadState, visitor: BackupVisitor): Promise<void> {
  switch (control.type) {
    case 'manifest':
      if (control.manifest.format !== 1)
        throw damaged(`its format is ${control.manifest.format}, this version reads 1`)
      return visitor.manifest(control.manifest)
    case 'begin':
      state.section = control.section
      state.hash = createHash('sha256')
      return visitor.begin(control.section)
    case 'end': {
      const { section, hash } = state
      if (!section || hash?.digest('hex') !== control.sha256)
        throw damaged(`the part ${section?.name} has been changed`)
      state.section = undefined
      state.sections++
      return visitor.end(section, control.rows)
    }
    case 'trailer':
      if (control.sections !== state.sections) throw damaged('a part is missing')
      state.trailer = true
  }
}

async function* readFrames(path: string): AsyncGenerator<{ kind: number; payload: Buffer }> {
  const source = createReadStream(path)
  const gunzip = createGunzip()
  source.on('error', (error) => gunzip.destroy(error))
  let pending: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of source.pipe(gunzip)) {
      pending.push(chunk as Buffer)
      size += (chunk as Buffer).length
      if (size < HEADER_BYTES) continue
      let bytes = pending.length === 1 ? (pending[0] as Buffer) : Buffer.concat(pending)
      for (let frame = takeFrame(bytes); frame; frame = takeFrame(bytes)) {
        yield frame
        bytes = bytes.subarray(HEADER_BYTES + frame.payload.length)
      }
      pending = [bytes]
      size = bytes.length
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? ''
    if (code === 'ENOENT') throw new AppError('bad_request', `There is no file ${path}.`)
    if (code.startsWith('Z_')) throw damaged('it is not a gzip file, or it was cut')
    throw error
  }
  if (size > 0) throw damaged('it was cut in the middle')
}

function takeFrame(bytes: Buffer): { kind: number; payload: Buffer } | undefined {
  if (bytes.length < HEADER_BYTES) return undefined
  const length = bytes.readUInt32BE(1)
  if (length > MAX_FRAME_BYTES) throw damaged('a frame is impossibly long')
  if (bytes.length < HEADER_BYTES + length) return undefined
  return { kind: bytes.readUInt8(0), payload: bytes.subarray(HEADER_BYTES, HEADER_BYTES + length) }
}

function damaged(why: string): AppError {
  return new AppError('bad_request', `The backup file can't be used: ${why}. Use another backup.`)
}
