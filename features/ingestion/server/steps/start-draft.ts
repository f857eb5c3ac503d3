import { createEmptyEvent } from '../../../../platform/feed/empty-event.ts'
import type { Draft, JsonObject, StepContext } from './step.ts'

export function startDraft(message: JsonObject, context: StepContext): Draft {
  const row = createEmptyEvent(context.shop, context.source, context.receivedAt)
  return { message, properties: {}, traits: {}, context: {}, weight: 0, row }
}
