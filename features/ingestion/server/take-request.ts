import type { FastifyRequest } from 'fastify'
import { AppError } from '../../../kernel/errors.ts'
import type { EventKind } from '../../../platform/feed/event-row.ts'
import type { Deps } from '../../../platform/room.ts'
import { findWriteKey, getShopSettings, type WriteKeyOwner } from '../../accounts/server/reads.ts'
import { getRegistry } from '../../touchpoints/server/reads.ts'
import { type IngestAnswer, REJECT_SENTENCES, type RejectReason } from '../contract.ts'
import { type RecordOutcome, record, toRejectRow } from './record.ts'
import type { Allowance } from './request/allowance.ts'
import { type Envelope, readEnvelope } from './request/read-envelope.ts'
import { readWriteKey } from './request/read-write-key.ts'
import type { Turns } from './request/take-turns.ts'
import { noteUnknownKey } from './request/unknown-keys.ts'
import { unpackBody } from './request/unpack-body.ts'
import type { StepContext } from './steps/step.ts'

const NOTHING = Buffer.alloc(0)

export interface IngestDeps {
  deps: Deps
  allowance: Allowance
  turns: Turns
}

/**
 * The way of one request: parse, authorise, limit; then each message goes through the steps of `pipeline.ts`, and
 * what comes out is committed and handed to the feed. Answers when everything is durable.
 */
export async function takeRequest(
  { deps, allowance, turns }: IngestDeps,
  request: FastifyRequest,
  kind: EventKind | 'batch',
): Promise<IngestAnswer> {
  const receivedAt = deps.now()
  const key = readWriteKey(request.headers.authorization)
  const body = await unpackBody(
    (request.body as Buffer | undefined) ?? NOTHING,
    request.headers['content-encoding'],
  )
  await turns.wait()
  const envelope = await parse(deps, body, kind, key, receivedAt)
  const owner = await authorise(deps, request, key ?? envelope.writeKey)
  allowance.take(owner, request.ip, envelope.messages.length)
  const context = await createContext(deps, request, { owner, envelope, kind, receivedAt })
  const outcome = await record(deps.writer, envelope.messages, context)
  count(deps, outcome)
  return toAnswer(outcome)
}

/** What is not even JSON is kept among the rejects where the header says whose it is: its sender looks for it there. */
async function parse(
  deps: Deps,
  body: Buffer,
  kind: EventKind | 'batch',
  key: string | undefined,
  receivedAt: number,
): Promise<Envelope> {
  try {
    return readEnvelope(body, kind)
  } catch (error) {
    const owner = key === undefined ? undefined : await findWriteKey(deps, key)
    if (owner && error instanceof AppError) {
      const { reason } = error.details as { reason: RejectReason }
      const row = toRejectRow(body.toString('utf8'), reason, error.message, { ...owner, receivedAt })
      await deps.writer.write([], [row])
    }
    throw error
  }
}

async function authorise(
  deps: Deps,
  { headers }: FastifyRequest,
  key: string | undefined,
): Promise<WriteKeyOwner> {
  if (key === undefined)
    throw new AppError(
      'unauthenticated',
      'Send the write key as the user name of Basic authorisation, or as "writeKey".',
    )
  const owner = await findWriteKey(deps, key)
  if (owner) return owner
  noteUnknownKey(deps, headers.origin, key)
  throw new AppError('unauthenticated', 'This write key is not known, or it was switched off.')
}

interface Parts {
  owner: WriteKeyOwner
  envelope: Envelope
  kind: EventKind | 'batch'
  receivedAt: number
}

async function createContext(deps: Deps, request: FastifyRequest, parts: Parts): Promise<StepContext> {
  const { owner, envelope, kind, receivedAt } = parts
  const settings = await getShopSettings(deps, owner.shop)
  const registry = await getRegistry(deps, owner.shop)
  const { headers } = request
  return {
    ...owner,
    origin: 'http',
    receivedAt,
    skew: envelope.sentAt === undefined ? 0 : receivedAt - envelope.sentAt,
    kind: kind === 'batch' ? undefined : kind,
    optedOut: headers['sec-gpc'] === '1' || headers.dnt === '1',
    isBrowser: headers.origin !== undefined,
    isTextClean: envelope.isTextClean,
    currency: settings.currency,
    domains: settings.domains,
    phoneCountry: settings.phoneCountry,
    consentMode: settings.consentMode,
    registry,
  }
}

function count({ metrics }: Deps, { recorded, duplicates, rejected }: RecordOutcome): void {
  if (recorded > 0) metrics.ingested.inc({ outcome: 'accepted' }, recorded)
  if (duplicates > 0) metrics.ingested.inc({ outcome: 'duplicate' }, duplicates)
  if (rejected.length > 0) metrics.ingested.inc({ outcome: 'rejected' }, rejected.length)
}

function toAnswer({ recorded, duplicates, rejected }: RecordOutcome): IngestAnswer {
  const explained = rejected.map(({ index, reason, detail }) => ({
    index,
    reason,
    message: `${REJECT_SENTENCES[reason]} Here ${detail}.`,
  }))
  return { success: true, recorded, duplicates, rejected: explained }
}
