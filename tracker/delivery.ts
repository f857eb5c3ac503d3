import { guard } from './guard.ts'
import { data, endpoint } from './options.ts'
import { address, origin } from './page.ts'
import { eachMessage, MESSAGE, read, write } from './storage.ts'
import { isFull, isOff, makeId, touch, visitor } from './visitor.ts'

type Messages = Record<string, string>

/** Messages that are still to go, by id and as they go out: sent again they are the same to the letter. */
let waiting: Messages = {}
/** Those that a request is under way with. */
let flying: Messages | null = null
let failures = 0
let pauseEnd = 0

/** When what is being told happened, if not now: calls made before the script came bring their own time. */
export const told = { at: 0 }

/** What waits always fits into one request: the server takes 500 KB, and a sign has three bytes at most. */
function put(id: string, text: string): void {
  if (`${Object.values(waiting)}${text}`.length < 16e4) waiting[id] = text
}

/** Queues one message in Segment's form. */
export function send(type: string, fields: object): void {
  touch()
  const messageId = MESSAGE + makeId()
  const message = {
    type,
    messageId,
    timestamp: new Date(told.at || Date.now()),
    anonymousId: visitor.a,
    userId: visitor.u,
    ...fields,
    context: { page: { ...origin, url: address() }, sessionId: visitor.s },
  }
  put(messageId, JSON.stringify(message))
}

export const track = (event: string, properties?: object): void => send('track', { event, properties })

/** After consent has changed: what was held back may go out, or is forgotten; what earlier pages left behind goes too. */
export function release(): void {
  if (isOff) waiting = {}
  if (isFull) eachMessage((id) => put(id, read(id) as string))
}

/** Puts what is not confirmed where the next page finds it. */
function keep(): void {
  const messages = { ...flying, ...waiting }
  if (isFull) for (const id in messages) write(id, messages[id])
}

function drop(messages: Messages | null): void {
  for (const id in messages) write(id)
}

/**
 * Sends what waits, unless a request is under way or the server was given a pause. When the page is being left no answer
 * can be waited for: what the browser takes over counts as sent. While nothing gets through it is kept instead, if it may.
 */
export const flush = guard((isLeaving?: boolean): void => {
  if (isLeaving) keep()
  const texts = `${Object.values(waiting)}`
  if (isOff || !texts) return
  // Only what the visitor said is an answer, the shop's option is not. It may have come after the messages were made.
  const consent = { analytics: visitor.c === 'full' || undefined }
  const context = { userAgent: navigator.userAgent, consent }
  const head = JSON.stringify({ writeKey: data.key, sentAt: new Date(), context })
  const body = `${head.slice(0, -1)},"batch":[${texts}]}`
  if (isLeaving) {
    if ((isFull && (failures || !navigator.onLine)) || !navigator.sendBeacon(endpoint, body)) return
    drop(waiting)
    waiting = {}
  } else if (!flying && Date.now() > pauseEnd) {
    flying = waiting
    waiting = {}
    // As text it needs no question in advance between origins (CORS preflight). What outlives its page may have 64 KB in all.
    fetch(endpoint, { method: 'POST', body, keepalive: body.length < 2e4 })
      .then(({ status, headers }) => {
        if (status === 429 || status > 499) throw headers.get('retry-after')
        // Every other answer is for good: what was refused would be refused again.
        drop(flying)
        flying = null
        failures = 0
      })
      .catch((seconds) => {
        // After the server's own time, else (a failure is no number) after ever longer pauses, a minute at most.
        pauseEnd = Date.now() + (seconds * 1e3 || 1e3 * 2 ** (failures++ % 7))
        waiting = { ...flying, ...waiting }
        flying = null
        keep()
      })
  }
})
