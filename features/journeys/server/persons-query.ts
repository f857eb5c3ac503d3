import type { PersonsQuestion } from '../contract.ts'
import type { MapPlan, Query } from './map-plan.ts'
import { personsQuery } from './map-query.ts'
import type { OrderNames } from './order-names.ts'
import { readTime } from './packed.ts'
import { addPlaces } from './person-lines.ts'
import type { CodedTouchpoint } from './registry-codes.ts'

/** Where a list is about, in the numbers of the registry. */
export interface Spot {
  stage: number
  /** undefined: the whole stage. */
  touchpoint: CodedTouchpoint | undefined
  kind: NonNullable<PersonsQuestion['kind']>
}

/** A person of the list and where it goes on after them; `at` in ms since 1970. */
export interface PersonRow {
  person: string
  at: number
  said: number | null
  kept: number | null
}

export interface Position {
  at: number
  person: string
}

/** Persons behind a figure of the map, the last contact first. Only journeys' ends need the contacts elsewhere too. */
export function personsListQuery(
  plan: MapPlan,
  names: OrderNames,
  spot: Spot,
  page: { after: Position | undefined; limit: number },
): Query {
  const isLeft = spot.kind === 'left'
  const persons = personsQuery(plan, names, isLeft ? undefined : touchpointsOf(plan, spot))
  const here = spot.touchpoint
    ? `p = ${spot.stage * 1024 + spot.touchpoint.code}`
    : `intDiv(p, 1024) = ${spot.stage}`
  const isAfter = page.after === undefined ? '' : ' AND (at, person) < ({after_at:Int64}, {after:UUID})'
  return {
    sql: `SELECT person, at, said_here AS said, kept_here AS kept FROM (
  SELECT person, {from:Int64} + toInt64(arrayMax(arrayMap((m, p) -> if(${here}, ${readTime('m')}, 0), marks, places))) AS at,
    arrayExists(p -> ${here}, places) AS is_here,
    arrayAvg(arrayFilter((v, p) -> ${here}, said, said_places)) AS said_here,
    arrayAvg(arrayFilter((v, p) -> ${here}, kept, kept_places)) AS kept_here,
    arrayExists((v, p) -> ${here} AND v = 0, kept, kept_places) AS is_missed,
    ${isLeft ? `arrayExists((s, l) -> s = ${spot.stage} AND (steps[l + 1] = 0 OR intDiv(steps[l + 1], 64) != intDiv(steps[l], 64)), stages, last_steps)` : '0'} AS is_left
  FROM (${addPlaces(persons.sql, isLeft)})
)
WHERE is_here${CONDITIONS[spot.kind]}${isAfter}
ORDER BY at DESC, person DESC LIMIT {limit:UInt32}`,
    params: {
      ...persons.params,
      limit: page.limit,
      ...(page.after && { after_at: page.after.at, after: page.after.person }),
    },
  }
}

const CONDITIONS: Record<Spot['kind'], string> = {
  present: '',
  heard: ' AND NOT isNaN(said_here)',
  missed: ' AND is_missed',
  kept: ' AND NOT isNaN(kept_here) AND NOT is_missed',
  left: ' AND is_left',
}

/** Keys of everything that can stand in the stage. */
export function touchpointsOf(
  plan: MapPlan,
  { stage, touchpoint }: Pick<Spot, 'stage' | 'touchpoint'>,
): string[] {
  return (touchpoint ? [touchpoint] : touchpointsIn(plan, stage)).map(({ key }) => key)
}

/** Everything that can stand in the stage, by itself or by the state of an order. */
export function touchpointsIn({ codes }: MapPlan, stage: number): CodedTouchpoint[] {
  return codes.touchpoints.filter(
    (one) => one.stage === stage || one.whileOrdered === stage || one.afterReceipt === stage,
  )
}
