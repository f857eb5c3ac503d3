import type { ReachAnswer, ReachCheck } from '../contract.ts'

/** What this browser saw of PUBLIC_URL. `blocked`: a page on https may not ask an address without TLS at all. */
export type BrowserOutcome = 'good' | 'blocked' | 'stranger' | 'nothing'

const PATIENCE_MS = 8_000

/**
 * Asks PUBLIC_URL from here, as a page of the shop would. A page can't be told why a request failed, so a second one,
 * whose answer can't be read, tells at least whether there is anybody.
 */
export async function askFromBrowser(check: ReachCheck, pageOrigin: string): Promise<BrowserOutcome> {
  const { publicUrl, nonce, mark } = check
  if (pageOrigin.startsWith('https:') && publicUrl.startsWith('http:')) return 'blocked'
  const common = { cache: 'no-store', credentials: 'omit' } as const
  try {
    const response = await fetch(`${publicUrl}/api/reachability/${nonce}`, {
      ...common,
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    const answer = (await response.json()) as Partial<ReachAnswer> | null
    return answer?.mark === mark ? 'good' : 'stranger'
  } catch {
    const signal = AbortSignal.timeout(PATIENCE_MS)
    return fetch(`${publicUrl}/healthz`, { ...common, mode: 'no-cors', signal }).then(
      () => 'stranger',
      () => 'nothing',
    )
  }
}
