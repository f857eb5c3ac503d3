import type { Channel } from '../../../../kernel/channels.ts'
import { CLICK_IDS } from './click-ids.ts'
import { findChannelByEvent, findSiteStep } from './event-rules.ts'
import { findSource, readHost } from './find-source.ts'
import { type Campaign, readLanding } from './landing.ts'
import { findChannelByUtm, getFreeChannel } from './utm-rules.ts'

export interface ChannelInput {
  kind: 'track' | 'page' | 'screen' | 'identify' | 'group' | 'alias'
  /** The event's name; empty for pages and identities. */
  name?: string
  /** The event's own `channel` property, as sent. */
  way?: unknown
  url?: string
  referrer?: string
  /** Tags known already; without them they are read from the address. */
  utm?: Campaign
  /** The parameter in which a click id came (`gclid`), where known already. */
  clickId?: string
  /** Hosts of the shop itself, subdomains included. */
  shopDomains?: readonly string[]
  /** A past fact from a file: that nothing is said about its way doesn't mean that it came directly. */
  imported?: boolean
}

interface Visit {
  input: ChannelInput
  name: string
  url: string
  referrer: string
  utm: Campaign
  clickId: string | undefined
  pageHost: string
  referrerHost: string
}

/**
 * Each step answers or passes on. An event that is itself a contact of another kind (a call, an opened
 * e-mail, a parcel) comes first: the page that a browser happened to be on says how the *visit* began.
 */
const STEPS: ReadonlyArray<(visit: Visit) => Channel | undefined> = [
  (visit) => findChannelByEvent(visit.name, visit.input.way),
  (visit) => findChannelByUtm(visit.utm),
  (visit) => (visit.clickId ? CLICK_IDS.get(visit.clickId)?.channel : undefined),
  findChannelByReferrer,
  (visit) => (visit.input.kind === 'screen' ? 'app' : undefined),
  (visit) => (hasTags(visit.utm) ? 'unknown' : undefined),
  (visit) => (visit.url === '' ? undefined : 'direct'),
  (visit) => (visit.input.imported ? undefined : findSiteStep(visit.name)),
]

/** The channel of one event. Total: garbage in any field leads to `unknown`, `referral` or `direct`. */
export function classifyChannel(input: ChannelInput): Channel {
  const visit = readVisit(input)
  for (const step of STEPS) {
    const channel = step(visit)
    if (channel !== undefined) return channel
  }
  return 'unknown'
}

function readVisit(input: ChannelInput): Visit {
  const url = input.url ?? ''
  const referrer = input.referrer ?? ''
  const landing = url.includes('?') ? readLanding(url) : undefined
  return {
    input,
    name: input.name ?? '',
    url,
    referrer,
    utm: hasTags(input.utm) ? input.utm : (landing?.utm ?? {}),
    clickId: input.clickId ?? landing?.clickId?.param,
    pageHost: readHost(url),
    referrerHost: readHost(referrer),
  }
}

function findChannelByReferrer(visit: Visit): Channel | undefined {
  const { referrer, referrerHost: host, pageHost, input } = visit
  if (host === '') return undefined
  if (host === pageHost || isWithin(host, input.shopDomains)) return 'site'
  const kind = findSource(referrer, host)
  return kind ? getFreeChannel(kind) : 'referral'
}

function isWithin(host: string, domains: readonly string[] = []): boolean {
  return domains.some((domain) => host === domain || host.endsWith(`.${domain}`))
}

function hasTags(utm: Campaign | undefined): utm is Campaign {
  return Boolean(utm && (utm.source || utm.medium || utm.campaign))
}
