import type { VerdictWord } from '../vocabulary.ts'

/** `decision=7` or `decision=latest` of an address that anybody may have typed. */
export function readChosen({ decision }: Record<string, unknown>): number | 'latest' | undefined {
  if (decision === 'latest') return decision
  return Number.isSafeInteger(decision) && (decision as number) > 0 ? (decision as number) : undefined
}

/**
 * Of decisions, the newest first, the first that can be judged, else the newest. Undefined while a newer one is still being
 * judged: an older one isn't opened, to be closed again. Without a word: its verdict failed.
 */
export function findNewestJudged(
  decisions: readonly { id: number; word: VerdictWord | 'waiting' | undefined }[],
): number | undefined {
  for (const { id, word } of decisions) {
    if (word === 'waiting') return undefined
    if (word !== undefined && word !== 'early' && word !== 'few_data') return id
  }
  return decisions[0]?.id
}
