import { findDiscoveryRates } from '../../../../kernel/stats/false-discovery.ts'
import type { Driver, Estimate } from '../../contract.ts'
import type { FoundDriver, UnitTable } from './units.ts'

const Q = 0.05

/** Effects within so much are too small to matter: two points of a share or a tenth of it, a fifth of a deviation of a mark. */
export function findTrifle({ outcome, family }: UnitTable): number {
  const n = outcome.length
  const mean = outcome.reduce((sum, value) => sum + value, 0) / n
  if (family === 'share') return Math.min(0.02, 0.1 * Math.min(mean, 1 - mean))
  return 0.2 * Math.sqrt(outcome.reduce((sum, value) => sum + (value - mean) ** 2, 0) / n)
}

/**
 * The same drivers with rates of false discovery and what follows from them. What the shop does and what customers choose are two
 * families, each held by itself: pages that somebody happened to see shouldn't raise the bar for what was done to them (Efron,
 * “Simultaneous inference: when should hypothesis testing problems be combined?”, 2008).
 */
export function judgeDrivers(drivers: readonly FoundDriver[], table: UnitTable): FoundDriver[] {
  const trifle = findTrifle(table)
  const isChosen = ({ at }: FoundDriver) => table.predictors[at]?.isChosen ?? false
  const rateOf = new Map(
    [true, false].flatMap((chosen) => {
      const family = drivers.filter((driver) => driver.p !== null && isChosen(driver) === chosen)
      const rates = findDiscoveryRates(family.map(({ p }) => p as number))
      return family.map((driver, place) => [driver, rates[place] as number] as const)
    }),
  )
  return drivers.map((driver) => {
    const q = rateOf.get(driver)
    if (q === undefined || !driver.effect) return driver
    return {
      ...driver,
      q,
      verdict: judgeEffect(driver.effect, q, { trifle, family: table.family }),
      isConfounded: isMisleading(driver.naive, driver.effect),
    }
  })
}

/** Orders are money, however few; of a mark that moves by less than matters for sure nothing is made, however sure it moves. */
function judgeEffect(
  { low, high }: Estimate,
  q: number,
  { trifle, family }: { trifle: number; family: UnitTable['family'] },
): Driver['verdict'] {
  const isTrifling = low > -trifle && high < trifle
  if (family === 'value' && isTrifling) return 'none'
  if (high < 0 && q < Q) return 'harms'
  if (low > 0 && q < Q) return 'helps'
  return isTrifling ? 'none' : 'unsure'
}

/**
 * Would the plain difference have misled? That it leaves zero where the effect's interval doesn't is not enough: a wide interval
 * that holds both says neither (Gelman and Stern, “The difference between significant and not significant is not itself
 * statistically significant”, 2006).
 */
export function isMisleading(naive: Estimate | null, effect: Estimate): boolean {
  if (!naive) return false
  const leavesZero = ({ low, high }: Estimate) => low > 0 || high < 0
  const isBeyond = naive.value < effect.low || naive.value > effect.high
  return (
    (leavesZero(naive) && !leavesZero(effect) && isBeyond) ||
    naive.low > effect.high ||
    naive.high < effect.low
  )
}
