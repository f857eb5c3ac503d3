import { createHmac, randomBytes } from 'node:crypto'

/** Sixteen random bytes as they stand in an address. */
export function makeNonce(): string {
  return randomBytes(16).toString('base64url')
}

/**
 * What only a process with this server's secret can say about a nonce: so an answer at PUBLIC_URL proves that it comes
 * from here, whichever of several processes gave it, and nothing has to be remembered in between.
 */
export function markOf(secret: Buffer, nonce: string): string {
  return createHmac('sha256', secret).update(`reachability ${nonce}`).digest('base64url')
}
