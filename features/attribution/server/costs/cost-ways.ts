import { createEmptyEvent } from '../../../../platform/feed/empty-event.ts'
import { classifyChannel } from '../../../ingestion/server/reads.ts'
import { NO_WAY, type Way } from '../../../paths/server/reads.ts'
import type { CompiledRegistry } from '../../../touchpoints/server/reads.ts'

/** By which tags a campaign's clicks come; '' where nothing is known. */
export interface Tags {
  channel: string
  source: string
  medium: string
  campaign: string
}

/** The channel of a campaign's clicks: the one that the file names, else by the tags as a visit's is told. */
export function findChannel({ channel, source, medium, campaign }: Tags): string {
  if (channel !== '') return channel
  const utm = {
    ...(source !== '' && { source }),
    ...(medium !== '' && { medium }),
    ...(campaign !== '' && { campaign }),
  }
  return classifyChannel({ kind: 'page', url: 'https://shop.example/', utm })
}

/** The way under which visits by such a click stand in the paths, so that costs and orders meet. */
export function findWay(tags: Tags, by: Way, registry: CompiledRegistry): string {
  const channel = findChannel(tags)
  if (by === 'touchpoint') return findArrival(tags, channel, registry)
  if (NO_WAY.includes(channel)) return ''
  if (by === 'channel') return channel
  const source = tags.source || channel
  return by === 'source' || tags.campaign === '' ? source : `${tags.source} / ${tags.campaign}`
}

function findArrival(tags: Tags, channel: string, registry: CompiledRegistry): string {
  const row = createEmptyEvent(0, 0, 0)
  Object.assign(row, {
    kind: 'page',
    url: 'https://shop.example/',
    path: '/',
    channel,
    utm_source: tags.source,
    utm_medium: tags.medium,
    utm_campaign: tags.campaign,
  })
  registry.classify(row, {})
  return row.arrival
}
