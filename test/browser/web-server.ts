import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { fastify } from 'fastify'
import { build } from 'vite'
import type { App } from '../../platform/room.ts'
import { addWeb } from '../../server/web-files.ts'

const configFile = fileURLToPath(new URL('../../vite.config.ts', import.meta.url))

/**
 * Builds the web application together with the gallery of parts, which the product leaves out, and serves it the way
 * the product does, content policy included. There is no API behind it.
 */
export async function openGalleryServer(): Promise<{ url: string; close: () => Promise<void> }> {
  const root = await mkdtemp(join(tmpdir(), 'tropa-web-'))
  await build({ configFile, mode: 'gallery', logLevel: 'error', build: { outDir: root, emptyOutDir: true } })
  const app: App = fastify().withTypeProvider<TypeBoxTypeProvider>()
  await addWeb(app, root)
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  return {
    url,
    async close() {
      await app.close()
      await rm(root, { recursive: true, force: true })
    },
  }
}
