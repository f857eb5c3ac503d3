import { describe, expect, it } from 'vitest'
import { findTotpStep, toBase32, totpCode, totpStep, totpUri } from './totp.ts'

const ascii = (length: number) => Buffer.from('1234567890'.repeat(7).slice(0, length))

// RFC 6238, appendix B (with the secrets of erratum 2866: 20, 32 and 64 bytes).
const published = [
  [59, '94287082', '46119246', '90693936'],
  [1111111109, '07081804', '68084774', '25091201'],
  [1111111111, '14050471', '67062674', '99943326'],
  [1234567890, '89005924', '91819424', '93441116'],
  [2000000000, '69279037', '90698825', '38618901'],
  [20000000000, '65353130', '77737706', '47863826'],
] as const

describe('one-time codes', () => {
  it.each(published)('match the published vectors at %i seconds', (seconds, sha1, sha256, sha512) => {
    const step = totpStep(seconds * 1000)
    expect(totpCode(ascii(20), step, { digits: 8 })).toBe(sha1)
    expect(totpCode(ascii(32), step, { digits: 8, hash: 'sha256' })).toBe(sha256)
    expect(totpCode(ascii(64), step, { digits: 8, hash: 'sha512' })).toBe(sha512)
  })

  const secret = ascii(20)
  const now = 1_234_567_890_000
  const step = totpStep(now)

  it.each([-1, 0, 1])('are taken %i steps from now', (shift) => {
    expect(findTotpStep(secret, totpCode(secret, step + shift), now, 0)).toBe(step + shift)
  })

  it('are refused two steps from now', () => {
    expect(findTotpStep(secret, totpCode(secret, step + 2), now, 0)).toBeUndefined()
    expect(findTotpStep(secret, totpCode(secret, step - 2), now, 0)).toBeUndefined()
  })

  it('are refused when their step was used', () => {
    expect(findTotpStep(secret, totpCode(secret, step), now, step)).toBeUndefined()
    expect(findTotpStep(secret, totpCode(secret, step + 1), now, step)).toBe(step + 1)
  })

  it('may be typed with the space that applications show', () => {
    const code = totpCode(secret, step)
    expect(findTotpStep(secret, `${code.slice(0, 3)} ${code.slice(3)}`, now, 0)).toBe(step)
  })
})

describe('base 32', () => {
  // RFC 4648, section 10, without the padding.
  it.each([
    ['', ''],
    ['f', 'MY'],
    ['fo', 'MZXQ'],
    ['foo', 'MZXW6'],
    ['foob', 'MZXW6YQ'],
    ['fooba', 'MZXW6YTB'],
    ['foobar', 'MZXW6YTBOI'],
  ])('writes %j as %j', (text, encoded) => {
    expect(toBase32(Buffer.from(text))).toBe(encoded)
  })
})

it('names issuer and account in the address for applications', () => {
  expect(totpUri(Buffer.from('foobar'), 'anna+shop@example.com')).toBe(
    'otpauth://totp/Tropa:anna%2Bshop%40example.com?secret=MZXW6YTBOI&issuer=Tropa',
  )
})
