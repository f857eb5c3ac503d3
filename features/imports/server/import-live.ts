import type { EventStream } from '../../../platform/http/event-stream.ts'
import type { ImportView } from '../contract.ts'

const TICK_MS = 500

/** Sends how an import goes on, whenever something has changed. */
export function streamProgress(
  stream: EventStream,
  first: ImportView,
  look: () => Promise<ImportView>,
): void {
  let last = ''
  let isLooking = false
  const send = (view: ImportView) => {
    const text = JSON.stringify(view)
    if (text !== last && stream.send(view)) last = text
  }
  send(first)
  stream.every(TICK_MS, async () => {
    if (isLooking) return
    isLooking = true
    // A store that is away for a moment doesn't end the stream; the next look will do.
    await look().then(send, () => undefined)
    isLooking = false
  })
}
