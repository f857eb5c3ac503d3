import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { normaliseEmail } from './email.ts'

describe('an e-mail address', () => {
  test.each([
    ['  Olena.K@Gmail.COM ', 'olena.k@gmail.com'],
    ['mailto:olena@shop.ua', 'olena@shop.ua'],
    ['olena+news@shop.ua', 'olena+news@shop.ua'],
    ['пошта@Приклад.УКР', 'пошта@xn--80aikifvh.xn--j1amh'],
    ['a@bücher.de', 'a@xn--bcher-kva.de'],
    ["o'brien@example.co.uk", "o'brien@example.co.uk"],
    ['a@xn--bcher-kva.de', 'a@xn--bcher-kva.de'],
  ])('%s is kept as %s', (text, kept) => {
    expect(normaliseEmail(text)).toBe(kept)
  })

  test.each([
    '',
    'olena',
    '@shop.ua',
    'olena@',
    'olena@shop',
    'olena@localhost',
    'olena@-shop.ua',
    'olena@shop..ua',
    'olena@127.0.0.1',
    'olena@[::1]',
    'two words@shop.ua',
    'a,b@shop.ua',
    '<olena@shop.ua>',
    'olena@shop.ua/path',
    'olena@shop.ua:25',
    'a\u200bb@shop.ua',
    `${'a'.repeat(65)}@shop.ua`,
    `a@${'b'.repeat(300)}.ua`,
  ])('"%s" is none', (text) => {
    expect(normaliseEmail(text)).toBeUndefined()
  })

  test('normalising twice changes nothing, whatever comes in', () => {
    const text = fc.oneof(
      fc.emailAddress(),
      fc.string({ unit: 'grapheme' }),
      fc.string().map((part) => `${part}@b.ua`),
    )
    fc.assert(
      fc.property(text, (garbage) => {
        const once = normaliseEmail(garbage)
        return once === undefined || normaliseEmail(once) === once
      }),
      { numRuns: 2000 },
    )
  })
})
