import { type Day, formatDay, readDay } from '../../kernel/time.ts'
import type { DemoOptions } from '../options.ts'
import { SOURCES, type Source, YOUNG_SOURCE } from '../world/sources.ts'
import { weighDays, YOUNG_DAYS } from './arrivals.ts'
import { createDraw, type Draw } from './draw.ts'

/** What a campaign cost on a day, as a table of costs tells it. */
export interface DemoCost {
  day: string
  channel: string
  source: string
  medium: string
  campaign: string
  /** Kopecks. */
  amount: number
  impressions: number | null
  clicks: number | null
}

/** Kopecks for a click, and of how many showings one is clicked. */
const CLICKS: Record<string, { price: number; rate: number }> = {
  search_ad: { price: 5_200, rate: 0.045 },
  display_ad: { price: 2_400, rate: 0.006 },
  price_comparison: { price: 2_600, rate: 0.03 },
  young_social: { price: 1_500, rate: 0.011 },
}

/** Paid on the first of a month, in kopecks for each visitor that a usual month brings. */
const BY_MONTH: Record<string, number> = { blogger: 9_000, print_ad: 14_000 }

const USUAL_MONTH = 30
/** Of the clicks that an ad system bills, so many more than the visits that a shop sees. */
const BILLED = { low: 1.08, high: 1.22 }

/**
 * What the shop paid for ads, by day and campaign: invented beside the visitors, from a seed of its own, so that no life
 * changes by it. Nothing is planted in it: more money brings nobody.
 */
export function drawAdCosts(options: DemoOptions): DemoCost[] {
  const { seed, days, end, persons, truths } = options
  const draw = createDraw(`ad costs ${seed}`)
  const weights = weighDays(options)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return weights.flatMap((weight, at) => {
    const day = end - days + at
    const arrivals = (persons * weight) / total
    const young = day >= end - YOUNG_DAYS ? truths.young / 100 : 0
    const byClick = [...SOURCES, YOUNG_SOURCE].flatMap((source) => {
      const share = source === YOUNG_SOURCE ? young : source.share * (1 - young)
      return billClicks(draw, day, source, arrivals * share)
    })
    return [...byClick, ...billMonth(day, persons / days)]
  })
}

function billClicks(draw: Draw, day: Day, source: Source, visitors: number): DemoCost[] {
  const paid = CLICKS[source.key]
  const clicks = Math.round(visitors * draw.between(BILLED.low, BILLED.high))
  const amount = Math.round(clicks * (paid?.price ?? 0) * draw.between(0.85, 1.15))
  if (!paid || clicks === 0) return []
  return [
    { ...tagsOf(source), day: formatDay(day), amount, clicks, impressions: Math.round(clicks / paid.rate) },
  ]
}

function billMonth(day: Day, arrivals: number): DemoCost[] {
  if (readDay(day).date !== 1) return []
  return SOURCES.flatMap((source) => {
    const amount = Math.round(arrivals * USUAL_MONTH * source.share * (BY_MONTH[source.key] ?? 0))
    return amount > 0
      ? [{ ...tagsOf(source), day: formatDay(day), amount, clicks: null, impressions: null }]
      : []
  })
}

/** The tags under which the visits come, so that costs and orders meet. */
function tagsOf({ query }: Source) {
  const tags = new URLSearchParams(query)
  const tag = (name: string) => tags.get(`utm_${name}`) ?? ''
  return { channel: '', source: tag('source'), medium: tag('medium'), campaign: tag('campaign') }
}
