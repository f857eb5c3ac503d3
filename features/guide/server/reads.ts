import type { ReachView } from '../contract.ts'
import { lookAtSelf } from './look-at-self.ts'
import { makeNonce, markOf } from './reach-mark.ts'

/** Looks from this machine whether the server with this secret can be found at its public address; for the command line. */
export function lookAtOwnAddress(publicUrl: string, secret: Buffer): Promise<ReachView> {
  const nonce = makeNonce()
  // What the proxy tells of visitors is the server's business: this process may have other settings.
  return lookAtSelf({ publicUrl, nonce, mark: markOf(secret, nonce), trustProxy: false })
}
