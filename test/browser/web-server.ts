import { mkdtemp, rm } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createServer } from 'vite'

export type Answer = (request: IncomingMessage, response: ServerResponse) => void

/** Serves the web application from its sources, the way development does. `answer` takes what is asked below `/api`. */
export async function openWebServer(answer?: Answer): Promise<{ url: string; close: () => Promise<void> }> {
  // A cache of its own: a developer's server may be running, and two would spoil each other's.
  const cacheDir = await mkdtemp(join(tmpdir(), 'tropa-vite-'))
  const vite = await createServer({
    configFile: fileURLToPath(new URL('../../vite.config.ts', import.meta.url)),
    cacheDir,
    logLevel: 'error',
    server: { port: 0, host: '127.0.0.1', hmr: false, ws: false, proxy: {}, watch: null },
    plugins: [
      {
        name: 'answer-api',
        configureServer: ({ middlewares }) => {
          if (answer) middlewares.use('/api', answer)
        },
      },
    ],
  })
  await vite.listen()
  const { port } = vite.httpServer?.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      await vite.close()
      await rm(cacheDir, { recursive: true, force: true })
    },
  }
}
