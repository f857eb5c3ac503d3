import type { Dimension, Metric } from '../../vocabulary.ts'
import { EVERYBODY, type Figures, type Place, type Series, type Sums, VISIT, type Week } from './figures.ts'

/**
 * All that is watched: the make-up of visitors by audience; of each touchpoint the reach, what was said, how standards
 * were kept, how many ordered and how quick it was, for everybody and for each audience. Who is new and who returns
 * follows the number of visitors, so that it is no change of its own.
 */
export function makeSeries(figures: Figures): Series[] {
  const keys = [EVERYBODY, ...figures.audiences.map(({ key }) => key)]
  const all: Series[] = []
  for (const { key, dimension } of figures.audiences)
    if (dimension !== 'visit') all.push(shareSeries(figures, key, dimension))
  for (const audience of keys) {
    all.push(effectSeries(figures, VISIT, audience))
    for (const place of figures.places) all.push(...ofPlace(figures, place, audience))
  }
  return all
}

function ofPlace(figures: Figures, { key, group, isApart }: Place, audience: string): Series[] {
  const line = figures.line(key, audience)
  const mean = (metric: 'said' | 'kept' | 'speed') => meanSeries(figures, metric, key, audience, line)
  const standards = isApart ? [] : [mean('kept'), mean('speed')]
  if (group === '') return standards
  const reach = reachSeries(figures, key, audience, line, figures.line(group, audience))
  const effect = group === VISIT ? [effectSeries(figures, key, audience)] : []
  return [reach, mean('said'), ...standards, ...effect]
}

function empty(metric: Metric, place: string, audience: string, kind: Series['kind'], weeks: number): Series {
  const zeros = () => new Float64Array(weeks)
  return { metric, place, audience, kind, n: zeros(), sum: zeros(), squares: zeros() }
}

function shareSeries(figures: Figures, audience: string, dimension: Dimension): Series {
  const own = figures.line(VISIT, audience)
  const series = empty('share', '', audience, 'share', figures.weeks)
  for (const [at, week] of figures.known(VISIT, dimension).entries()) put(series, at, week?.n, own[at]?.n)
  return series
}

type Line = readonly (Week | undefined)[]

function reachSeries(figures: Figures, place: string, audience: string, line: Line, of: Line): Series {
  const series = empty('reach', place, audience, 'share', figures.weeks)
  for (const [at, week] of of.entries()) put(series, at, week?.n, line[at]?.n)
  return series
}

function effectSeries(figures: Figures, place: string, audience: string): Series {
  const series = empty('effect', place === VISIT ? '' : place, audience, 'share', figures.followedWeeks)
  const line = figures.line(place, audience).slice(0, figures.followedWeeks)
  for (const [at, week] of line.entries()) put(series, at, week?.followed, week?.ordered)
  return series
}

function put(series: Series, at: number, n = 0, sum = 0): void {
  series.n[at] = n
  series.sum[at] = Math.min(n, sum)
  series.squares[at] = Math.min(n, sum)
}

function meanSeries(
  figures: Figures,
  metric: 'said' | 'kept' | 'speed',
  place: string,
  audience: string,
  line: Line,
): Series {
  const series = empty(metric, place, audience, metric === 'speed' ? 'log' : 'mean', figures.weeks)
  for (const [at, week] of line.entries()) {
    if (!week) continue
    const { n, sum, squares } = metric === 'said' ? toUnit(week.said) : week[metric]
    series.n[at] = n
    series.sum[at] = sum
    series.squares[at] = squares
  }
  return series
}

/** −1 … 1 on a scale of 0 … 1. */
function toUnit({ n, sum, squares }: Sums): Sums {
  return { n, sum: (sum + n) / 2, squares: (squares + 2 * sum + n) / 4 }
}
