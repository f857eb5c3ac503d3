import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Deps } from '../../../platform/room.ts'
import { getShopSettings } from '../../accounts/server/reads.ts'
import { type RecordOutcome, record } from './record.ts'
import type { Origin, StepContext } from './steps/step.ts'

export type { RecordOutcome }

export interface RecordRequest {
  shop: number
  source: number
  /** Segment-spec messages with a `type`. They are kept in the rows: don't change them afterwards. */
  messages: readonly unknown[]
  /** ms since 1970; now unless told otherwise. */
  receivedAt?: number
  origin: Origin
}

/** Prepared without a pause: some milliseconds, so that requests in between don't notice. */
const SLICE = 500

/**
 * The door for everything that doesn't come by HTTP: files, and rooms that complete an event. The same steps, answered
 * when durable; repeats of a `messageId` are told and not counted again. Fails with `store_away`; ask again then.
 */
export async function recordMessages(
  deps: Pick<Deps, 'db' | 'writer' | 'now'>,
  request: RecordRequest,
): Promise<RecordOutcome> {
  const context = await getContext(deps, request)
  const parts: Promise<RecordOutcome>[] = []
  for (let at = 0; at < request.messages.length; at += SLICE) {
    if (at > 0) await nextTurn()
    parts.push(record(deps.writer, request.messages.slice(at, at + SLICE), context))
    parts.at(-1)?.catch(() => undefined)
  }
  return joinOutcomes(await Promise.all(parts))
}

function joinOutcomes(parts: readonly RecordOutcome[]): RecordOutcome {
  const whole: RecordOutcome = { recorded: 0, duplicates: 0, rejected: [] }
  for (const [part, outcome] of parts.entries()) {
    whole.recorded += outcome.recorded
    whole.duplicates += outcome.duplicates
    for (const item of outcome.rejected) whole.rejected.push({ ...item, index: item.index + part * SLICE })
  }
  return whole
}

async function getContext(deps: Pick<Deps, 'db' | 'now'>, request: RecordRequest): Promise<StepContext> {
  const settings = await getShopSettings(deps, request.shop)
  return {
    shop: request.shop,
    source: request.source,
    origin: request.origin,
    receivedAt: request.receivedAt ?? deps.now(),
    skew: 0,
    kind: undefined,
    optedOut: false,
    isBrowser: false,
    isTextClean: false,
    currency: settings.currency,
    domains: settings.domains,
    phoneCountry: settings.phoneCountry,
    consentMode: settings.consentMode,
  }
}
