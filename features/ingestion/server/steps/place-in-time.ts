import { cutText } from '../../../../kernel/text.ts'
import { clampTime, DAY_MS, STORABLE_TIMES, type TimeRange } from '../../../../kernel/time.ts'
import { readTime } from './read-time.ts'
import { type Draft, type Drop, drop, mark, type StepContext } from './step.ts'

/** Less than this is the network's delay, not a wrong clock. */
const MIN_SKEW_MS = 2_000
/** What DateTime64(3) holds. */
const HOLDABLE: TimeRange = { from: Date.UTC(1900, 0, 1), to: Date.UTC(2300, 0, 1) }

/**
 * Two times: `sent_ts` is the client's own, as a retry repeats it, and part of the sort key; `ts` is when it
 * happened, corrected by how wrong the client's clock is. Times far off are kept and marked.
 */
export function placeInTime(draft: Draft, context: StepContext): Drop | undefined {
  const { message } = draft
  const given = message.originalTimestamp ?? message.timestamp
  if (given === undefined || given === null || given === '') return placeUntimed(draft, context)
  const own = readTime(given)
  if (own === undefined) return drop('bad_time', `timestamp is ${cutText(JSON.stringify(given), 80)}`)
  const skew = readSkew(draft, context)
  place(draft, own, own + skew, context.receivedAt)
  if (draft.row.marks.includes('clamped')) draft.row.original_time = cutText(String(given), 64)
  return undefined
}

/**
 * No time at all: it happened when it arrived. A retry arrives later, so the key takes one constant time instead;
 * only an id that we made ourselves, which no retry repeats, may go under the time of its arrival.
 */
function placeUntimed(draft: Draft, { receivedAt }: StepContext): undefined {
  const hasOwnId = draft.message.messageId !== undefined && draft.message.messageId !== null
  draft.row.ts = receivedAt
  draft.row.sent_ts = hasOwnId ? STORABLE_TIMES.from : clampTime(receivedAt, STORABLE_TIMES)
  mark(draft, 'untimed')
}

function readSkew(draft: Draft, context: StepContext): number {
  const sentAt = draft.message.sentAt === undefined ? undefined : readTime(draft.message.sentAt)
  const skew = sentAt === undefined ? context.skew : context.receivedAt - sentAt
  if (context.origin !== 'http' || Math.abs(skew) < MIN_SKEW_MS) return 0
  mark(draft, 'skewed')
  return skew
}

function place(draft: Draft, own: number, happened: number, receivedAt: number): void {
  const { row } = draft
  row.sent_ts = clampTime(own, STORABLE_TIMES)
  row.ts = clampTime(happened, HOLDABLE)
  if (happened > receivedAt + DAY_MS) mark(draft, 'future')
  if (happened < STORABLE_TIMES.from) mark(draft, 'past')
  if (row.sent_ts !== own || row.ts !== happened) mark(draft, 'clamped')
}
