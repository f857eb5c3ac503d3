import { isUtf8 } from 'node:buffer'

export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1251', 'windows-1252'] as const
export type Encoding = (typeof ENCODINGS)[number]

export interface DetectedEncoding {
  encoding: Encoding
  /** Bytes of the mark before the text. */
  bom: number
}

const CR = 0x0d
const LF = 0x0a
const SPACE = 0x20

/**
 * The encoding of a text file from its first bytes: by its byte order mark, by the zeros of UTF-16, by whether
 * its non-ASCII lines are valid UTF-8, and otherwise by where the bytes above 127 stand: letter beside letter in
 * Cyrillic text (Windows-1251), single ones inside Latin words (Windows-1252).
 */
export function detectEncoding(head: Buffer): DetectedEncoding {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'utf-8', bom: 3 }
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', bom: 2 }
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', bom: 2 }
  return { encoding: findUtf16(head) ?? findByLines(head), bom: 0 }
}

/** High bytes of European text in UTF-16 are 0 (Latin, digits, marks), 4 (Cyrillic) or 0x20 (dashes, quotes). */
function findUtf16(head: Buffer): Encoding | undefined {
  const pairs = Math.floor(Math.min(head.length, 16_384) / 2)
  if (pairs < 2) return undefined
  const high = [0, 0]
  const zero = [0, 0]
  for (let at = 0; at < pairs * 2; at++) {
    const byte = head[at] as number
    if (byte === 0 || byte === 4 || byte === 0x20) high[at % 2] = (high[at % 2] as number) + 1
    if (byte === 0) zero[at % 2] = (zero[at % 2] as number) + 1
  }
  const isHigh = (side: 0 | 1) =>
    (high[side] as number) > pairs * 0.9 && (zero[side] as number) > pairs * 0.1 && zero[1 - side] === 0
  if (isHigh(1)) return 'utf-16le'
  return isHigh(0) ? 'utf-16be' : undefined
}

function findByLines(head: Buffer): Encoding {
  let valid = 0
  let invalid = 0
  for (let from = 0; from < head.length; ) {
    const found = head.indexOf(LF, from)
    // The last line may be cut inside a character: it counts only when it is the only one.
    const to = found < 0 ? (from === 0 ? findWholeEnd(head) : from) : found
    const line = head.subarray(from, to)
    if (hasHighBytes(line)) isUtf8(line) ? valid++ : invalid++
    if (found < 0) break
    from = found + 1
  }
  if (invalid <= valid) return 'utf-8'
  return isClustered(head) ? 'windows-1251' : 'windows-1252'
}

function hasHighBytes(line: Buffer): boolean {
  return line.some((byte) => byte > 127)
}

/** Where the last whole UTF-8 character of a cut text ends. */
function findWholeEnd(head: Buffer): number {
  let at = head.length
  while (at > 0 && at > head.length - 4 && ((head[at - 1] as number) & 0xc0) === 0x80) at--
  return at > 0 && (head[at - 1] as number) >= 0xc0 ? at - 1 : head.length
}

function isClustered(head: Buffer): boolean {
  let high = 0
  let beside = 0
  for (let at = 0; at < head.length; at++) {
    if ((head[at] as number) < 0xa8) continue
    high++
    if ((head[at - 1] ?? 0) >= 0xa8 || (head[at + 1] ?? 0) >= 0xa8) beside++
  }
  return beside > high / 2
}

/** How lines are found and read in one encoding, on bytes, so that every position in the file is exact. */
export interface LineCodec {
  /** Where the next line break begins, or -1. `from` is where a line begins. */
  findBreak(bytes: Buffer, from: number, searchFrom: number): number
  /** Bytes of one code unit: 2 in UTF-16. */
  unit: 1 | 2
  /** The text of a line without its break. */
  decode(bytes: Buffer, from: number, to: number): string
  /** Is the line written in another encoding than the rest of the file? */
  isForeign(bytes: Buffer, from: number, to: number, text: string): boolean
}

/** `head` tells whether lines end as on old Macs, with CR alone. */
export function createLineCodec(encoding: Encoding, head: Buffer): LineCodec {
  const lineBreak = head.includes(LF) || !head.includes(CR) ? LF : CR
  if (encoding === 'utf-16le') return createUtf16Codec(lineBreak, 1)
  if (encoding === 'utf-16be') return createUtf16Codec(lineBreak, 0)
  const findBreak = (bytes: Buffer, _from: number, searchFrom: number) => bytes.indexOf(lineBreak, searchFrom)
  if (encoding === 'utf-8') {
    return { findBreak, unit: 1, decode: decodeUtf8, isForeign: isBrokenUtf8 }
  }
  const decoder = new TextDecoder(encoding)
  return {
    findBreak,
    unit: 1,
    decode: (bytes, from, to) => decoder.decode(bytes.subarray(from, to)),
    isForeign: (bytes, from, to) => isUtf8Inside(bytes.subarray(from, to)),
  }
}

function decodeUtf8(bytes: Buffer, from: number, to: number): string {
  return bytes.toString('utf8', from, to)
}

/** A replacement character may stand in the file itself, so only then the bytes are looked at. */
function isBrokenUtf8(bytes: Buffer, from: number, to: number, text: string): boolean {
  return text.includes('\ufffd') && !isUtf8(bytes.subarray(from, to))
}

/**
 * Nearly every byte is a letter of a one-byte encoding, so nothing is invalid there. But a line in which all of
 * four or more high bytes pair up to UTF-8 letters of Cyrillic or Latin is UTF-8 read wrongly ("РЎСѓРјРєР°").
 */
function isUtf8Inside(line: Buffer): boolean {
  let pairs = 0
  for (let at = 0; at < line.length; at++) {
    const byte = line[at] as number
    if (byte < 0x80) continue
    const next = line[at + 1] ?? 0
    if (byte < 0xc3 || byte > 0xd3 || next < 0x80 || next > 0xbf) return false
    pairs++
    at++
  }
  return pairs >= 4
}

function createUtf16Codec(lineBreak: number, highSide: 0 | 1): LineCodec {
  return {
    unit: 2,
    findBreak(bytes, from, searchFrom) {
      for (let at = bytes.indexOf(lineBreak, searchFrom); at >= 0; at = bytes.indexOf(lineBreak, at + 1)) {
        const unitStart = at - ((at - from) % 2)
        const isLow = (at - from) % 2 !== highSide
        if (isLow && unitStart + 1 < bytes.length && bytes[unitStart + highSide] === 0) return unitStart
      }
      return -1
    },
    decode: (bytes, from, to) => decodeUtf16(bytes.subarray(from, to), highSide),
    isForeign: (_bytes, from, to) => (to - from) % 2 !== 0,
  }
}

function decodeUtf16(line: Buffer, highSide: 0 | 1): string {
  if (highSide === 1) return line.toString('utf16le')
  const even = Buffer.from(line.subarray(0, line.length - (line.length % 2)))
  return even.swap16().toString('utf16le')
}

/** Is it text at all? Control characters that no text file holds speak against it, and so does nothing but NULs. */
export function isText(head: Buffer, { encoding }: DetectedEncoding): boolean {
  if (encoding.startsWith('utf-16')) return true
  const sample = head.subarray(0, 16_384)
  const strange = sample.filter((byte) => byte < SPACE && byte !== LF && byte !== CR && byte !== 9).length
  return strange <= 2 + sample.length / 20
}
