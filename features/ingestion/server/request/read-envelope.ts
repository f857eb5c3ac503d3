import { AppError } from '../../../../kernel/errors.ts'
import type { EventKind } from '../../../../platform/feed/event-row.ts'
import { readTime } from '../steps/read-time.ts'
import { isObject, type JsonObject, readObject } from '../steps/step.ts'
import { locateJsonFault } from './locate-json-error.ts'

/** One request, unpacked. */
export interface Envelope {
  messages: readonly unknown[]
  /** The write key in the body, for clients that send no header. */
  writeKey: string | undefined
  sentAt: number | undefined
  isTextClean: boolean
}

/**
 * What a batch's own context may come to over all its messages. Each gets a copy that is cleaned and stored, so that
 * without a bound a request of 500 KB would make gigabytes of work: 100,000 empty messages below a context of 300 KB.
 */
const MAX_CONTEXT_BYTES = 2_000_000
const BYTE_ORDER_MARK = '\uFEFF'
/** Escapes of NUL and of surrogates; only they can bring such characters into texts that came as UTF-8. */
const RISKY_ESCAPE = /\\u(?:0000|[dD][89abAB])/

/** Step one, parse. Fails with `bad_request` and the place for what is not JSON or not a request. */
export function readEnvelope(body: Buffer, kind: EventKind | 'batch'): Envelope {
  const text = dropMark(body.toString('utf8'))
  const value = parseJson(text)
  if (!isObject(value)) throw malformed('The request is not a JSON object.')
  const messages = kind === 'batch' ? readBatch(value) : [value]
  return {
    messages,
    writeKey: typeof value.writeKey === 'string' ? value.writeKey : undefined,
    sentAt: value.sentAt === undefined ? undefined : readTime(value.sentAt),
    isTextClean: !RISKY_ESCAPE.test(text),
  }
}

function dropMark(text: string): string {
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    const fault = locateJsonFault(text)
    const where = fault
      ? ` at line ${fault.line}, column ${fault.column}: ${fault.found} can't stand there`
      : ''
    throw new AppError('bad_request', `The request is not JSON${where}.`, {
      details: { reason: 'malformed_json', ...fault },
    })
  }
}

function readBatch({ batch, context }: JsonObject): readonly unknown[] {
  if (!Array.isArray(batch)) throw malformed('A batch has a list of events: {"batch": [...]}.')
  if (!isObject(context)) return batch
  refuseHeavyContext(context, batch.length)
  return batch.map((message) => addContext(message, context))
}

function refuseHeavyContext(context: JsonObject, messages: number): void {
  if (countBytes(context) * messages <= MAX_CONTEXT_BYTES) return
  throw malformed(
    `The batch's own context would be carried by ${messages} messages; times its size that may come to ` +
      `${MAX_CONTEXT_BYTES / 1_000_000} MB. Send fewer messages at once, or a smaller context.`,
  )
}

/** As JSON. What is nested too deeply to be written at all is endless. */
function countBytes(value: JsonObject): number {
  try {
    return Buffer.byteLength(JSON.stringify(value))
  } catch {
    return Number.POSITIVE_INFINITY
  }
}

/** What a batch says in its own `context` holds for each of its messages that doesn't say otherwise. */
function addContext(message: unknown, context: JsonObject): unknown {
  if (!isObject(message) || !isObject(message.context ?? {})) return message
  return { ...message, context: { ...context, ...readObject(message.context) } }
}

function malformed(message: string): AppError {
  return new AppError('bad_request', message, { details: { reason: 'malformed_request' } })
}
