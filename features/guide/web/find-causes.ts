import type { ShopSettings } from '../../accounts/contract.ts'
import { isOwnMachine } from './server-address.ts'

export type Cause = 'ownMachine' | 'noTls' | 'consentRequired' | 'ownOptOut'

type Known = {
  /** Where events are sent. */
  address: string
  consentMode: ShopSettings['consentMode'] | undefined
  browser: { globalPrivacyControl?: boolean; doNotTrack?: string | null }
}

/** Why nothing may come, as far as it can be known from here, the likeliest first. */
export function findCauses({ address, consentMode, browser }: Known): Cause[] {
  const causes: Cause[] = []
  if (isOwnMachine(address)) causes.push('ownMachine')
  else if (address.startsWith('http:')) causes.push('noTls')
  if (consentMode === 'require') causes.push('consentRequired')
  const optsOut = browser.globalPrivacyControl === true || browser.doNotTrack === '1'
  // The owner tries it in this very browser, and is left out as any visitor with this wish would be.
  if (consentMode === 'respect' && optsOut) causes.push('ownOptOut')
  return causes
}
