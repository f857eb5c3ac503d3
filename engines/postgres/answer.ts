/** What the session says at the end of an answer: idle, in a transaction, in a failed one. */
export type SessionStatus = 'idle' | 'transaction' | 'failed'

const HEADER_BYTES = 5
const READY = 'Z'.charCodeAt(0)
const STATUS: Record<string, SessionStatus> = { I: 'idle', T: 'transaction', E: 'failed' }

/**
 * Follows the messages in the bytes of one answer, which come in pieces cut anywhere, to learn the status at its end
 * and to let no more than a given size pass, cut between two messages.
 */
export function createAnswerReader(maxBytes: number, pass: (bytes: Buffer) => void) {
  const header = Buffer.alloc(HEADER_BYTES + 1)
  let headerBytes = 0
  let bodyLeft = 0
  let passed = 0
  let status: SessionStatus | undefined
  let isCut = false

  function read(bytes: Buffer): void {
    let passable = isCut ? 0 : bytes.length
    for (let at = 0; at < bytes.length; ) {
      const isBetween = bodyLeft === 0 && headerBytes === 0
      if (isBetween && !isCut && passed + at >= maxBytes) {
        isCut = true
        passable = at
      }
      at = bodyLeft > 0 ? skipBody(bytes, at) : readHeader(bytes, at)
    }
    passed += passable
    if (passable > 0) pass(passable === bytes.length ? bytes : bytes.subarray(0, passable))
  }

  function readHeader(bytes: Buffer, at: number): number {
    header[headerBytes++] = bytes[at] as number
    if (headerBytes === HEADER_BYTES) {
      bodyLeft = header.readInt32BE(1) - 4
      if (bodyLeft === 0) headerBytes = 0
    }
    return at + 1
  }

  function skipBody(bytes: Buffer, at: number): number {
    if (header[0] === READY) status = STATUS[String.fromCharCode(bytes[at] as number)]
    const step = Math.min(bodyLeft, bytes.length - at)
    bodyLeft -= step
    if (bodyLeft === 0) headerBytes = 0
    return at + step
  }

  return {
    read,
    /** Nothing when the answer did not end with a "ready". */
    get status() {
      return status
    },
    get isCut() {
      return isCut
    },
  }
}
