import type { Standard } from '../../../touchpoints/contract.ts'
import type { LevelName } from '../models/units.ts'

/** Beyond so many times the bad bound a standard is missed badly. */
const BADLY = 3
const LASTING: readonly Standard['unit'][] = ['ms', 's', 'min', 'h', 'days', 'count', 'clicks']

/**
 * The value beyond which it is badly missed; undefined where there is no such. Three times the bad bound; where any day or
 * piece too many is missed already, from the third on.
 */
export function findBadlyBound({ direction, bad, unit }: Standard): number | undefined {
  if (direction !== 'at_most' || !LASTING.includes(unit)) return undefined
  if (bad > 0) return BADLY * bad
  return bad === 0 && (unit === 'days' || unit === 'count') ? BADLY - 1 : undefined
}

export type FoundLevel = LevelName | 'kept'

export function findLevel(standard: Standard, value: number): FoundLevel {
  const { direction, good, bad } = standard
  if (direction === 'at_least') return value >= good ? 'kept' : value < bad ? 'missed' : 'between'
  if (value <= good) return 'kept'
  if (value <= bad) return 'between'
  return value > (findBadlyBound(standard) ?? Number.POSITIVE_INFINITY) ? 'badly' : 'missed'
}

/** From beyond which value up to which a level reaches; for `at_least` the worse end is below. */
export function findLevelBounds(
  standard: Standard,
  level: LevelName,
): { from: number | null; to: number | null } {
  const { direction, good, bad, unit } = standard
  if (unit === 'yes_no') return { from: null, to: null }
  if (direction === 'at_least') return level === 'between' ? { from: bad, to: good } : { from: null, to: bad }
  if (level === 'between') return { from: good, to: bad }
  const badly = findBadlyBound(standard) ?? null
  return level === 'missed' ? { from: bad, to: badly } : { from: badly, to: null }
}
