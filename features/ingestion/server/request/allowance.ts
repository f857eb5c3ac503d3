import { AppError } from '../../../../kernel/errors.ts'
import type { WriteKeyOwner } from '../../../accounts/server/reads.ts'
import { nameClient } from './name-client.ts'
import { createRateLimit } from './rate-limit.ts'

/**
 * What one client address may take of a source's allowance. The write key of a page is public: with it a single hostile
 * client must not use up what all visitors share. Far more than a crowded office or a shop's server sends.
 */
const ADDRESS_SHARE = 0.1

export interface Allowance {
  /** Throws `too_many_requests` with the seconds to wait. What an address is refused costs the source nothing. */
  take(owner: WriteKeyOwner, address: string, events: number): void
}

/** `perSecond`: of one source, in the long run; twice as many at once. `now` in ms, monotonic. */
export function createAllowance(perSecond: number, now: () => number): Allowance {
  const sources = createRateLimit(perSecond, now)
  const addresses = createRateLimit(perSecond * ADDRESS_SHARE, now)
  return {
    take({ shop, source }, address, events) {
      const client = nameClient(address)
      const own = client === undefined ? undefined : addresses.take(`${shop} ${source} ${client}`, events)
      if (own !== undefined) throw refuse('Too many events at once from this address', own)
      const wait = sources.take(`${shop} ${source}`, events)
      if (wait !== undefined) throw refuse('Too many events at once', wait)
    },
  }
}

function refuse(what: string, wait: number): AppError {
  return new AppError('too_many_requests', `${what}; go on in ${wait} s.`, { retryAfterSeconds: wait })
}
