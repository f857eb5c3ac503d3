import type { FastifyReply } from 'fastify'
import type { ImportView } from '../contract.ts'

const TICK_MS = 500
const PING_MS = 15_000

const streams = new Set<() => void>()

/** Ends all streams, so that a server which stops doesn't wait for its spectators. */
export function endProgressStreams(): void {
  for (const end of streams) end()
}

/** Sends how an import goes on as Server-Sent Events, whenever something has changed, until it ends. */
export function streamProgress(
  reply: FastifyReply,
  first: ImportView,
  look: () => Promise<ImportView>,
): void {
  reply.hijack()
  const { raw } = reply
  raw.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
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
  const end = () => raw.end()
  streams.add(end)
  raw.once('close', () => {
    clearInterval(ticking)
    clearInterval(pinging)
    streams.delete(end)
  })
  send(first)
}
