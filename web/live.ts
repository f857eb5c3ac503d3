import { apiUrl, type Query } from './api-client.ts'

export type LiveStatus = 'connecting' | 'open' | 'waiting'

export type LiveOptions = {
  /** Below `/api`, e.g. `/shops/1/events/live`. */
  path: string
  query?: Query
  onMessage: (message: unknown) => void
  onStatus: (status: LiveStatus) => void
  /** Called whenever the connection broke, so that a session which ended is noticed. */
  onBroken?: () => void
  firstDelayMs?: number
}

const longestDelayMs = 30_000
/** The server sends a `ping` every 15 s; a connection silent for longer than this is dead although nobody closed it. */
const silenceMs = 40_000

/**
 * Opens Server-Sent Events whose messages are JSON, and keeps them open. The browser itself retries a dropped
 * connection but gives up for good on any answer but 200 (a restart behind a proxy); here that is retried too, with
 * growing delays, from the last message seen (`?lastEventId=`). Returns the function that closes it.
 */
export function openLive(options: LiveOptions): () => void {
  const { path, query, onMessage, onStatus, onBroken, firstDelayMs = 1000 } = options
  let source: EventSource | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let watchdog: ReturnType<typeof setTimeout> | undefined
  let failures = 0
  let lastEventId = ''

  function connect() {
    source = new EventSource(apiUrl(path, { ...query, lastEventId }))
    source.onopen = () => {
      failures = 0
      onStatus('open')
    }
    source.onmessage = (event) => {
      lastEventId = event.lastEventId || lastEventId
      onMessage(JSON.parse(event.data))
    }
    // Armed by the first ping only: a server that sends none is not taken for dead.
    source.addEventListener('ping', () => {
      clearTimeout(watchdog)
      watchdog = setTimeout(retry, silenceMs)
    })
    source.onerror = retry
  }

  function retry() {
    source?.close()
    clearTimeout(watchdog)
    onStatus('waiting')
    onBroken?.()
    // A little chance, so that a restarted server isn't met by all pages in the same instant.
    const delay = Math.min(firstDelayMs * 2 ** failures, longestDelayMs) * (0.75 + Math.random() / 2)
    failures += 1
    timer = setTimeout(connect, delay)
  }

  onStatus('connecting')
  connect()
  return () => {
    clearTimeout(timer)
    clearTimeout(watchdog)
    source?.close()
  }
}
