import type { ArrivalSites, Guide } from '../contract.ts'
import type { GuideRow } from './guide-store.ts'

export interface ArrivedRow {
  accepted: number
  refused: number
}

export interface SiteRow {
  domain: string
  n: number
}

export interface GuideFacts {
  domains: readonly string[]
  arrived: ArrivedRow
  row: GuideRow | undefined
  publicUrl: string
}

export function toGuide({ domains, arrived, row, publicUrl }: GuideFacts): Guide {
  const { accepted, refused } = arrived
  const done = {
    shop: domains.length > 0,
    connect: accepted + refused > 0,
    event: accepted > 0,
    // Found over plain HTTP it is of no use to a shop on https, and found elsewhere it was another server's address.
    reach: row?.reachedUrl === publicUrl && publicUrl.startsWith('https:'),
  }
  const closedAt = row?.closedAt?.toISOString() ?? null
  const isOver = closedAt !== null || Object.values(done).every(Boolean)
  return { done, isOver, closedAt, publicUrl, accepted, refused }
}

export function toArrivalSites(
  rows: readonly SiteRow[],
  domains: readonly string[],
  unknown: readonly { domain: string; hint: string }[],
): ArrivalSites {
  return {
    items: rows.map(({ domain, n }) => ({ domain, n, isOwn: isBelow(domain, domains) })),
    unknownKeys: unknown.map(({ domain, hint }) => ({ domain, hint })),
  }
}

const isBelow = (domain: string, own: readonly string[]) =>
  own.some((one) => domain === one || domain.endsWith(`.${one}`))
