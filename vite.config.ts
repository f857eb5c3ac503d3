import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/**
 * Libraries that every page needs, kept apart from our own code so that a release doesn't make browsers fetch them
 * again; and parts shared by pages in one piece each, since dozens of small files cost more than they save.
 */
const groups = [
  { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/ },
  { name: 'routing', test: /node_modules[\\/](@tanstack|i18next|react-i18next)[\\/]/ },
  { name: 'icons', test: /node_modules[\\/]@tabler[\\/]/, minShareCount: 2 },
  // What the first code of the page consists of; nothing that draws may slip in.
  {
    name: 'start',
    test: /[\\/]web[\\/](start|words|language|storage|read-address|calendar-day|api-client|api-error|map-(search|requests))\.ts$/,
    priority: 1,
  },
  {
    name: 'parts',
    test: /[\\/]web[\\/](format|session|ui[\\/](page-header|numbers|definition|error-state|form-error|date-time|section))\.tsx?$/,
  },
]

export default defineConfig({
  root: here('./web'),
  plugins: [react(), announceMain(), compressOnce()],
  css: { transformer: 'lightningcss' },
  build: {
    outDir: here('./dist/web'),
    emptyOutDir: true,
    target: 'es2022',
    // One stylesheet for all pages is smaller than what its pieces cost in requests, and nothing waits for a second one.
    cssCodeSplit: false,
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

/** Has the browser fetch the main code beside the small first one, which asks for it only when it runs. */
function announceMain(): Plugin {
  return {
    name: 'announce-main',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(_html, { bundle = {} }) {
        const chunks = Object.values(bundle).filter((one) => one.type === 'chunk')
        const main = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith('/web/main.tsx'))
        const first = chunks.find(({ isEntry }) => isEntry)
        return [...new Set([main?.fileName, ...(main?.imports ?? [])])]
          .filter((file) => file !== undefined && file !== first?.fileName && !first?.imports.includes(file))
          .map((file) => ({
            tag: 'link',
            attrs: { rel: 'modulepreload', crossorigin: true, href: `/${file}` },
            injectTo: 'head',
          }))
      },
    },
  }
}

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
