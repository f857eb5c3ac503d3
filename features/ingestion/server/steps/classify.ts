import type { Draft } from './step.ts'

/**
 * The one place where an event gets its touchpoint and stage. They come from the shop's registry, by version; an
 * event with version 0 has been seen by no registry yet and is classified again when there is one.
 */
export function classify({ row }: Draft): undefined {
  row.touchpoint = ''
  row.stage = ''
  row.rules_version = 0
  return undefined
}
