import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { normalisePhone } from './phone.ts'

describe('a phone number', () => {
  test.each<[text: string, country: string | undefined, kept: string]>([
    ['+38 (050) 123-45-67', undefined, '+380501234567'],
    ['380501234567', undefined, '+380501234567'],
    ['0501234567', 'UA', '+380501234567'],
    ['050 123 45 67', 'ua', '+380501234567'],
    ['8 (050) 123-45-67', 'UA', '+380501234567'],
    ['501234567', 'UA', '+380501234567'],
    ['0501234567, 0671234567', 'UA', '+380501234567'],
    ['044 123-45-67 доб. 12', 'UA', '+380441234567'],
    ['8 916 123-45-67', 'RU', '+79161234567'],
    ['+8 916 123-45-67', 'RU', '+79161234567'],
    ['9161234567', 'RU', '+79161234567'],
    ['7 (916) 123-45-67', undefined, '+79161234567'],
    ['8 701 123 45 67', 'KZ', '+77011234567'],
    ['8 029 123-45-67', 'BY', '+375291234567'],
    ['80291234567', 'BY', '+375291234567'],
    ['029 123-45-67', 'BY', '+375291234567'],
    ['375291234567', undefined, '+375291234567'],
    ['00 380 50 123 45 67', undefined, '+380501234567'],
    ['810380501234567', 'RU', '+380501234567'],
    ['tel:+1-202-555-0123', undefined, '+12025550123'],
    ['(202) 555-0123 ext. 7', 'US', '+12025550123'],
    ['+55 11 91234-5678', undefined, '+5511912345678'],
    ['601 234 567', 'PL', '+48601234567'],
    ['+44 20 7946 0958', undefined, '+442079460958'],
    ['+81 3-1234-5678', undefined, '+81312345678'],
  ])('%s (%s) is kept as %s', (text, country, kept) => {
    expect(normalisePhone(text, { country })).toBe(kept)
  })

  test.each<[text: string, country: string | undefined]>([
    ['', undefined],
    ['0501234567', undefined],
    ['80501234567', undefined],
    ['80501234567', 'RU'],
    ['12345', 'UA'],
    ['+38050123456', undefined],
    ['+3805012345678', undefined],
    ['+7916', undefined],
    ['call me', 'UA'],
    ['anna@shop.ua', 'UA'],
    ['+', undefined],
    ['0'.repeat(70), 'UA'],
    ['0501234567', 'XX'],
  ])('"%s" (%s) is none', (text, country) => {
    expect(normalisePhone(text, { country })).toBeUndefined()
  })

  test('normalising twice changes nothing, whatever comes in', () => {
    const text = fc.oneof(fc.string(), fc.stringMatching(/^\+?[\d ()-]{5,16}$/))
    const country = fc.constantFrom(undefined, 'UA', 'RU', 'BY', 'KZ', 'PL', 'US')
    fc.assert(
      fc.property(text, country, country, (garbage, one, other) => {
        const once = normalisePhone(garbage, { country: one })
        return once === undefined || normalisePhone(once, { country: other }) === once
      }),
      { numRuns: 3000 },
    )
  })
})
