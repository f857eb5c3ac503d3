import { EVERYBODY, type Figures, type Series, touchpointOf } from './figures.ts'
import type { Change } from './find-change.ts'
import { makeSeries } from './make-series.ts'

/** Changes that begin so many weeks apart at most may have one cause. */
const APART = 3
/** What is left of a change without the newcomers, at most, if they are its cause. */
const LEFT = 0.5
/** Of an audience so many are newcomers at the least if these move it. */
const PART = 0.1

export interface Alarm {
  lead: Change
  /** What else changed by the same cause, largest first. */
  facets: Change[]
}

/**
 * One cause is told once. An audience that comes anew leads; whatever isn't there without it is a facet of it: its
 * device, its age, the shares that others lost, the touchpoints it meets. Of one touchpoint the widest change leads.
 */
export function mergeCauses(changes: readonly Change[], figures: Figures): Alarm[] {
  const alarms: Alarm[] = []
  const lookUp = seriesFinder(figures)
  for (const change of [...changes].sort((a, b) => rank(a) - rank(b) || b.size - a.size)) {
    const cause = alarms.find(
      (alarm) => isLikeEverybody(change, alarm) || isFacet(change, alarm.lead, figures, lookUp),
    )
    if (cause) cause.facets.push(change)
    else alarms.push({ lead: change, facets: [] })
  }
  const weight = ({ lead }: Alarm) => Math.abs(lead.after - lead.before) * lead.n
  return alarms.sort((a, b) => weight(b) - weight(a))
}

/** New audiences before those that shrink, these before touchpoints, and there everybody before a part. */
function rank({ series, before, after }: Change): number {
  if (series.metric === 'share') return after > before ? 0 : 1
  return series.audience === EVERYBODY ? 2 : 3
}

type Finder = (metric: string, place: string, audience: string) => Series | undefined

function seriesFinder(figures: Figures): Finder {
  let known: Map<string, Series> | undefined
  return (metric, place, audience) => {
    known ??= new Map(makeSeries(figures).map((one) => [`${one.metric} ${one.place} ${one.audience}`, one]))
    return known.get(`${metric} ${place} ${audience}`)
  }
}

function isFacet(change: Change, lead: Change, figures: Figures, find: Finder): boolean {
  if (Math.abs(change.from - lead.from) > APART) return false
  const { series } = change
  if (lead.series.metric !== 'share')
    return series.metric !== 'share' && touchpointOf(series.place) === touchpointOf(lead.series.place)
  if (series.metric === 'share') return isSharedOut(change, lead, figures)
  const newcomers = lead.series.audience
  if (series.audience === newcomers) return true
  if (series.audience === EVERYBODY)
    return isGoneWithout(change, find(series.metric, series.place, newcomers))
  const of = figures.recent(series.audience)
  return of > 0 && figures.both(series.audience, newcomers) / of >= PART
}

/** A part of the customers does as all of them do, whose change has its cause already. */
function isLikeEverybody({ series, from, before, after }: Change, { lead, facets }: Alarm): boolean {
  return (
    Math.abs(from - lead.from) <= APART &&
    facets.some(
      (one) =>
        one.series.audience === EVERYBODY &&
        one.series.metric === series.metric &&
        one.series.place === series.place &&
        one.after > one.before === after > before,
    )
  )
}

/** Whether an audience's share is as it was among those who aren't newcomers. */
function isSharedOut(change: Change, lead: Change, figures: Figures): boolean {
  const [own, newcomers] = [change.series.audience, lead.series.audience]
  const dimensionOf = (key: string) => figures.audiences.find((one) => one.key === key)?.dimension
  const dimension = dimensionOf(own)
  if (!dimension) return false
  const isRival = dimension === dimensionOf(newcomers)
  const ratio = (n: number, of: number) => n / Math.max(1, of)
  const known = figures.recentKnown(dimension, newcomers)
  // How many newcomers belong to it, and how much oftener this is known of them than of others: neither depends on how
  // many of them there were in which week.
  const part = isRival ? 0 : ratio(figures.both(own, newcomers), known)
  const oftener = isRival
    ? 1
    : ratio(known, figures.recent(newcomers)) /
      Math.max(1e-9, ratio(figures.recentKnown(dimension), figures.recent(EVERYBODY)))
  const without = (of: number, fresh: number) => (of - part * fresh) / Math.max(0.01, 1 - fresh)
  const left = without(change.after, lead.after * oftener) - without(change.before, lead.before * oftener)
  return Math.abs(left) <= LEFT * Math.abs(change.after - change.before)
}

function isGoneWithout(change: Change, newcomers: Series | undefined): boolean {
  if (!newcomers) return false
  const { series, from, last, before, after } = change
  let [n, sum] = [0, 0]
  for (let week = from; week <= Math.min(last, series.n.length - 1); week++) {
    n += (series.n[week] as number) - (newcomers.n[week] ?? 0)
    sum += (series.sum[week] as number) - (newcomers.sum[week] ?? 0)
  }
  return n >= 1 && Math.abs(sum / n - before) <= LEFT * Math.abs(after - before)
}
