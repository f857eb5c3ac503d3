import type { MapStage, MapTouchpoint } from '../contract.ts'

/** A stage, or a touchpoint in a stage, now and in the period compared with. */
export interface Place {
  stage: string
  /** null: the whole stage. */
  touchpoint: string | null
  now: MapStage | MapTouchpoint
  before: MapStage | MapTouchpoint | undefined
}

/** Every stage and touchpoint at which somebody was. */
export function listPlaces(now: readonly MapStage[], before: readonly MapStage[]): Place[] {
  return now
    .filter(({ persons }) => persons > 0)
    .flatMap((stage) => {
      const earlier = before.find(({ key }) => key === stage.key)
      const own = stage.touchpoints
        .filter(({ persons }) => persons > 0)
        .map((touchpoint) => ({
          stage: stage.key,
          touchpoint: touchpoint.key,
          now: touchpoint,
          before: earlier?.touchpoints.find(({ key }) => key === touchpoint.key),
        }))
      return [{ stage: stage.key, touchpoint: null, now: stage, before: earlier }, ...own]
    })
}
