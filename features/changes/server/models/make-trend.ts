import { estimateMean } from '../../../../kernel/stats/estimate-mean.ts'
import { FLOOR_WORD } from '../../../../kernel/stats/floors.ts'
import { findWilsonInterval } from '../../../../kernel/stats/wilson.ts'
import { formatDay } from '../../../../kernel/time.ts'
import type { TrendPoint } from '../../contract.ts'
import type { Metric } from '../../vocabulary.ts'
import { mondayOf } from '../weeks-plan.ts'
import { type Figures, type Sums, VISIT, type Week } from './figures.ts'

type Value = Pick<TrendPoint, 'n' | 'value' | 'low' | 'high'>
const NOTHING: Value = { n: 0, value: null, low: null, high: null }

/** A metric week by week with its 95 % intervals; weeks of fewer persons than a word needs have no value. */
export function makeTrend(figures: Figures, metric: Metric, place: string, audience: string): TrendPoint[] {
  const read = readerOf(figures, metric, place, audience)
  return Array.from({ length: figures.weeks }, (_, week) => {
    const found = read(week)
    const isFew = found.n < FLOOR_WORD
    const day = formatDay(mondayOf(figures.firstWeek + week))
    return isFew ? { day, ...NOTHING, n: Math.round(found.n) } : { day, ...found, n: Math.round(found.n) }
  })
}

function readerOf(
  figures: Figures,
  metric: Metric,
  place: string,
  audience: string,
): (week: number) => Value {
  const found = figures.places.find(({ key }) => key === place)
  const line = figures.line(place === '' ? VISIT : place, audience)
  if (metric === 'share') {
    const dimension = figures.audiences.find(({ key }) => key === audience)?.dimension
    const known = dimension ? figures.known(VISIT, dimension) : []
    return (week) => share(line[week]?.n, known[week]?.n)
  }
  if (metric === 'reach') {
    const of = figures.line(found?.group || VISIT, audience)
    return (week) => share(line[week]?.n, of[week]?.n)
  }
  if (metric === 'effect')
    return (week) =>
      week < figures.followedWeeks ? share(line[week]?.ordered, line[week]?.followed) : NOTHING
  if (metric === 'speed') return (week) => speed(line[week], found?.speed ?? null)
  const [bounds, times] = metric === 'said' ? [{ low: -1, high: 1 }, 100] : [{ low: 0, high: 1 }, 1]
  return (week) => mean(line[week]?.[metric], bounds, times)
}

function share(n = 0, of = 0): Value {
  const found = findWilsonInterval(Math.min(n, of), of)
  return found ? { n: of, value: found.share, low: found.low, high: found.high } : NOTHING
}

function mean(sums: Sums | undefined, bounds: { low: number; high: number }, times: number): Value {
  const found = sums && estimateMean(sums, bounds)
  if (!found) return NOTHING
  return { n: found.n, value: found.mean * times, low: found.low * times, high: found.high * times }
}

/** By how much less surely a quantile is known than the mean, were the logarithms normal (median, upper quarter). */
const LOOSER = { median: 1.2533, upper: 1.3626 }

/** The quantile with the interval that its logarithms give. */
function speed(week: Week | undefined, of: { scale: number; isUpper: boolean } | null): Value {
  if (!week || !of || week.speed.n < 2) return NOTHING
  const { n, sum, squares } = week.speed
  const value = of.isUpper ? week.upper : week.median
  const deviation = Math.sqrt(Math.max(0, (squares - (sum * sum) / n) / (n - 1)))
  const half = (1.96 * deviation * (of.isUpper ? LOOSER.upper : LOOSER.median)) / Math.sqrt(n)
  const at = (log: number) => Math.max(0, of.scale * Math.expm1(log))
  const middle = Math.log1p(value / of.scale)
  return { n, value, low: at(middle - half), high: at(middle + half) }
}
