import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cleanText, cutText, maskSecret } from './text.ts'

const anyText = fc.string({
  unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
})

describe('clean text', () => {
  test('has no half characters and no NUL', () => {
    expect(cleanText('a\ud800b\udc00c\0d')).toBe('a\ufffdb\ufffdcd')
    expect(cleanText('😀 ґанок')).toBe('😀 ґанок')
    expect(cleanText('\ud83d\ud83d\ude00')).toBe('\ufffd😀')
  })

  test('comes through UTF-8 unchanged, and cleaning it again changes nothing', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const clean = cleanText(text)
        expect(Buffer.from(clean, 'utf8').toString('utf8')).toBe(clean)
        expect(clean).not.toContain('\0')
        expect(cleanText(clean)).toBe(clean)
      }),
      { numRuns: 2000 },
    )
  })

  test('is cut between characters, never inside one', () => {
    expect(cutText('ab😀c', 3)).toBe('ab')
    expect(cutText('ab😀c', 4)).toBe('ab😀')
    expect(cutText('abc', 10)).toBe('abc')
  })
})

describe('a masked secret', () => {
  test('shows its kind and four characters', () => {
    expect(maskSecret('tropa_wk_9fK2mQ7xZ1bC8dE4')).toBe('tropa_wk_9fK2…')
    expect(maskSecret('9fK2mQ7xZ1bC8dE4')).toBe('9fK2…')
  })

  test('shows nothing of a short one', () => {
    expect(maskSecret('hunter2')).toBe('…')
    expect(maskSecret('')).toBe('…')
  })
})
