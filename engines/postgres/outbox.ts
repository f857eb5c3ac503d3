import type { Socket } from 'node:net'

export interface Outbox {
  write(bytes: Buffer): void
  /** Bytes that the other side has not taken yet. */
  unread(): number
  isEnding(): boolean
  /** Sends what is left, then closes; gives up on one that takes nothing. */
  end(): void
}

const PIECE_BYTES = 256 * 1024
const LINGER_MS = 30_000

/**
 * Hands bytes to a socket piece by piece. A socket takes any amount at once and then says only when all of it is gone;
 * this way it is known whether the other side is still reading.
 */
export function createOutbox(socket: Socket, onEmpty: () => void): Outbox {
  let queue: Buffer[] = []
  let next = 0
  let unread = 0
  let isWriting = false
  let isEnding = false

  function writeNext(): void {
    const piece = takePiece()
    isWriting = piece.length > 0
    if (isWriting) {
      socket.write(piece, () => {
        unread -= piece.length
        writeNext()
      })
    } else if (isEnding) socket.end()
    else onEmpty()
  }

  function takePiece(): Buffer {
    const taken: Buffer[] = []
    for (let bytes = 0; next < queue.length && bytes < PIECE_BYTES; next++) {
      const part = queue[next] as Buffer
      taken.push(part)
      bytes += part.length
    }
    if (next === queue.length) {
      queue = []
      next = 0
    }
    return taken.length === 1 ? (taken[0] as Buffer) : Buffer.concat(taken)
  }

  return {
    write(bytes) {
      if (!socket.writable || isEnding) return
      queue.push(bytes)
      unread += bytes.length
      if (!isWriting) writeNext()
    },
    unread: () => unread,
    isEnding: () => isEnding || !socket.writable,
    end() {
      isEnding = true
      socket.setTimeout(LINGER_MS, () => socket.destroy())
      if (!isWriting) socket.end()
    },
  }
}
