import type { Attribution, ChannelCredit } from '../contract.ts'
import type { ModelKey } from './attribution-search.ts'

/** What the page says in words above its picture. */
export interface Lead {
  /** The way to which the model credits most. */
  top: ChannelCredit | undefined
  /** The way about which the models part most, with the smallest and the largest share they give it. */
  parted: { channel: string; low: number; high: number } | undefined
  /** The ways whose orders cost least and most, where at least two have a price. */
  cheapest: ChannelCredit | undefined
  dearest: ChannelCredit | undefined
  /** Ways whose share differs from the compared side's for sure enough. */
  changed: ChannelCredit[]
}

/** Differences that would be found by chance in one of twenty are not told. */
export const MAX_Q = 0.05
/** Nearer than this the models may be said to agree. */
const APART = 0.03

export function findLead({ models }: Attribution, model: ModelKey): Lead {
  const credits = models.find((one) => one.model === model)?.channels ?? []
  const top = credits.toSorted((a, b) => b.conversions - a.conversions)[0]
  const priced = credits
    .filter(({ costPerOrder }) => costPerOrder !== null)
    .toSorted((a, b) => (a.costPerOrder?.value ?? 0) - (b.costPerOrder?.value ?? 0))
  return {
    top: top && top.conversions > 0 ? top : undefined,
    parted: findParted(models),
    cheapest: priced.length > 1 ? priced[0] : undefined,
    dearest: priced.length > 1 ? priced.at(-1) : undefined,
    changed: credits
      .filter(({ change }) => change !== undefined && change.q < MAX_Q)
      .toSorted((a, b) => Math.abs(b.change?.difference ?? 0) - Math.abs(a.change?.difference ?? 0)),
  }
}

function findParted(models: Attribution['models']): Lead['parted'] {
  const spreads = (models[0]?.channels ?? []).map(({ channel }, at) => {
    const shares = models.map(({ channels }) => channels[at]?.share ?? 0)
    return { channel, low: Math.min(...shares), high: Math.max(...shares) }
  })
  const widest = spreads.toSorted((a, b) => b.high - b.low - (a.high - a.low))[0]
  return widest && widest.high - widest.low >= APART ? widest : undefined
}
