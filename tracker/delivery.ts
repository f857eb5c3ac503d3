import { data, script } from './options.ts'
import { address, origin, told } from './page.ts'
import { eachKept, KEPT, read, write } from './storage.ts'
import { isFull, isOff, makeId, touch, visitor } from './visitor.ts'

/** Messages that are still to go, as they go out (sent again they are the same to the letter), each with a comma. */
let waiting = ''
/** Those that a request is under way with. */
let flying = ''
let failures = 0
/** By the clock of the page, which nobody can set. */
let pauseEnd = 0

/** What waits always fits into one request: the server takes 500 KB, and a sign has three bytes at most. */
function put(texts: string): void {
  if ((flying + waiting + texts).length < 16e4) waiting += texts
}

/** Queues one message in Segment's form. Times are numbers: a page may have changed how dates become JSON. */
export function send(type: string, fields: object): void {
  touch()
  const message = {
    type,
    messageId: makeId(),
    timestamp: told.at || Date.now(),
    anonymousId: visitor.a,
    userId: visitor.u,
    ...fields,
    context: { page: { ...origin, url: address() }, sessionId: visitor.s },
  }
  put(`${JSON.stringify(message)},`)
}

export const track = (event: string, properties?: object): void => send('track', { event, properties })

/** Puts what is not confirmed where the next page finds it, in an entry of this page's own. */
function keep(): void {
  if (isFull) write(KEPT + performance.timeOrigin, flying + waiting)
}

/** After consent has changed: what was held back may go out, or is forgotten; what earlier pages left behind goes too. */
export function release(): void {
  if (isOff) waiting = ''
  if (isFull)
    eachKept((name) => {
      put(read(name) as string)
      write(name)
    })
  keep()
}

/**
 * Sends what waits, unless a request is under way or the server was given a pause. When the page is being left no answer
 * can be waited for: what the browser takes over counts as sent. While nothing gets through it is kept instead, if it may.
 */
export function flush(isLeaving?: boolean): void {
  if (isLeaving) keep()
  if (isOff || !waiting) return
  const endpoint = new URL('/v1/b', data.host || script.src)
  // Only what the visitor said is an answer, the shop's option is not. It may have come after the messages were made.
  const consent = { analytics: visitor.c === 'full' || undefined }
  const context = { userAgent: navigator.userAgent, consent }
  const head = JSON.stringify({ writeKey: data.key, sentAt: Date.now(), context })
  const body = `${head.slice(0, -1)},"batch":[${waiting.slice(0, -1)}]}`
  if (isLeaving) {
    if ((isFull && failures) || !navigator.sendBeacon(endpoint, body)) return
    waiting = ''
    keep()
  } else if (!flying && performance.now() > pauseEnd) {
    flying = waiting
    waiting = ''
    // As text it needs no question in advance between origins (CORS preflight). What outlives its page may have 64 KB in all.
    fetch(endpoint, { method: 'POST', body, keepalive: body.length < 2e4 })
      .then(({ status, headers }) => {
        if (status === 429 || status > 499) throw headers.get('retry-after')
        // Every other answer is for good: what was refused would be refused again.
        flying = ''
        failures = 0
      })
      .catch((seconds) => {
        // After the server's own time, else (a failure is no number) after ever longer pauses, half a minute at most.
        pauseEnd = performance.now() + (seconds * 1e3 || 1e3 * 2 ** (failures++ % 6))
        waiting = flying + waiting
        flying = ''
      })
      .then(keep)
  }
}
