/** One message of the PostgreSQL protocol, whole: type byte (none before the session starts), length, body. */
export interface Frame {
  type: string
  bytes: Buffer
}

export type Opening =
  | { kind: 'startup'; parameters: Map<string, string> }
  | { kind: 'encryption' }
  | { kind: 'cancel' }

const ENCRYPTION_REQUESTS = new Set([80877103, 80877104])
const CANCEL_REQUEST = 80877102
const PROTOCOL_MAJOR = 3
const HEADER_BYTES = 5

/** A client sent something that isn't the protocol, or more than fits. */
export class ProtocolError extends Error {}

/** Cuts the stream of bytes into whole messages. Chunks are joined once a message, however many pieces it came in. */
export function createFrameReader(maxFrameBytes: number) {
  let chunks: Buffer[] = []
  let size = 0

  function join(): Buffer {
    const [first] = chunks
    if (chunks.length !== 1 || first === undefined) chunks = [Buffer.concat(chunks)]
    return chunks[0] as Buffer
  }

  function peekLength(offset: number): number | undefined {
    if (size < offset + 4) return undefined
    if ((chunks[0]?.length ?? 0) < offset + 4) join()
    const length = (chunks[0] as Buffer).readInt32BE(offset)
    if (length < 4 || length > maxFrameBytes)
      throw new ProtocolError(`A message of ${length} bytes can't be taken.`)
    return length
  }

  function take(bytes: number): Buffer {
    const all = join()
    chunks = bytes === all.length ? [] : [all.subarray(bytes)]
    size -= bytes
    return all.subarray(0, bytes)
  }

  return {
    push(chunk: Buffer): void {
      chunks.push(chunk)
      size += chunk.length
    },
    /** The next message of a session that has begun. */
    nextFrame(): Frame | undefined {
      const length = peekLength(1)
      if (length === undefined || size < length + 1) return undefined
      const bytes = take(length + 1)
      return { type: String.fromCharCode(bytes[0] as number), bytes }
    },
    /** The first message, which has no type byte. */
    nextOpening(): Opening | undefined {
      const length = peekLength(0)
      if (length === undefined || size < length) return undefined
      return readOpening(take(length))
    },
  }
}

export type FrameReader = ReturnType<typeof createFrameReader>

function readOpening(bytes: Buffer): Opening {
  const code = bytes.length < 8 ? 0 : bytes.readInt32BE(4)
  if (ENCRYPTION_REQUESTS.has(code)) return { kind: 'encryption' }
  if (code === CANCEL_REQUEST) return { kind: 'cancel' }
  if (code >>> 16 !== PROTOCOL_MAJOR)
    throw new ProtocolError('Only version 3 of the PostgreSQL protocol is spoken here.')
  const texts = bytes.subarray(8).toString('utf8').split('\0')
  const parameters = new Map<string, string>()
  for (let at = 0; at + 1 < texts.length && texts[at] !== ''; at += 2)
    parameters.set(texts[at] ?? '', texts[at + 1] ?? '')
  return { kind: 'startup', parameters }
}

export function makeFrame(type: string, body: Buffer | string): Buffer {
  const content = typeof body === 'string' ? Buffer.from(body) : body
  const bytes = Buffer.allocUnsafe(HEADER_BYTES + content.length)
  bytes.write(type, 0, 'latin1')
  bytes.writeInt32BE(content.length + 4, 1)
  content.copy(bytes, HEADER_BYTES)
  return bytes
}

export function makeErrorFrame(severity: 'ERROR' | 'FATAL', code: string, message: string): Buffer {
  return makeFrame('E', `S${severity}\0V${severity}\0C${code}\0M${message}\0\0`)
}

/** Where in each message the name of a prepared statement stands: after how many NUL-ended texts, past which byte. */
const STATEMENT_NAME_PLACES: Record<string, { skipTexts: number; skipBytes: number }> = {
  P: { skipTexts: 0, skipBytes: 0 },
  B: { skipTexts: 1, skipBytes: 0 },
  D: { skipTexts: 0, skipBytes: 1 },
  C: { skipTexts: 0, skipBytes: 1 },
}

/**
 * Gives the named statement in a message a name of the client's own: all clients share one session, where equal names
 * would clash. Unnamed ones, and portals, live no longer than a client's turn and stay as they are.
 */
export function renameStatement(frame: Frame, prefix: string): { frame: Frame; name: string } | undefined {
  const place = STATEMENT_NAME_PLACES[frame.type]
  if (place === undefined) return undefined
  const { bytes } = frame
  if (place.skipBytes > 0 && bytes[HEADER_BYTES] !== 'S'.charCodeAt(0)) return undefined
  let start = HEADER_BYTES + place.skipBytes
  for (let skipped = 0; skipped < place.skipTexts; skipped++) start = bytes.indexOf(0, start) + 1
  const end = bytes.indexOf(0, start)
  if (end <= start) return undefined
  const name = prefix + bytes.toString('utf8', start, end)
  const body = Buffer.concat([bytes.subarray(HEADER_BYTES, start), Buffer.from(name), bytes.subarray(end)])
  return { frame: { type: frame.type, bytes: makeFrame(frame.type, body) }, name }
}
