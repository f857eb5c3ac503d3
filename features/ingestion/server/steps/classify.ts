import type { Draft, StepContext } from './step.ts'

/**
 * The one place where an event gets its touchpoint, its stage and what it measures, by the newest rules of the shop
 * that this process knows; events that were too quick for a change are classified again in the history.
 */
export function classify({ row, properties }: Draft, { registry }: StepContext): undefined {
  registry.classify(row, properties)
  return undefined
}
