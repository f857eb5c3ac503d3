import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compileGlob } from './glob.ts'

/** The second, independent way: a regular expression. */
function matchByRegExp(pattern: string, text: string): boolean {
  const body = Array.from(pattern, (char) => {
    if (char === '*') return '[^]*'
    return char === '?' ? '[^]' : char.replace(/[\\^$.|?*+()[\]{}/-]/, '\\$&')
  })
  return new RegExp(`^${body.join('')}$`, 'u').test(text)
}

describe('a pattern', () => {
  test('fits what the same regular expression fits', () => {
    const part = fc.constantFrom('a', 'b', 'ab', '😀', '*', '?', '.', '\\', '\n', '[', 'Ж')
    const text = fc.array(part, { maxLength: 8 }).map((parts) => parts.join(''))
    fc.assert(
      fc.property(text, text, (pattern, given) => {
        expect(compileGlob(pattern)(given)).toBe(matchByRegExp(pattern, given))
      }),
      { numRuns: 5000 },
    )
  })

  test('made to be slow is not', () => {
    const fits = compileGlob(`${'*a'.repeat(120)}*b`)
    const started = performance.now()
    expect(fits('a'.repeat(30_000))).toBe(false)
    expect(performance.now() - started).toBeLessThan(10_000)
  })
})
