import type { FastifyReply } from 'fastify'
import type { ImportView } from '../contract.ts'

/** Those who watch imports of this server. */
export interface ProgressStreams {
  /** Sends how an import goes on as Server-Sent Events, whenever something has changed. */
  open(reply: FastifyReply, first: ImportView, look: () => Promise<ImportView>): void
  /** Ends all, so that a server which stops doesn't wait for its spectators. */
  end(): void
}

const TICK_MS = 500
const PING_MS = 15_000

export function createProgressStreams(): ProgressStreams {
  const open = new Set<() => void>()
  return {
    open(reply, first, look) {
      const end = stream(reply, first, look, () => open.delete(end))
      open.add(end)
    },
    end() {
      for (const end of open) end()
    },
  }
}

function stream(
  reply: FastifyReply,
  first: ImportView,
  look: () => Promise<ImportView>,
  onClose: () => void,
): () => void {
  reply.hijack()
  const { raw } = reply
  raw.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
    // Kept alive, the connection would hold up a server that stops for as long as that lasts.
    connection: 'close',
  })
  let last = ''
  let isLooking = false
  const send = (view: ImportView) => {
    const text = JSON.stringify(view)
    if (text === last || raw.writableNeedDrain) return
    last = text
    raw.write(`data: ${text}\n\n`)
  }
  const tick = async () => {
    if (isLooking) return
    isLooking = true
    // A store that is away for a moment doesn't end the stream; the next look will do.
    await look().then(send, () => undefined)
    isLooking = false
  }
  const ticking = setInterval(tick, TICK_MS)
  const pinging = setInterval(() => raw.write('event: ping\ndata: {}\n\n'), PING_MS)
  raw.once('close', () => {
    clearInterval(ticking)
    clearInterval(pinging)
    onClose()
  })
  send(first)
  return () => raw.end()
}
