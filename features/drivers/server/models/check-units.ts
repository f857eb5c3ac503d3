import type { LeftOut, Refusal } from '../../vocabulary.ts'
import type { Predictor, UnitTable } from './units.ts'
import { varies } from './varies.ts'

/** Fewer than so many units, or persons, carry no model at all. */
export const LEAST_UNITS = 100
/** Fewer exposed, or unexposed, say nothing of an effect. */
export const LEAST_EXPOSED = 30
/** Of either outcome on either side: one more or less of fewer moves a share by more than its error says. */
const LEAST_EVENTS = 5
/** Of the rarer outcome, for each coefficient of a driver (Peduzzi et al. 1996); of units, for each coefficient of any kind. */
export const EVENTS_PER_COEFFICIENT = 10
/** What no share, mark or sum of a shop can be. */
const HUGE = 1e12

export interface Refused {
  reason: Refusal
  n: number
  needed: number | null
}

/** What is known of a predictor before anything is fitted. */
export interface Survey {
  known: number
  exposed: number
  knownPersons: number
  exposedPersons: number
  unexposedPersons: number
  /** 1 where anything was missed, 0 where nothing was, −1 where nothing is known. */
  exposure: Int8Array
  leftOut: LeftOut | null
  /** Whoever is without it never reached the outcome, or whoever has it always did: it follows from the outcome. */
  isConsequence: boolean
}

/** Why nothing can be said of the outcome at all, whatever the predictors. */
export function refuseUnits({ outcome, family, persons, cluster }: UnitTable): Refused | undefined {
  const n = outcome.length
  if (n === 0) return { reason: 'no_units', n, needed: LEAST_UNITS }
  if (!outcome.every((value) => Math.abs(value) < HUGE && (family === 'value' || value === 0 || value === 1)))
    return { reason: 'odd_values', n, needed: null }
  const present = countPersons(cluster, persons)
  if (n < LEAST_UNITS || present < LEAST_UNITS)
    return { reason: 'few_units', n: Math.min(n, present), needed: LEAST_UNITS }
  const first = outcome[0] as number
  if (!outcome.every((value) => value === first)) return undefined
  if (family === 'value') return { reason: 'told_apart', n, needed: null }
  return { reason: first === 0 ? 'nobody_reached' : 'everybody_reached', n, needed: null }
}

/** How many of the persons have a unit at all. */
export function countPersons(cluster: Int32Array, persons: number): number {
  const seen = new Uint8Array(persons)
  for (const person of cluster) seen[person] = 1
  return seen.reduce((sum, one) => sum + one, 0)
}

/** Of each predictor and level the same is asked of a million rows. */
const oneEach = new WeakMap<Int32Array, boolean>()

/** Has each person one unit, in the same order? */
export function isOneEach(cluster: Int32Array, persons: number): boolean {
  if (cluster.length !== persons) return false
  const known = oneEach.get(cluster)
  if (known !== undefined) return known
  const is = cluster.every((person, row) => person === row)
  oneEach.set(cluster, is)
  return is
}

/** Values that no share of readings can be, where they count. */
export function isOdd({ known, levels }: Predictor): boolean {
  for (let row = 0; row < known.length; row++) if (known[row] !== 0 && known[row] !== 1) return true
  return levels.some(({ values }) => {
    for (let row = 0; row < known.length; row++)
      if (known[row] === 1 && !(Math.abs(values[row] as number) < HUGE)) return true
    return false
  })
}

export function surveyPredictor({ known, levels }: Predictor, table: UnitTable): Survey {
  const exposure = findExposure(known, levels)
  const counts: Counts = { known: 0, exposed: 0 }
  for (let row = 0; row < known.length; row++) {
    if (known[row] !== 1) continue
    counts.known++
    if (exposure[row] === 1) counts.exposed++
  }
  const persons = surveyPersons(exposure, counts, table)
  const sides = [0, 1].map((side) => lookAtSide(table, (row) => exposure[row] === side)) as [Side, Side]
  return {
    ...{ known: counts.known, exposed: counts.exposed, ...persons, exposure },
    leftOut: findReason(counts, persons, sides),
    isConsequence: sides[0] === 'never' || sides[1] === 'always',
  }
}

/** How the outcome is on one side: without exception, too rarely otherwise, or either way often enough. */
type Side = 'never' | 'always' | 'alike' | 'hardly' | 'either'

function lookAtSide(
  { outcome, family }: Pick<UnitTable, 'outcome' | 'family'>,
  isIn: (row: number) => boolean,
): Side {
  if (family === 'value') return varies(outcome, isIn) ? 'either' : 'alike'
  const seen = [0, 0]
  for (let row = 0; row < outcome.length; row++) {
    if (!isIn(row)) continue
    const reached = outcome[row] as number
    seen[reached] = (seen[reached] as number) + 1
    if (Math.min(...seen) >= LEAST_EVENTS) return 'either'
  }
  const [not = 0, reached = 0] = seen
  if (not === 0) return 'always'
  return reached === 0 ? 'never' : 'hardly'
}

/** Whether units that are in go both ways often enough for a number of their own. */
export function goesEitherWay(
  table: Pick<UnitTable, 'outcome' | 'family'>,
  isIn: (row: number) => boolean,
): boolean {
  return lookAtSide(table, isIn) === 'either'
}

function surveyPersons(
  exposure: Int8Array,
  { known, exposed }: Counts,
  { cluster, persons }: UnitTable,
): Pick<Survey, 'knownPersons' | 'exposedPersons' | 'unexposedPersons'> {
  if (isOneEach(cluster, persons))
    return { knownPersons: known, exposedPersons: exposed, unexposedPersons: known - exposed }
  const seen = new Uint8Array(persons)
  for (let row = 0; row < exposure.length; row++) {
    const side = exposure[row] as number
    if (side !== 0 && side !== 1) continue
    const person = cluster[row] as number
    seen[person] = (seen[person] as number) | (side === 1 ? EXPOSED : UNEXPOSED)
  }
  return countSeen(seen)
}

/** Between good and bad nobody has missed anything: such a level has an effect of its own, but exposes nobody. */
function findExposure(known: Float64Array, levels: Predictor['levels']): Int8Array {
  const exposure = new Int8Array(known.length).fill(-1)
  for (let row = 0; row < known.length; row++) if (known[row] === 1) exposure[row] = 0
  for (const { level, values } of levels) {
    if (level === 'between') continue
    for (let row = 0; row < known.length; row++) if (known[row] === 1 && values[row] !== 0) exposure[row] = 1
  }
  return exposure
}

/** Bits of what a person's units were. */
const EXPOSED = 1
const UNEXPOSED = 2

function countSeen(seen: Uint8Array) {
  const persons = { knownPersons: 0, exposedPersons: 0, unexposedPersons: 0 }
  for (const bits of seen) {
    if (bits !== 0) persons.knownPersons++
    if (bits & EXPOSED) persons.exposedPersons++
    if (bits & UNEXPOSED) persons.unexposedPersons++
  }
  return persons
}

interface Counts {
  known: number
  exposed: number
}

function findReason(
  { known, exposed }: Counts,
  { exposedPersons, unexposedPersons }: Pick<Survey, 'exposedPersons' | 'unexposedPersons'>,
  sides: readonly Side[],
): LeftOut | null {
  if (exposed === 0 || exposed === known) return 'constant'
  if (exposedPersons < LEAST_EXPOSED) return 'few_exposed'
  if (unexposedPersons < LEAST_EXPOSED) return 'few_unexposed'
  if (sides.includes('hardly')) return 'few_events'
  return sides.every((side) => side === 'either') ? null : 'told_apart'
}
