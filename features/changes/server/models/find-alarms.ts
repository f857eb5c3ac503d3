import { findDiscoveryRates } from '../../../../kernel/stats/false-discovery.ts'
import type { Metric } from '../../vocabulary.ts'
import type { Series } from './figures.ts'
import { type Change, dateChange, findChange } from './find-change.ts'

/**
 * Shared out over the 52 looks of a year. One year in twenty may raise a false alarm; reckoned is with one in a hundred,
 * since moods that go on for weeks are learnt from few of their kind (bench/alarms.ts counts such years).
 */
export const LOOK_LEVEL = 0.01 / 52

/** Smaller changes aren't worth a word, however certain: on the series' scale; of speed as a logarithm. */
const SMALLEST: Record<Metric, number> = {
  share: 0.05,
  reach: 0.05,
  said: 0.05,
  kept: 0.08,
  effect: 0.04,
  speed: 0.1,
}

export interface Look {
  changes: Change[]
  /** Series with enough data to be looked at. */
  looked: number
}

/** All changes of the newest weeks that are believed after everything that was looked at (Benjamini and Hochberg). */
export function findAlarms(series: readonly Series[], last: number, level = LOOK_LEVEL): Look {
  const changes = series
    .map((one) => findChange(one, Math.min(last, one.n.length - 1)))
    .filter((one) => one !== undefined)
  const rates = findDiscoveryRates(changes.map(({ p }) => p))
  const found = changes.filter((change, at) => (rates[at] as number) <= level && isWorthWhile(change))
  return { changes: found.map(dateChange).filter(isWorthWhile), looked: changes.length }
}

function isWorthWhile({ series, before, after }: Change): boolean {
  return Math.abs(after - before) >= SMALLEST[series.metric]
}
