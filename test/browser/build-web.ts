import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const configFile = fileURLToPath(new URL('../../vite.config.ts', import.meta.url))
let webRoot: string | undefined

/** The pages, built once for all browser tests, together with the gallery of parts, which the product leaves out. */
export async function setup(): Promise<void> {
  webRoot = await mkdtemp(join(tmpdir(), 'tropa-web-'))
  await build({
    configFile,
    mode: 'gallery',
    logLevel: 'error',
    build: { outDir: webRoot, emptyOutDir: true },
  })
  process.env.TROPA_TEST_WEB = webRoot
}

export async function teardown(): Promise<void> {
  if (webRoot !== undefined) await rm(webRoot, { recursive: true, force: true })
}
