import { expect, test } from 'vitest'
import { createPrng } from '../../../../kernel/prng.ts'
import { binomialQuantile } from '../../../../kernel/stats/distributions.ts'
import { NEWCOMERS, type SimulatedShop, simulateFigures } from '../testing/simulate-figures.ts'
import { findAlarms } from './find-alarms.ts'
import { makeSeries } from './make-series.ts'

const shop = { places: 3, audiences: 3, visitors: 500 }
const seriesOf = (seed: string, more: Partial<SimulatedShop>) =>
  makeSeries(simulateFigures(createPrng(seed), { ...shop, weeks: 78, ...more }))

test('years in which nothing changes raise an alarm no oftener than one in twenty', () => {
  const years = 12
  let alarmed = 0
  for (let year = 0; year < years; year++) {
    const visitors = [120, 500, 3_000][year % 3] as number
    const series = seriesOf(`year ${year}`, { weeks: 78 + 51, visitors })
    const looks = Array.from({ length: 52 }, (_, look) => 77 + look)
    if (looks.some((last) => findAlarms(series, last).changes.length > 0)) alarmed++
  }
  // The largest count that a rate of 5 % gives in 95 of 100 such trials.
  expect(alarmed).toBeLessThanOrEqual(binomialQuantile(0.95, years, 0.05))
})

test('a new audience of a third is found by name after two weeks, and November isn’t', () => {
  for (const seed of ['a', 'b', 'c']) {
    const series = seriesOf(seed, { weeks: 90, newcomers: { from: 80, share: 0.3 } })
    const names = (last: number) =>
      findAlarms(series, last).changes.map(({ series: { metric, audience } }) => `${metric} ${audience}`)
    expect(names(79)).toEqual([])
    expect(names(82)).toContain(`share ${NEWCOMERS}`)
    // Weeks 45, 46 and 97, 98 have 2.5 times as many visitors.
    const quiet = seriesOf(seed, { weeks: 100 })
    expect(findAlarms(quiet, 98).changes).toEqual([])
  }
})

test('nothing to look at raises nothing', () => {
  expect(findAlarms([], 77)).toEqual({ changes: [], looked: 0 })
  expect(findAlarms(seriesOf('young', { weeks: 5 }), 4).looked).toBe(0)
})
