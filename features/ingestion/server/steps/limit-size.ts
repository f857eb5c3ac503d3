import { type Draft, type Drop, drop, type StepContext } from './step.ts'

export const MAX_EVENT_BYTES = 32 * 1024

/** Counts an event's size as compact JSON in UTF-8, so that spaces between its parts cost nothing. */
export function limitSize({ message }: Draft, { origin, mayBeLarge }: StepContext): Drop | undefined {
  if (origin !== 'http' || !mayBeLarge) return undefined
  const text = JSON.stringify(message)
  // A UTF-16 unit takes at most three bytes.
  if (text.length * 3 <= MAX_EVENT_BYTES) return undefined
  const bytes = Buffer.byteLength(text)
  return bytes > MAX_EVENT_BYTES ? drop('too_large', `the event has ${bytes} bytes`) : undefined
}
