import { findAlarms } from '../features/changes/server/models/find-alarms.ts'
import { makeSeries } from '../features/changes/server/models/make-series.ts'
import { NEWCOMERS, simulateFigures } from '../features/changes/server/testing/simulate-figures.ts'
import { createPrng } from '../kernel/prng.ts'
import { binomialQuantile } from '../kernel/stats/distributions.ts'

// npx tsx bench/alarms.ts [years] [power runs]
const [years = 40, runs = 20] = process.argv.slice(2).map(Number)
const WEEKS = 78

function measureSpeed(): void {
  const figures = simulateFigures(createPrng('speed'), {
    places: 60,
    audiences: 19,
    weeks: WEEKS,
    visitors: 3_000,
  })
  const begun = performance.now()
  const series = makeSeries(figures)
  const { looked } = findAlarms(series, WEEKS - 1)
  const took = performance.now() - begun
  print(
    `60 touchpoints × 20 audiences × 78 weeks: ${series.length} series, ${looked} with enough data, ${took.toFixed(0)} ms (of 5,000 allowed)`,
  )
}

/** Years without change, each of 52 weekly looks at a shop of its own. */
function countFalseYears(): void {
  let alarmed = 0
  for (let year = 0; year < years; year++) {
    const shop = {
      places: 12,
      audiences: 8,
      weeks: WEEKS + 51,
      visitors: [120, 500, 3_000][year % 3] as number,
    }
    const series = makeSeries(simulateFigures(createPrng(`quiet ${year}`), shop))
    let first = 0
    for (let look = 0; look < 52 && first === 0; look++) {
      const [change] = findAlarms(series, WEEKS - 1 + look).changes
      if (!change) continue
      first = look + 1
      const { metric, place, audience } = change.series
      print(
        `  year ${year}, look ${first}: ${metric} ${place} ${audience} ${change.before.toFixed(3)} → ${change.after.toFixed(3)} of ${change.n}`,
      )
    }
    if (first > 0) alarmed++
  }
  const most = binomialQuantile(0.95, years, 0.05)
  print(
    `years without change that raised an alarm: ${alarmed} of ${years} (${((100 * alarmed) / years).toFixed(1)} %, 5 % gives up to ${most})`,
  )
}

/** A new audience of 30 %, and after how many complete weeks it is found by name. */
function measurePower(): void {
  const found = new Map<number, number>()
  for (let run = 0; run < runs; run++) {
    const from = 78
    const shop = { places: 12, audiences: 8, weeks: 90, visitors: 500, newcomers: { from, share: 0.3 } }
    const series = makeSeries(simulateFigures(createPrng(`young ${run}`), shop))
    for (let weeks = 1; weeks <= 12; weeks++) {
      const { changes } = findAlarms(series, from - 1 + weeks)
      if (!changes.some((one) => one.series.audience === NEWCOMERS && one.series.metric === 'share')) continue
      found.set(weeks, (found.get(weeks) ?? 0) + 1)
      break
    }
  }
  print(
    `a new audience of 30 %: found after ${[...found].map(([weeks, n]) => `${weeks} weeks in ${n}`).join(', ') || 'never'} of ${runs} shops`,
  )
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

measureSpeed()
measurePower()
countFalseYears()
