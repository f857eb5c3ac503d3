import type { CheckedFilter } from '../../../../kernel/filter/checked.ts'
import { getFilter } from '../../../../kernel/filter/parse-filter.ts'
import type { Filter } from '../../../../kernel/filter/schema.ts'
import { type Asked, readNumber } from '../../../../kernel/filter/to-predicate.ts'
import type { EventRow } from '../../../../platform/feed/event-row.ts'
import type { Registry, Touchpoint } from '../../contract.ts'
import { compileRules } from './make-plans.ts'

/** The columns of an event that the registry decides. */
export type Derived = Pick<
  EventRow,
  'arrival' | 'touchpoint' | 'stage' | 'measure' | 'measured' | 'rules_version'
>

export interface CompiledRegistry {
  version: number
  registry: Registry
  /** Fills the derived columns of the row. `properties` is the object that `row.properties` holds as text. */
  classify(row: EventRow, properties: Readonly<Record<string, unknown>>): void
  /** The touchpoint of that key, if there is one and it is on. */
  find(key: string): Touchpoint | undefined
}

/** A rule that touchpoint claims by, as its two uses need it. */
export interface ClaimRule {
  answer: Touchpoint
  filter: CheckedFilter
}

/** The rules that are asked of arrivals and of moments, in their order. Fails with `validation_failed` for broken ones. */
export function listRules({ touchpoints }: Registry): { arrivals: ClaimRule[]; moments: ClaimRule[] } {
  const rules = touchpoints
    .filter(({ isOn, rule }) => isOn && rule !== null)
    .map((touchpoint) => ({ answer: touchpoint, filter: getFilter(touchpoint.rule as Filter) }))
  return {
    arrivals: rules.filter(({ answer }) => answer.claims !== 'moment'),
    moments: rules.filter(({ answer }) => answer.claims !== 'arrival'),
  }
}

/** The registry as a function of an event, made once for each version: a few microseconds an event. */
export function compileRegistry(registry: Registry): CompiledRegistry {
  const { version } = registry
  const byKey = new Map(registry.touchpoints.filter(({ isOn }) => isOn).map((one) => [one.key, one]))
  const rules = listRules(registry)
  const findArrival = compileRules(rules.arrivals)
  const findMoment = compileRules(rules.moments)
  const findPageMoment = compileRules(rules.moments.filter(({ answer }) => answer.claims === 'moment'))
  return {
    version,
    registry,
    find: (key) => byKey.get(key),
    classify(row, properties) {
      forget(row, version)
      if (row.kind !== 'page' && row.kind !== 'track' && row.kind !== 'screen') return
      const asked: Asked = { event: row, documents: {} }
      const isPage = row.kind === 'page'
      if (isPage) row.arrival = findArrival(asked)?.key ?? ''
      const named = findNamed(byKey, properties)
      const touchpoint = named ?? (isPage ? findPageMoment(asked) : findMoment(asked))
      if (touchpoint) claim(row, touchpoint, properties)
    },
  }
}

function forget(row: Derived, version: number): void {
  row.arrival = ''
  row.touchpoint = ''
  row.stage = ''
  row.measure = ''
  row.measured = null
  row.rules_version = version
}

function findNamed(
  byKey: ReadonlyMap<string, Touchpoint>,
  properties: Readonly<Record<string, unknown>>,
): Touchpoint | undefined {
  const key = readOwn(properties, 'touchpoint')
  return typeof key === 'string' ? byKey.get(key) : undefined
}

function claim(row: Derived, touchpoint: Touchpoint, properties: Readonly<Record<string, unknown>>): void {
  row.touchpoint = touchpoint.key
  row.stage = touchpoint.stage
  for (const { measure } of touchpoint.standards) {
    const value = readMeasure(readOwn(properties, measure))
    if (value === undefined) continue
    row.measure = measure
    row.measured = value
    return
  }
}

/** A number, a text that plainly spells one, or yes and no. */
function readMeasure(value: unknown): number | undefined {
  if (typeof value === 'boolean') return value ? 1 : 0
  const number = readNumber(value)
  return number !== undefined && Number.isFinite(number) ? number + 0 : undefined
}

function readOwn(properties: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(properties, key) ? properties[key] : undefined
}
