import type { Kind, LeftOut } from '../../vocabulary.ts'
import type { LevelName } from '../models/units.ts'
import { findLevelBounds } from './levels.ts'
import type { UnitsGround } from './units-plan.ts'

/** What the answer says of a predictor beside what the models find. */
export interface Described {
  key: string
  kind: Kind
  event: string | null
  name: string | null
  stage: string
  touchpoint: string | null
  measure: string | null
  unit: string | null
  kept: number | null
  /** Of how many it is told, where that isn't everybody who is known; null: it is. */
  persons: number | null
  bounds: Partial<Record<LevelName, { from: number | null; to: number | null }>>
}

/** One of which no model is asked. */
export interface Aside extends Described {
  known: number
  exposed: number
  leftOut: LeftOut
}

/** Where built-in events stand on the way. */
const EVENT_PLACES: Record<string, string> = {
  insert: 'parcel',
  newsletter: 'newsletter',
  defect: 'warranty',
  solved: 'warranty',
  second_defect: 'warranty',
  second_solved: 'warranty',
  few_photos: 'product_page',
  short_description: 'product_page',
}

const STAGE_OF: Record<string, string> = {
  parcel: 'receipt',
  newsletter: 'aftercare',
  warranty: 'aftercare',
  product_page: 'site',
}

/** What the shop does for the customer, rather than a failure. */
export const GOOD_EVENTS: readonly string[] = ['insert', 'newsletter', 'solved', 'second_solved']

const PLAIN = {
  event: null,
  name: null,
  touchpoint: null,
  measure: null,
  unit: null,
  kept: null,
  persons: null,
  bounds: {},
}

export function describeStandard(ground: UnitsGround, key: string, levels: readonly LevelName[]): Described {
  const [touchpoint = '', measure = ''] = key.split('.')
  const standard = ground.standards.get(key)
  return {
    ...PLAIN,
    ...{ key, kind: 'standard', touchpoint, measure },
    stage: ground.places.get(touchpoint)?.stage ?? touchpoint,
    unit: standard?.unit ?? null,
    bounds: standard
      ? Object.fromEntries(levels.map((level) => [level, findLevelBounds(standard, level)]))
      : {},
  }
}

export function describeMet(ground: UnitsGround, touchpoint: string): Described {
  const stage = ground.places.get(touchpoint)?.stage ?? touchpoint
  return { ...PLAIN, key: `met.${touchpoint}`, kind: 'met', touchpoint, stage }
}

export function describeEvent(ground: UnitsGround, event: string): Described {
  const usual = EVENT_PLACES[event] ?? 'warranty'
  const place = ground.places.get(usual)
  return {
    ...PLAIN,
    ...{ key: `event.${event}`, kind: 'event', event },
    touchpoint: place ? usual : null,
    stage: place?.stage ?? STAGE_OF[usual] ?? 'aftercare',
  }
}

export function describeOwn(_: UnitsGround, fact: { key: string; name: string; stage: string }): Described {
  return {
    ...PLAIN,
    key: `own.${fact.key}`,
    kind: 'event',
    event: fact.key,
    name: fact.name,
    stage: fact.stage,
  }
}

export function describeOperator(ground: UnitsGround, name: string): Described {
  const stage = ground.registry.stages[Math.min(ground.ranks.contact, ground.registry.stages.length - 1)]?.key
  return {
    ...PLAIN,
    key: `operator.${name}`,
    kind: 'event',
    event: 'operator',
    name,
    stage: stage ?? 'contact',
  }
}
