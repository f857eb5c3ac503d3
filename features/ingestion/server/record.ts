import { cutText } from '../../../kernel/text.ts'
import type { FeedEvent, RejectRow } from '../../../platform/feed/event-row.ts'
import type { LaneWriter } from '../../../platform/feed/lane-writer.ts'
import { DROP_REASONS, REJECT_SENTENCES, type RejectReason } from '../contract.ts'
import { prepareMessage, type RejectedMessage } from './pipeline.ts'
import { maskMessage } from './steps/mask-addresses.ts'
import { isObject, readText, type StepContext } from './steps/step.ts'

export interface RecordOutcome {
  recorded: number
  /** Recorded before, or twice among these. */
  duplicates: number
  /** In the order of the messages. */
  rejected: RejectedMessage[]
}

export interface Prepared {
  events: FeedEvent[]
  /** The place of each event among the messages. */
  places: number[]
  rejected: RejectedMessage[]
  rejects: RejectRow[]
}

/** Prepares the messages, commits what is good, keeps what is not, and answers when both are durable. */
export async function record(
  writer: LaneWriter,
  messages: readonly unknown[],
  context: StepContext,
): Promise<RecordOutcome> {
  const prepared = startPreparing()
  prepare(messages, 0, context, prepared)
  return commit(writer, prepared)
}

export async function commit(
  writer: LaneWriter,
  { events, places, rejected, rejects }: Prepared,
): Promise<RecordOutcome> {
  const { recorded, duplicates, refused } = await writer.write(events, rejects)
  for (const row of refused) rejected.push(toRefusal(places[events.indexOf(row)] ?? 0))
  return { recorded, duplicates, rejected: rejected.sort((a, b) => a.index - b.index) }
}

export function startPreparing(): Prepared {
  return { events: [], places: [], rejected: [], rejects: [] }
}

/** Takes messages through the steps; `first` is the place of the first of them. */
export function prepare(
  messages: readonly unknown[],
  first: number,
  context: StepContext,
  prepared: Prepared,
): void {
  for (const [at, message] of messages.entries()) {
    const index = first + at
    const result = prepareMessage(message, context)
    if ('reason' in result) {
      prepared.rejected.push({ index, reason: result.reason, detail: result.detail })
      prepared.rejects.push(toRejectRow(message, result.reason, result.detail, context))
    } else {
      prepared.events.push(result)
      prepared.places.push(index)
    }
  }
}

function toRefusal(index: number): RejectedMessage {
  return { index, reason: 'store_refused', detail: REJECT_SENTENCES.store_refused }
}

const MAX_PAYLOAD = 32 * 1024

/** What was not recorded, as it arrived but for secrets in addresses. Of visitors who said no nothing is kept but the fact. */
export function toRejectRow(
  message: unknown,
  reason: RejectReason,
  detail: string,
  { shop, source, receivedAt }: Pick<StepContext, 'shop' | 'source' | 'receivedAt'>,
): RejectRow {
  const known = isObject(message) && reason !== 'no_consent' ? message : {}
  return {
    shop,
    received_at: receivedAt,
    source,
    reason,
    detail: cutText(detail, 500),
    message_id: cutText(readText(known.messageId), 255),
    name: cutText(readText(known.event ?? known.name ?? known.type), 255),
    payload:
      reason === 'no_consent'
        ? ''
        : cutText(writeJson(isObject(message) ? maskMessage(message) : message), MAX_PAYLOAD),
    outcome: DROP_REASONS.has(reason) ? 'dropped' : 'rejected',
  }
}

/** Nesting beyond what the runtime can follow ends in '' instead of an error. */
function writeJson(message: unknown): string {
  try {
    return typeof message === 'string' ? message : (JSON.stringify(message) ?? '')
  } catch {
    return ''
  }
}
