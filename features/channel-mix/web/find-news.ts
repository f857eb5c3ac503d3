import { FLOOR_NUMBER } from '../../../kernel/stats/floors.ts'
import type { ChannelMix, Estimate } from '../contract.ts'
import type { MixGroup } from '../vocabulary.ts'

type Group = ChannelMix['groups'][number]

/** A difference of two means, in points, and whether chance alone may have made it. */
export interface Gap {
  by: number
  isSure: boolean
}

/**
 * What adjusting for problems does to the difference: `stays`, `shrinks`, is `gone` (may be chance), or `turns` round;
 * `unknown` where there is too little to adjust with.
 */
export type AdjustedVerdict = 'stays' | 'shrinks' | 'gone' | 'turns' | 'unknown'

export interface MixNews {
  best: Group
  worst: Group
  raw: Gap
  /** null where there is too little to adjust with. */
  adjusted: Gap | null
  verdict: AdjustedVerdict
}

/** A difference that adjusting leaves at this part of itself has stayed. */
const STAYS = 0.8

/** The most and the least content group of those of which a number may be said; undefined with fewer than two. */
export function findNews(groups: readonly Group[]): MixNews | undefined {
  const known = groups
    .filter(({ said }) => said.raw !== null && said.raw.n >= FLOOR_NUMBER)
    .toSorted((a, b) => (b.said.raw as Estimate).mean - (a.said.raw as Estimate).mean)
  const [best, worst] = [known[0], known.at(-1)]
  if (!best || !worst || best === worst) return undefined
  const raw = subtract(best.said.raw as Estimate, worst.said.raw as Estimate)
  const adjusted =
    best.said.adjusted && worst.said.adjusted ? subtract(best.said.adjusted, worst.said.adjusted) : null
  return { best, worst, raw, adjusted, verdict: judge(raw, adjusted) }
}

function judge(raw: Gap, adjusted: Gap | null): AdjustedVerdict {
  if (!adjusted) return 'unknown'
  if (!adjusted.isSure) return 'gone'
  if (adjusted.by < 0) return 'turns'
  return adjusted.by >= STAYS * raw.by ? 'stays' : 'shrinks'
}

/** Errors of independent estimates add up as squares; half an interval is about two of them. */
function subtract(a: Estimate, b: Estimate): Gap {
  const half = Math.hypot((a.high - a.low) / 2, (b.high - b.low) / 2)
  const by = a.mean - b.mean
  return { by, isSure: Math.abs(by) > half }
}

/** Nobody asked for care anywhere: none is recorded, or none is connected. */
export const hasNoCare = ({ orders, groups }: Pick<ChannelMix, 'orders' | 'groups'>) =>
  orders > 0 &&
  groups.every(({ key, orders: own }: { key: MixGroup; orders: number }) => key === 'none' || own === 0)
