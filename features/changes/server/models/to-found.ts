import { compareShares } from '../../../../kernel/stats/compare-shares.ts'
import { FLOOR_NUMBER } from '../../../../kernel/stats/floors.ts'
import { formatDay } from '../../../../kernel/time.ts'
import type { Alarm, AlarmChange, GapAnswer } from '../../contract.ts'
import { mondayOf } from '../weeks-plan.ts'
import { type Figures, VISIT, type Week } from './figures.ts'
import { findAlarms } from './find-alarms.ts'
import type { Change } from './find-change.ts'
import { findGaps } from './find-gaps.ts'
import { makeSeries } from './make-series.ts'
import { mergeCauses } from './merge-causes.ts'

/** An alarm as it is found, before anybody has seen it. */
export interface FoundAlarm {
  change: AlarmChange
  direction: Alarm['direction']
  fromDay: string
  lastDay: string
  facets: AlarmChange[]
  orders: Alarm['orders']
}

export interface Look {
  alarms: FoundAlarm[]
  gaps: GapAnswer[]
  /** Series with enough data, and weeks with anybody. */
  series: number
  weeks: number
}

/** Everything that the newest weeks tell: changes by their causes, and standing differences. */
export function lookAtWeeks(figures: Figures): Look {
  const { changes, looked } = findAlarms(makeSeries(figures), figures.weeks - 1)
  const dayOf = (week: number) => formatDay(mondayOf(figures.firstWeek + week))
  const alarms = mergeCauses(changes, figures).map(
    ({ lead, facets }): FoundAlarm => ({
      change: toChange(lead, figures),
      direction: lead.after > lead.before ? 'up' : 'down',
      fromDay: dayOf(lead.from),
      lastDay: dayOf(lead.last),
      facets: facets.map((one) => toChange(one, figures)),
      orders: lead.series.metric === 'share' ? compareOrders(figures, lead) : null,
    }),
  )
  const weeks = figures.line(VISIT, '').filter((week) => week !== undefined).length
  return { alarms, gaps: findGaps(figures).map((gap) => withUnit(gap, figures)), series: looked, weeks }
}

function withUnit({ speed, ...gap }: ReturnType<typeof findGaps>[number], { places }: Figures): GapAnswer {
  const own = places.find(({ key }) => key === gap.place)?.speed
  return { ...gap, speed: speed && own ? { ...speed, unit: own.unit, isUpper: own.isUpper } : null }
}

/** On the scale on which it is told: what was said −100 … 100, times in their unit, the rest as shares. */
function toChange(change: Change, { places }: Figures): AlarmChange {
  const { series, before, after, low, high, n, past, p } = change
  const { metric, place, audience } = series
  const speed = metric === 'speed' ? places.find(({ key }) => key === place)?.speed : undefined
  const names = {
    metric,
    place,
    audience,
    unit: speed?.unit ?? null,
    n: Math.round(n),
    past: Math.round(past),
    p,
  }
  if (speed) {
    const time = (log: number) => speed.scale * Math.expm1(log)
    // The new time by the old one; of hardly any time at all, of both plus the good one.
    const growth = (by: number) => (time(before) > 0 ? time(before + by) / time(before) : Math.exp(by))
    return { ...names, before: time(before), after: time(after), low: growth(low), high: growth(high) }
  }
  if (metric !== 'said') return { ...names, before, after, low, high }
  return { ...names, before: 200 * before - 100, after: 200 * after - 100, low: 200 * low, high: 200 * high }
}

/** How often a new audience orders, against the others of whom the same is known, in the same weeks. */
function compareOrders(figures: Figures, { series, from, before, after }: Change): Alarm['orders'] {
  const audience = figures.audiences.find(({ key }) => key === series.audience)
  if (!audience || after <= before) return null
  const own = countOrders(figures.line(VISIT, audience.key), from)
  const all = countOrders(figures.known(VISIT, audience.dimension), from)
  const others = { n: all.n - own.n, of: all.of - own.of }
  if (own.of < FLOOR_NUMBER || others.of < FLOOR_NUMBER) return null
  const compared = compareShares(own, others)
  if (!compared) return null
  const { low, high } = compared
  return { own: own.n / own.of, others: others.n / others.of, low, high, n: own.of, othersN: others.of }
}

function countOrders(line: readonly (Week | undefined)[], from: number): { n: number; of: number } {
  const total = { n: 0, of: 0 }
  for (const week of line.slice(from)) {
    total.n += week?.ordered ?? 0
    total.of += week?.followed ?? 0
  }
  return total
}
