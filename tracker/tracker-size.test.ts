import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { transformSync } from 'esbuild'
import { describe, expect, test } from 'vitest'

const file = join(import.meta.dirname, '..', 'dist', 'tracker', 't.js')
const text = readFileSync(file, 'utf8')

describe('the built script', () => {
  test('is under 3,072 bytes, packed as it is served', () => {
    expect(gzipSync(text, { level: 9 }).length).toBeLessThan(3_072)
    expect(gunzipSync(readFileSync(`${file}.gz`)).toString()).toBe(text)
  })

  test('asks no more of a browser than those of 2020 have', () => {
    const lower = (target: string) => transformSync(text, { target, minify: true, charset: 'utf8' }).code
    // The newest target only drops the names of errors that nobody reads.
    expect(lower('es2020').replace(/catch\(\w+\)/g, 'catch')).toBe(lower('esnext'))
  })

  test('leaves no name in the page but its own', () => {
    expect(text).toMatch(/^try\{\s*\(/)
    const names = [...text.matchAll(/\b(?:window|self|globalThis)\.(\w+)\s*=[^=]/g)].map(([, name]) => name)
    expect(new Set(names)).toEqual(new Set(['tropa']))
  })
})
