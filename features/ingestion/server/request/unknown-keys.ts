import type { Deps } from '../../../../platform/room.ts'

/** Somebody sent events with a key that nobody has, or that is switched off. */
export interface UnknownKey {
  /** The site whose page sent it, without www. */
  domain: string
  /** The beginning of the key: enough to recognise it. */
  hint: string
  /** Milliseconds since 1970. */
  at: number
}

/** More sites than this are somebody's play; the oldest is forgotten. */
const REMEMBERED = 200
const HINT_LENGTH = 7

const memories = new WeakMap<object, Map<string, UnknownKey>>()

function memoryOf({ db }: Pick<Deps, 'db'>): Map<string, UnknownKey> {
  const known = memories.get(db) ?? new Map<string, UnknownKey>()
  memories.set(db, known)
  return known
}

/**
 * Remembers it in this process, so that the guide can say "your site sends another key". Such a request belongs to no
 * shop, so nothing of it is stored; it is told only to the shop whose own site it came from.
 */
export function noteUnknownKey(
  deps: Pick<Deps, 'db' | 'now'>,
  origin: string | undefined,
  key: string,
): void {
  if (origin === undefined || !URL.canParse(origin)) return
  const domain = new URL(origin).hostname.replace(/^www\./, '')
  const memory = memoryOf(deps)
  memory.delete(domain)
  memory.set(domain, { domain, hint: key.slice(0, HINT_LENGTH), at: deps.now() })
  const [oldest] = memory.keys()
  if (memory.size > REMEMBERED && oldest !== undefined) memory.delete(oldest)
}

/** Unknown keys that came since then from these sites or from below them. */
export function findUnknownKeys(
  deps: Pick<Deps, 'db'>,
  domains: readonly string[],
  since: number,
): UnknownKey[] {
  return [...memoryOf(deps).values()].filter(
    ({ domain, at }) => at >= since && domains.some((one) => domain === one || domain.endsWith(`.${one}`)),
  )
}
