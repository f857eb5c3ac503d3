import type { GoodwillUnits } from '../models/find-goodwill.ts'
import type { UnitTable } from '../models/units.ts'
import { findLevel } from './levels.ts'
import { SAYS } from './packed.ts'
import { type History, type HistoryEvent, textAt } from './read-history.ts'
import type { Unit } from './unit.ts'
import type { UnitsGround } from './units-plan.ts'

/** Marks above it, of −1 … 1, are those of the content. */
const CONTENT = 0.5

/**
 * How they felt until their parcel came, and whether something failed them from then on (it came late, it broke). One cut for all:
 * marks that some have from later on would be half the outcome already.
 */
export function addAttitude(
  unit: Unit,
  { events }: History,
  own: readonly HistoryEvent[],
  ground: UnitsGround,
  cameAt: number,
): void {
  const marks = events.flatMap((event) =>
    event.says === SAYS.feedback && textAt(event, 0) !== 'nps' && event.at < cameAt
      ? (event.value ?? [])
      : [],
  )
  unit.hasFailed = own.some((event) => event.at >= cameAt && isFailure(event, ground))
  if (marks.length > 0) unit.attitude = marks.reduce((sum, mark) => sum + mark, 0) / marks.length
}

function isFailure({ says, touchpoint, measure, measured }: HistoryEvent, ground: UnitsGround): boolean {
  if (says === SAYS.opened) return true
  const standard = ground.standards.get(`${touchpoint}.${measure}`)
  return standard !== undefined && measured !== null && findLevel(standard, measured) === 'badly'
}

/** For the test of whether goodwill softens a failure; undefined for outcomes that have none. */
export function toGoodwillUnits(units: readonly Unit[], table: UnitTable): GoodwillUnits | undefined {
  if (!units.some(({ hasFailed }) => hasFailed !== undefined)) return undefined
  return {
    ...{ outcome: table.outcome, cluster: table.cluster, persons: table.persons, controls: table.controls },
    failure: Float64Array.from(units, ({ hasFailed }) => (hasFailed ? 1 : 0)),
    content: Float64Array.from(units, ({ attitude }) =>
      attitude === undefined ? Number.NaN : Number(attitude > CONTENT),
    ),
  }
}
