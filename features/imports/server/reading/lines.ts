import { cleanText } from '../../../../kernel/text.ts'
import type { LineCodec } from './encoding.ts'

/** A place between two records of a file, from which reading can go on exactly. */
export interface ReadPosition {
  /** Bytes before it, in the unpacked text. */
  byte: number
  /** The number of the line that begins there, from 1. */
  line: number
}

/** One physical line. */
export interface Line {
  number: number
  text: string
  /** The position of the byte after the line and its break. */
  end: number
  /** Did a line break end it? Only the last line of a file may lack one. */
  isWhole: boolean
  problem?: 'too_long' | 'wrong_encoding' | 'truncated'
}

/** A line longer than this is no line of a table; memory stays bounded by it. */
export const MAX_LINE_BYTES = 1024 * 1024
const SHOWN_BYTES = 1000
const CR = 0x0d

/** What is left of the chunks so far: the beginning of a line whose end hasn't come yet. */
interface Cutter {
  codec: LineCodec
  carry: Buffer
  /** How much of the carry is known to hold no line break. */
  searched: number
  /** The shown part of a line that grew too long; its bytes are passed over until it ends. */
  overlong: string | undefined
  byte: number
  line: number
  /** NUL and half characters are looked for only where they can be: the test costs as much as the decoding. */
  needsCleaning: boolean
}

/** The lines of a file, by chunk. Line numbers and byte positions go on from `start`. */
export async function* readLines(
  chunks: AsyncIterable<Buffer>,
  codec: LineCodec,
  start: ReadPosition,
): AsyncGenerator<Line[]> {
  const { byte, line } = start
  const cutter: Cutter = {
    codec,
    carry: Buffer.alloc(0),
    searched: 0,
    overlong: undefined,
    byte,
    line,
    needsCleaning: false,
  }
  for await (const chunk of chunks) {
    const lines = pushChunk(cutter, chunk)
    if (lines.length > 0) yield lines
  }
  const { carry, overlong } = cutter
  if (carry.length > 0 || overlong !== undefined) yield [takeLine(cutter, carry, 0, carry.length, false)]
}

function pushChunk(cutter: Cutter, chunk: Buffer): Line[] {
  const { codec, carry, searched } = cutter
  const bytes = carry.length > 0 ? Buffer.concat([carry, chunk]) : chunk
  const lines: Line[] = []
  cutter.needsCleaning = codec.unit === 2 || bytes.includes(0)
  let from = 0
  let at = codec.findBreak(bytes, 0, searched)
  while (at >= 0) {
    lines.push(takeLine(cutter, bytes, from, at, true))
    from = at + codec.unit
    at = codec.findBreak(bytes, from, from)
  }
  keepRest(cutter, bytes.subarray(from))
  return lines
}

function takeLine(cutter: Cutter, bytes: Buffer, from: number, to: number, isWhole: boolean): Line {
  const { codec, overlong, line } = cutter
  cutter.byte += (isWhole ? to + codec.unit : to) - from
  cutter.line += 1
  cutter.overlong = undefined
  const end = cutter.byte
  if (overlong !== undefined) return { number: line, text: overlong, end, isWhole, problem: 'too_long' }
  const stop = isWhole ? findTextEnd(bytes, from, to, codec.unit) : to
  const decoded = codec.decode(bytes, from, stop)
  const text = cutter.needsCleaning ? cleanText(decoded) : decoded
  return codec.isForeign(bytes, from, stop, decoded)
    ? { number: line, text, end, isWhole, problem: 'wrong_encoding' }
    : { number: line, text, end, isWhole }
}

/** Takes off the CR of a CR LF. In UTF-16 its other byte is zero on either side. */
function findTextEnd(bytes: Buffer, from: number, to: number, unit: 1 | 2): number {
  if (to - from < unit) return to
  const isReturn =
    unit === 1
      ? bytes[to - 1] === CR
      : bytes[to - 1] === CR
        ? bytes[to - 2] === 0
        : bytes[to - 2] === CR && bytes[to - 1] === 0
  return isReturn ? to - unit : to
}

function keepRest(cutter: Cutter, rest: Buffer): void {
  const aligned = rest.length - (rest.length % cutter.codec.unit)
  if (cutter.overlong === undefined && rest.length > MAX_LINE_BYTES) {
    cutter.overlong = cleanText(cutter.codec.decode(rest, 0, SHOWN_BYTES))
  }
  if (cutter.overlong === undefined) {
    cutter.carry = rest
    cutter.searched = aligned
    return
  }
  cutter.byte += aligned
  cutter.carry = rest.subarray(aligned)
  cutter.searched = 0
}
