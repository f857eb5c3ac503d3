import type { Answering, Driver, Estimate, Level } from '../contract.ts'

/** The parts of the ledger, in the order in which an owner reads them. */
export const GROUPS = ['mend', 'helps', 'linked', 'traps', 'quiet'] as const
export type Group = (typeof GROUPS)[number]

/** Where a driver stands in the ledger; undefined: nothing can be said of it. */
export function groupOf(driver: Driver): Group | undefined {
  if (driver.leftOut !== null || driver.effect === null) return undefined
  const isSeen = driver.verdict === 'harms' || driver.verdict === 'helps'
  if (!isSeen) return driver.isConfounded ? 'traps' : 'quiet'
  // What customers choose themselves is no loss of the shop's, however sure the difference.
  if (driver.isChosen) return 'linked'
  return driver.verdict === 'harms' ? 'mend' : 'helps'
}

export interface Ledger {
  groups: { group: Group; drivers: Driver[] }[]
  leftOut: Driver[]
}

/** The drivers by part, each part in the order of the answer; empty parts are left out. */
export function arrangeLedger(drivers: readonly Driver[]): Ledger {
  const groups = GROUPS.map((group) => ({
    group,
    drivers: drivers.filter((driver) => groupOf(driver) === group),
  }))
  return {
    groups: groups.filter((part) => part.drivers.length > 0),
    leftOut: drivers.filter((driver) => groupOf(driver) === undefined),
  }
}

export const isSure = ({ low, high }: Estimate) => low > 0 || high < 0

/**
 * Where nearly all of a harm sits: the worst band of the standard, when its effect is sure and those of the milder
 * bands are none to speak of. «Later than 30 minutes» says more then than «later than 10».
 */
export function findWorst({ levels, verdict }: Driver): (Level & { effect: Estimate }) | undefined {
  const badly = levels.find(({ level }) => level === 'badly')
  const milder = levels.filter(({ level }) => level !== 'badly')
  if (verdict !== 'harms' || !badly?.effect || !isSure(badly.effect) || badly.effect.value >= 0)
    return undefined
  const half = badly.effect.value / 2
  const isFlat = milder.every(({ effect }) => effect === null || !isSure(effect) || effect.value > half)
  return milder.length > 0 && isFlat ? { ...badly, effect: badly.effect } : undefined
}

/** The value beyond which a standard is missed, as far as the bands tell. */
export function findBound({ levels }: Pick<Driver, 'levels'>): number | null {
  const band = (name: Level['level']) => levels.find(({ level }) => level === name)
  return band('missed')?.from ?? band('between')?.to ?? band('badly')?.from ?? null
}

export type Tone = 'won' | 'lost' | 'quiet'

export const toneOf = (driver: Driver): Tone => {
  const group = groupOf(driver)
  if (group === undefined || group === 'traps' || group === 'quiet') return 'quiet'
  return driver.verdict === 'harms' ? 'lost' : 'won'
}

/** Would everybody give a `better` NPS than those who answered, a `worse` one, or nobody can say? `difference` is raw minus weighted. */
export function judgeAnswering({ difference }: Answering): 'better' | 'worse' | 'alike' {
  if (!isSure(difference)) return 'alike'
  return difference.value < 0 ? 'better' : 'worse'
}
