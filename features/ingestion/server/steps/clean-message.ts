import { cleanJson } from './clean-json.ts'
import { type Draft, type Drop, drop, type StepContext } from './step.ts'

const DETAILS = {
  too_deep: 'objects and lists stand inside each other on more than 32 levels',
  too_many_keys: 'one of its objects has more than 256 keys',
}

/** Comes first: after it a message is known to be shallow, and its texts are such as both stores take. */
export function cleanMessage(draft: Draft, { isTextClean }: StepContext): Drop | undefined {
  const cleaned = cleanJson(draft.message, isTextClean)
  if ('problem' in cleaned) return drop(cleaned.problem, DETAILS[cleaned.problem])
  draft.message = cleaned.value
  draft.weight = cleaned.weight
  return undefined
}
