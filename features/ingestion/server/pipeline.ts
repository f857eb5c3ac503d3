import type { FeedEvent } from '../../../platform/feed/event-row.ts'
import { classify } from './steps/classify.ts'
import { cleanMessage } from './steps/clean-message.ts'
import { deriveIdentity } from './steps/derive-identity.ts'
import { enrich } from './steps/enrich.ts'
import { filterBots } from './steps/filter-bots.ts'
import { filterConsent } from './steps/filter-consent.ts'
import { limitSize } from './steps/limit-size.ts'
import { maskAddresses } from './steps/mask-addresses.ts'
import { normalise } from './steps/normalise.ts'
import { placeInTime } from './steps/place-in-time.ts'
import { readFeedback } from './steps/read-feedback.ts'
import { startDraft } from './steps/start-draft.ts'
import { type Drop, drop, isObject, type Step, type StepContext } from './steps/step.ts'

/** The way of one message, in order. A step fills its part of the row or says why the message goes no further. */
const STEPS: readonly Step[] = [
  cleanMessage,
  limitSize,
  maskAddresses,
  filterBots,
  filterConsent,
  normalise,
  placeInTime,
  enrich,
  readFeedback,
  deriveIdentity,
  classify,
]

/** Takes one message all the way to the row that is committed. Never throws, whatever the message is. */
export function prepareMessage(message: unknown, context: StepContext): FeedEvent | Drop {
  if (!isObject(message))
    return drop(
      'not_an_object',
      `the event is ${message === null ? 'null' : Array.isArray(message) ? 'a list' : `a ${typeof message}`}`,
    )
  const draft = startDraft(message, context)
  for (const step of STEPS) {
    const stopped = step(draft, context)
    if (stopped) return stopped
  }
  return draft.row
}

export interface RejectedMessage extends Drop {
  index: number
}
