import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Libraries that every page needs, kept apart from our own code so that a release doesn't make browsers fetch them again. */
const groups = [
  { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/ },
  { name: 'routing', test: /node_modules[\\/](@tanstack|i18next|react-i18next)[\\/]/ },
]

export default defineConfig({
  root: here('./web'),
  plugins: [react(), compressOnce()],
  css: { transformer: 'lightningcss' },
  build: {
    outDir: here('./dist/web'),
    emptyOutDir: true,
    target: 'es2022',
    // The content policy lets nothing but the server itself be asked, so nothing may become a data: URL.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 400,
    rolldownOptions: {
      output: { codeSplitting: { groups } },
      // Reads the icons in use and not the 6,000 others: 0.5 s instead of 2.
      experimental: { lazyBarrel: true },
      checks: { largeBarrelModules: false },
    },
  },
  server: {
    port: 5173,
    // A pattern, since '/api' alone would also take our own /api-client.ts.
    proxy: { '^/api/': 'http://127.0.0.1:3000', '^/healthz': 'http://127.0.0.1:3000' },
  },
})

/** Writes `.br` and `.gz` beside each text file, so that the server never compresses what doesn't change. */
function compressOnce(): Plugin {
  return {
    name: 'compress-once',
    apply: 'build',
    async writeBundle({ dir = '' }) {
      const files = await readdir(dir, { recursive: true })
      await Promise.all(
        files.filter((file) => /\.(js|css|html|svg)$/.test(file)).map((file) => compress(join(dir, file))),
      )
    },
  }
}

const brotliQuality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }

async function compress(file: string): Promise<void> {
  const content = await readFile(file)
  await Promise.all([
    promisify(brotliCompress)(content, brotliQuality).then((small) => writeFile(`${file}.br`, small)),
    promisify(gzip)(content).then((small) => writeFile(`${file}.gz`, small)),
  ])
}
