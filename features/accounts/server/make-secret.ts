import { randomBytes } from 'node:crypto'

const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
/** The largest multiple of 62 that a byte can hold: bytes above it would make some letters likelier. */
const FAIR_BELOW = 248

/** `prefix` and random letters and digits, selected as one word by a double click; 22 of them are 131 bits. */
export function makeSecret(prefix: string, length: number): string {
  let text = ''
  while (text.length < length)
    for (const byte of randomBytes(length))
      if (byte < FAIR_BELOW && text.length < length) text += LETTERS[byte % 62]
  return prefix + text
}
