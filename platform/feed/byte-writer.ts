/** Writes values in ClickHouse's RowBinary form, one after the other, into memory that grows as needed. */
export interface ByteWriter {
  /** What has been written so far; valid until the next `clear`. */
  bytes(): Buffer
  clear(): void
  length(): number
  /** Takes back everything after the given length: a row that can't be written leaves no half of itself. */
  cutTo(length: number): void
  u8(value: number): void
  u32(value: number): void
  /** Whole numbers, negative ones included; exact as far as JavaScript's are. */
  i64(value: number): void
  f64(value: number): void
  uuid(text: string): void
  text(value: string): void
  texts(values: readonly string[]): void
}

const START_BYTES = 256 * 1024
/** Memory beyond this is given back after use. */
const KEPT_BYTES = 8 * 1024 * 1024
const TWO_32 = 2 ** 32
/** Below this length a loop over the characters beats the call into the runtime. */
const SHORT_TEXT = 24
const HEX = makeHexTable()

export function createByteWriter(): ByteWriter {
  let buffer = Buffer.allocUnsafe(START_BYTES)
  let at = 0

  function reserve(size: number): void {
    if (at + size <= buffer.length) return
    const larger = Buffer.allocUnsafe(Math.max(buffer.length * 2, at + size))
    buffer.copy(larger, 0, 0, at)
    buffer = larger
  }

  function varint(value: number): void {
    let rest = value
    while (rest >= 128) {
      buffer[at++] = (rest & 127) | 128
      rest >>>= 7
    }
    buffer[at++] = rest
  }

  function text(value: string): void {
    const { length } = value
    reserve(length * 3 + 5)
    if (length < SHORT_TEXT && writeAscii(value)) return
    // The length goes first and is known last: most texts are ASCII, so its size is guessed from that.
    const guess = length < 128 ? 1 : length < 16_384 ? 2 : 3
    const bytes = buffer.write(value, at + guess, 'utf8')
    const needed = bytes < 128 ? 1 : bytes < 16_384 ? 2 : bytes < 2_097_152 ? 3 : 4
    if (needed !== guess) buffer.copyWithin(at + needed, at + guess, at + guess + bytes)
    varint(bytes)
    at += bytes
  }

  function writeAscii(value: string): boolean {
    const start = at + 1
    for (let i = 0; i < value.length; i++) {
      const code = value.charCodeAt(i)
      if (code > 127) return false
      buffer[start + i] = code
    }
    buffer[at] = value.length
    at = start + value.length
    return true
  }

  return {
    bytes: () => buffer.subarray(0, at),
    clear() {
      at = 0
      if (buffer.length > KEPT_BYTES) buffer = Buffer.allocUnsafe(START_BYTES)
    },
    length: () => at,
    cutTo(length) {
      at = length
    },
    u8(value) {
      reserve(1)
      buffer[at++] = value
    },
    u32(value) {
      reserve(4)
      at = buffer.writeUInt32LE(value, at)
    },
    f64(value) {
      reserve(8)
      at = buffer.writeDoubleLE(value, at)
    },
    i64(value) {
      reserve(8)
      const high = Math.floor(value / TWO_32)
      at = buffer.writeUInt32LE(value - high * TWO_32, at)
      at = buffer.writeInt32LE(high, at)
    },
    uuid(value) {
      reserve(16)
      writeUuid(buffer, at, value)
      at += 16
    },
    text,
    texts(values) {
      reserve(5)
      varint(values.length)
      for (const value of values) text(value)
    },
  }
}

/** The engine keeps a UUID as two numbers of eight bytes, the lowest byte first. Positions of a UUID's 16 bytes in its text. */
const UUID_BYTES = [16, 14, 11, 9, 6, 4, 2, 0, 34, 32, 30, 28, 26, 24, 21, 19]

function writeUuid(buffer: Buffer, at: number, text: string): void {
  if (text.length !== 36) throw new RangeError(`"${text.slice(0, 40)}" is not a UUID`)
  for (let i = 0; i < 16; i++) {
    const place = UUID_BYTES[i] as number
    const high = HEX[text.charCodeAt(place) & 127] as number
    const low = HEX[text.charCodeAt(place + 1) & 127] as number
    if ((high | low) < 0) throw new RangeError(`"${text}" is not a UUID`)
    buffer[at + i] = (high << 4) | low
  }
}

function makeHexTable(): Int8Array {
  const table = new Int8Array(128).fill(-1)
  for (let digit = 0; digit < 16; digit++) {
    const sign = digit.toString(16)
    table[sign.charCodeAt(0)] = digit
    table[sign.toUpperCase().charCodeAt(0)] = digit
  }
  return table
}
