import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Deps } from '../../../platform/room.ts'
import { getShopSettings } from '../../accounts/server/reads.ts'
import { getRegistry } from '../../touchpoints/server/reads.ts'
import { commit, prepare, type RecordOutcome, startPreparing } from './record.ts'
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
const SLICE = 250

/**
 * The door for everything that doesn't come by HTTP: files, and rooms that complete an event. The same steps, answered
 * when durable; repeats of a `messageId` are told and not counted again. Fails with `store_away`; ask again then.
 */
export async function recordMessages(
  deps: Pick<Deps, 'db' | 'writer' | 'now'>,
  request: RecordRequest,
): Promise<RecordOutcome> {
  const context = await getContext(deps, request)
  const prepared = startPreparing()
  for (let at = 0; at < request.messages.length; at += SLICE) {
    if (at > 0) await nextTurn()
    prepare(request.messages.slice(at, at + SLICE), at, context, prepared)
  }
  // Written at once: an insert costs as much for a few rows as for thousands.
  return commit(deps.writer, prepared)
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
    registry: await getRegistry(deps, request.shop),
  }
}
