import type { NativeChdb, NativeChunk, NativeConnection } from './native-chdb.ts'

/**
 * The engine formats each piece of a streamed result as a document of its own. Of these formats the pieces,
 * strung together, are one document; the number is that of header lines, which every piece repeats.
 */
const HEADER_LINES: Record<string, number> = {
  JSONEachRow: 0,
  JSONLines: 0,
  NDJSON: 0,
  JSONStringsEachRow: 0,
  JSONCompactEachRow: 0,
  JSONCompactStringsEachRow: 0,
  JSONCompactEachRowWithNames: 1,
  JSONCompactEachRowWithNamesAndTypes: 2,
  TabSeparated: 0,
  TSV: 0,
  TabSeparatedRaw: 0,
  TSVRaw: 0,
  TabSeparatedWithNames: 1,
  TSVWithNames: 1,
  TabSeparatedWithNamesAndTypes: 2,
  TSVWithNamesAndTypes: 2,
  CSV: 0,
  CSVWithNames: 1,
  CSVWithNamesAndTypes: 2,
  RowBinary: 0,
  Native: 0,
}

export function isStreamable(format: string): boolean {
  return Object.hasOwn(HEADER_LINES, format)
}

export interface Piece {
  bytes: Uint8Array
  rows: number
}

/** A query's result in pieces of some ten thousand rows, fetched as they are asked for. */
export async function* createRowStream(
  native: NativeChdb,
  connection: NativeConnection,
  sql: string,
  format: string,
): AsyncGenerator<Piece> {
  const stream = native.StreamQuery(connection, sql, format)
  try {
    let headerBytes = 0
    let isFirst = true
    for (;;) {
      const chunk: NativeChunk = await native.StreamFetch(stream)
      if (chunk.done) return
      const bytes = chunk.bytes ?? new Uint8Array(0)
      if (isFirst) headerBytes = measureHeader(bytes, HEADER_LINES[format] ?? 0)
      yield { bytes: isFirst ? bytes : bytes.subarray(headerBytes), rows: chunk.numRows ?? 0 }
      isFirst = false
    }
  } finally {
    native.StreamCancel(stream)
  }
}

/** The length of the first lines; a line end within double quotes belongs to a name. */
export function measureHeader(bytes: Uint8Array, lines: number): number {
  let left = lines
  let isQuoted = false
  let at = 0
  while (left > 0 && at < bytes.length) {
    if (bytes[at] === 0x5c) at += 1
    else if (bytes[at] === 0x22) isQuoted = !isQuoted
    else if (bytes[at] === 0x0a && !isQuoted) left -= 1
    at += 1
  }
  return at
}
