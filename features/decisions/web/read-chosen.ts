/** `decision=7` or `decision=latest` of an address that anybody may have typed. */
export function readChosen({ decision }: Record<string, unknown>): number | 'latest' | undefined {
  if (decision === 'latest') return decision
  return Number.isSafeInteger(decision) && (decision as number) > 0 ? (decision as number) : undefined
}
