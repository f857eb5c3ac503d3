/**
 * Identities seen together that are known to need nothing more, so that the next event with the same ones costs no
 * query. What was seen least lately is forgotten first.
 */
export interface Settled {
  has(key: string): boolean
  add(key: string): void
}

export function createSettled(capacity = 200_000): Settled {
  const keys = new Set<string>()
  return {
    has(key) {
      if (!keys.delete(key)) return false
      // A set lists its members in the order of their adding: the first is the oldest.
      keys.add(key)
      return true
    },
    add(key) {
      keys.add(key)
      if (keys.size > capacity) keys.delete(keys.values().next().value as string)
    },
  }
}
