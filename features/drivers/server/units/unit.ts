import type { FoundLevel } from './levels.ts'
import type { UnitsGround } from './units-plan.ts'

export const CONTROLS = [
  'source',
  'device',
  'part_of_day',
  'weekend',
  'month',
  'category',
  'returning',
  'contact',
  'region',
  'payment',
  'delivery',
  'touchpoint',
  'topic',
  'operator',
] as const
export type ControlName = (typeof CONTROLS)[number]

/** Something that came or didn't; `naive` where the plain comparison is another one, null for who isn't compared. */
export interface Happening {
  isKnown: boolean
  is: boolean
  naive?: boolean | null
}

/** One that is counted: a person who came, an order, an answer. What is known of it, before the outcome. */
export interface Unit {
  /** The place of its person among the histories. */
  person: number
  /** When it stands in the list of persons, ms. */
  at: number
  outcome: number
  /** Money of what came, minor units; 0 for none. */
  amount: number
  readings: { key: string; level: FoundLevel }[]
  met: Set<string>
  /** By the key of the event. */
  events: Map<string, Happening>
  /** Bits of the shop's own facts. */
  facts: number
  controls: Partial<Record<ControlName, string>>
  operator?: string
  /** Something failed them: a standard missed badly, or a defect. */
  hasFailed?: boolean
  /** How they felt before that, by their marks from −1 to 1; undefined where they had said nothing. */
  attitude?: number
  /** Letters of the product's description. */
  description?: number
}

export interface UnitsFound {
  units: Unit[]
  /** Those that aren't over yet. */
  unripe: number
}

export function openUnit(of: Pick<Unit, 'person' | 'at' | 'outcome' | 'amount'>): Unit {
  return { ...of, readings: [], met: new Set(), events: new Map(), facts: 0, controls: {} }
}

/** From which stage on a control is used. */
export function rankOfControl({ ranks, rankOf, registry, outcome }: UnitsGround, name: ControlName): number {
  if (outcome === 'rating') return name === 'operator' ? Math.min(ranks.contact, registry.stages.length) : 0
  if (name === 'contact') return rankOf('contact')
  return name === 'payment' || name === 'delivery' || name === 'region' ? rankOf('order') : 0
}
