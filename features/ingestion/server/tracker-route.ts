import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FastifyReply } from 'fastify'
import { AppError } from '../../../kernel/errors.ts'
import type { App } from '../../../platform/room.ts'

interface BuiltTracker {
  plain: Buffer
  packed: Buffer
  etag: string
}

/** The browser script, the same for every shop: which one it is stands in the tag of the page (`data-key`). */
export function addTrackerRoute(app: App): void {
  let built: Promise<BuiltTracker> | undefined
  app.get('/t.js', { schema: { tags: ['ingest'] } }, async (request, reply) => {
    built ??= readTracker()
    const tracker = await built.catch(() => {
      built = undefined
      throw new AppError('not_found', 'The browser script is not built: run "npm run build".')
    })
    describe(reply, tracker.etag)
    if (request.headers['if-none-match']?.includes(tracker.etag)) return reply.code(304).send()
    if (!/\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) return reply.send(tracker.plain)
    return reply.header('content-encoding', 'gzip').send(tracker.packed)
  })
}

/** Any page of any site may load it, also with `crossorigin` and `integrity`. */
function describe(reply: FastifyReply, etag: string): void {
  reply
    .type('text/javascript; charset=utf-8')
    .header('cache-control', 'public, max-age=3600')
    .header('etag', etag)
    .header('vary', 'accept-encoding')
    .header('access-control-allow-origin', '*')
    .header('cross-origin-resource-policy', 'cross-origin')
    .header('x-content-type-options', 'nosniff')
}

async function readTracker(): Promise<BuiltTracker> {
  const file = findFile(dirname(fileURLToPath(import.meta.url)))
  const [plain, packed] = await Promise.all([readFile(file), readFile(`${file}.gz`)])
  return { plain, packed, etag: `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"` }
}

/** `dist/tracker/t.js`, wherever this code runs from (the sources or `dist/` itself). */
function findFile(folder: string): string {
  const file = join(folder, 'dist', 'tracker', 't.js')
  const parent = dirname(folder)
  return existsSync(file) || parent === folder ? file : findFile(parent)
}
