import { type Draft, type Drop, drop, type StepContext } from './step.ts'

export const MAX_EVENT_BYTES = 32 * 1024

/** Counts an event's size as compact JSON in UTF-8, so that spaces between its parts cost nothing. */
export function limitSize({ message, weight }: Draft, { origin }: StepContext): Drop | undefined {
  if (origin !== 'http' || weight <= MAX_EVENT_BYTES) return undefined
  const bytes = Buffer.byteLength(JSON.stringify(message))
  return bytes > MAX_EVENT_BYTES ? drop('too_large', `the event has ${bytes} bytes`) : undefined
}
