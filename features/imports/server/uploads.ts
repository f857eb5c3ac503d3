import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { and, eq, inArray, sql } from 'drizzle-orm'
import { AppError } from '../../../kernel/errors.ts'
import { cleanText, cutText } from '../../../kernel/text.ts'
import type { Deps } from '../../../platform/room.ts'
import type { UploadedFile } from '../contract.ts'
import { importFiles, type StoredFile } from './import-table.ts'

type UploadDeps = Pick<Deps, 'db' | 'settings'>

const MAX_NAME = 200

export function uploadPath(dataDir: string, id: string): string {
  return join(dataDir, 'imports', 'uploads', id)
}

/** Writes a file as it comes, without holding it in memory. Fails with `too_large` past the limit; then nothing is left of it. */
export async function receiveUpload(
  { db, settings }: UploadDeps,
  upload: { shop: number; name: string; body: Readable; maxBytes: number },
): Promise<UploadedFile> {
  const id = randomUUID()
  const path = uploadPath(settings.dataDir, id)
  const name = cleanName(upload.name)
  await mkdir(join(path, '..'), { recursive: true, mode: 0o700 })
  let bytes = 0
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      done(bytes > upload.maxBytes ? tooLarge(upload.maxBytes) : null, chunk)
    },
  })
  try {
    await pipeline(upload.body, count, createWriteStream(path, { mode: 0o600, flags: 'wx' }))
    if (bytes === 0) throw new AppError('bad_request', 'The file is empty.')
    await db.execute(
      sql`INSERT INTO import_files (id, shop, name, bytes) VALUES (${id}, ${upload.shop}, ${name}, ${bytes})`,
    )
  } catch (error) {
    await rm(path, { force: true })
    throw explain(error)
  }
  return { id, name, bytes }
}

/** The last part of whatever path a browser sends; never a path itself. */
function cleanName(given: string): string {
  const last = cleanText(given).split(/[\\/]/).at(-1)?.trim() ?? ''
  return cutText(last === '' || last === '.' || last === '..' ? 'file' : last, MAX_NAME)
}

export function tooLarge(maxBytes: number): AppError {
  return new AppError(
    'too_large',
    `The file is larger than ${Math.round(maxBytes / 1_000_000)} MB. Pack it with gzip, split it, or import it on the server: npx tropa import.`,
    { details: { maxBytes } },
  )
}

function explain(error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'ENOSPC')
    return new AppError('unprocessable', 'The disk of the server is full: there is no room for the file.', {
      cause: error,
    })
  if (code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ECONNRESET')
    return new AppError('bad_request', 'The connection broke before the whole file had come.', {
      cause: error,
    })
  return error
}

/** Uploaded files in the order asked for; fails with `not_found` when one isn't there (any more). */
export async function getUploads(
  { db, settings }: UploadDeps,
  shop: number,
  ids: readonly string[],
): Promise<(StoredFile & { id: string })[]> {
  const rows = await db
    .select()
    .from(importFiles)
    .where(and(eq(importFiles.shop, shop), inArray(importFiles.id, [...ids])))
  const known = new Map(rows.map((row) => [row.id, row]))
  return Promise.all(
    ids.map(async (id) => {
      const row = known.get(id)
      const path = uploadPath(settings.dataDir, id)
      const found = row && (await stat(path).catch(() => undefined))
      if (!row || !found) throw new AppError('not_found', 'A file is not there any more. Choose it again.')
      return { id, name: row.name, path, bytes: found.size, modified: Math.floor(found.mtimeMs) }
    }),
  )
}

/** Files are kept for a while after their import, so that it can go on; then only their results stay. */
const KEPT_DAYS = 7

/** Deletes uploaded files that no unfinished import needs. */
export async function deleteOldUploads({ db, settings }: UploadDeps): Promise<number> {
  const { rows } = await db.execute<{ id: string }>(
    sql`DELETE FROM import_files f WHERE f.created_at < now() - make_interval(days => ${KEPT_DAYS}) AND NOT EXISTS (
          SELECT 1 FROM imports i WHERE i.shop = f.shop AND i.state IN ('waiting', 'running')
            AND i.files @> jsonb_build_array(jsonb_build_object('name', f.name, 'bytes', f.bytes)))
        RETURNING id`,
  )
  const gone = new Set(rows.map(({ id }) => id))
  const folder = uploadPath(settings.dataDir, '.')
  for (const name of await readdir(folder).catch(() => []))
    if (gone.has(name)) await rm(join(folder, name), { force: true })
  return gone.size
}
