import { createPrng, type Prng } from '../../../../kernel/prng.ts'
import type { ActiveDay, PersonHistory } from '../models/person-days.ts'

/** What moves contacts and orders of invented customers. */
export interface World {
  seed: number
  persons: number
  days: number
  /** The usual chance of an order on a day, log odds. */
  base: number
  /** What so many contacts in the last `window` days add to the log odds. */
  effect: (past: number) => number
  window: number
  /** Spread of how active people are; it moves contacts and orders alike. */
  activity: number
}

/** Contacts a day of a customer of usual activity. */
const RATE = 0.12

/** Customers day by day: contacts come by chance, orders by what came before that day. */
export function inventHistories(world: World): PersonHistory[] {
  const chance = createPrng(world.seed)
  return Array.from({ length: world.persons }, () => inventPerson(world, chance))
}

function inventPerson({ days, base, effect, window, activity }: World, chance: Prng): PersonHistory {
  const active = activity * gauss(chance)
  const seen: number[] = []
  const orders: number[] = []
  const found: ActiveDay[] = []
  for (let day = 0; day < days; day++) {
    const past = seen.slice(Math.max(0, day - window)).reduce((sum, one) => sum + one, 0)
    const odds = base + effect(past) + active
    if (day > 0 && chance.float() < 1 / (1 + Math.exp(-odds))) orders.push(day)
    const rate = Math.min(0.9, RATE * Math.exp(active))
    seen.push(Number(chance.float() < rate) + Number(chance.float() < rate))
    // The first contact of everybody is another one; some more come by chance alone.
    const other = day === 0 ? 1 : Number(chance.float() < 0.15)
    if (seen[day] || other) found.push({ day, seen: seen[day] as number, other, marks: 0, sum: 0 })
  }
  return { weight: 1, channel: 'search_ad', isPhone: chance.float() < 0.5, days: found, orders }
}

/** Box and Muller. */
function gauss(chance: Prng): number {
  return Math.sqrt(-2 * Math.log(1 - chance.float())) * Math.cos(2 * Math.PI * chance.float())
}
