import { createHash, hash } from 'node:crypto'

/** First 128 bits of SHA-256 over the parts joined by NUL (which no part may contain), written as a UUID. */
export function hash128(...parts: (string | number)[]): string {
  const hex = sha256Hex(parts.join('\0'))
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`
}

/** `crypto.hash` is about twice as fast as a hash object, and came with Node 20.12. */
const sha256Hex: (text: string) => string =
  typeof hash === 'function'
    ? (text) => hash('sha256', text, 'hex')
    : (text) => createHash('sha256').update(text).digest('hex')

export type IdentityKind = 'anonymous' | 'user' | 'email' | 'phone' | 'messenger'

/** The key of an identity, computed without a look-up: the same value in the same shop is always the same identity. */
export function identityKey(shop: number, kind: IdentityKind, value: string): string {
  return hash128(shop, kind, value)
}

export function messageHash(shop: number, messageId: string): string {
  return hash128(shop, 'message', messageId)
}
