import type { LevelName, Predictor } from '../models/units.ts'
import {
  type Aside,
  type Described,
  describeEvent,
  describeMet,
  describeOperator,
  describeOwn,
  describeStandard,
  GOOD_EVENTS,
} from './describe.ts'
import type { Unit } from './unit.ts'
import type { UnitsGround } from './units-plan.ts'

export interface PredictorMade {
  predictor: Predictor
  described: Described
}

export interface PredictorsListed {
  predictors: PredictorMade[]
  operators: PredictorMade[]
  aside: Aside[]
  /** All of them, the asides among them. */
  all: PredictorMade[]
}

/** Fewer answers say nothing of an operator. */
const LEAST_OF_OPERATOR = 100
/** Of those who know it, so many must be without the outcome, or it is a step of the outcome itself. */
const LEAST_WITHOUT = 30
/** What a standard says of an order before there is one. */
const SAID_BEFORE = 'price_same'
const DEFECTS = ['defect', 'solved', 'second_defect', 'second_solved']
const WITHIN: Readonly<Record<string, string>> = {
  solved: 'event.defect',
  second_solved: 'event.second_defect',
}
const AMONG_SOME = ['solved', 'second_defect', 'second_solved']
const LEVELS: readonly LevelName[] = ['between', 'missed', 'badly']

/** All that may explain the outcome, in the order of the way. */
export function listPredictors(units: readonly Unit[], ground: UnitsGround): PredictorsListed {
  const made = [
    ...listStandards(units, ground),
    ...listMet(units, ground),
    ...listEvents(units, ground),
    ...listOwn(units, ground),
  ]
  const aside: Aside[] = []
  const predictors: PredictorMade[] = []
  for (const one of made) {
    const reason = findReason(one, units, ground)
    if (reason) aside.push({ ...one.described, ...countPersons(one.predictor, units), leftOut: reason })
    else predictors.push(one)
  }
  const operators = listOperators(units, ground)
  return { predictors, operators, aside, all: [...made, ...operators] }
}

/** Constants, and steps of the outcome itself: whoever pays has ordered, so that nobody without the outcome knows it. */
function findReason(
  { predictor }: PredictorMade,
  units: readonly Unit[],
  { outcome, ranks }: UnitsGround,
): Aside['leftOut'] | undefined {
  const { kind, known, stageRank } = predictor
  const exposed = known.map((is, at) => (is && isExposed(predictor, at) ? 1 : 0))
  const some = sum(exposed)
  if (kind === 'standard' && (some === 0 || some === sum(known))) return 'constant'
  if (outcome !== 'ordered' || kind !== 'standard' || stageRank < ranks.order) return undefined
  const without = units.reduce((n, unit, at) => n + (unit.outcome === 0 && known[at] ? 1 : 0), 0)
  return without < LEAST_WITHOUT ? 'told_apart' : undefined
}

/** Between good and bad nothing was missed. */
export const isExposed = ({ levels }: Predictor, at: number): boolean =>
  levels.some(({ level, values }) => level !== 'between' && values[at] !== 0)

const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0)

function countPersons(predictor: Predictor, units: readonly Unit[]): { known: number; exposed: number } {
  const persons = new Set<number>()
  const exposed = new Set<number>()
  for (const [at, { person }] of units.entries()) {
    if (!predictor.known[at]) continue
    persons.add(person)
    if (isExposed(predictor, at)) exposed.add(person)
  }
  return { known: persons.size, exposed: exposed.size }
}

function listStandards(units: readonly Unit[], ground: UnitsGround): PredictorMade[] {
  const found = new Map<string, Columns>()
  for (const [at, { readings }] of units.entries())
    for (const { key, level } of readings) {
      const columns = found.get(key) ?? openColumns(units.length)
      found.set(key, columns)
      columns.known[at] = (columns.known[at] as number) + 1
      if (level !== 'kept') columns.counts[level][at] = (columns.counts[level][at] as number) + 1
    }
  return [...ground.standards.keys()].flatMap((key) => {
    const columns = found.get(key)
    return columns ? [makeStandard(key, columns, units, ground)] : []
  })
}

interface Columns {
  /** How many readings. */
  known: Float64Array
  counts: Record<LevelName, Float64Array>
}

const openColumns = (n: number): Columns => ({
  known: new Float64Array(n),
  counts: { between: new Float64Array(n), missed: new Float64Array(n), badly: new Float64Array(n) },
})

function makeStandard(
  key: string,
  { known: readings, counts }: Columns,
  units: readonly Unit[],
  ground: UnitsGround,
): PredictorMade {
  const share = (column: Float64Array) => column.map((n, at) => n / (readings[at] || 1))
  const levels = LEVELS.filter((level) => sum(counts[level]) > 0).map((level) => ({
    level,
    values: share(counts[level]),
  }))
  const known = readings.map((n) => (n > 0 ? 1 : 0))
  const described = describeStandard(
    ground,
    key,
    levels.map(({ level }) => level),
  )
  const [touchpoint = '', measure = ''] = key.split('.')
  const rank = ground.places.get(touchpoint)?.rank ?? ground.registry.stages.length
  const isEarlier = ground.outcome === 'ordered' && measure === SAID_BEFORE && rank >= ground.ranks.order
  const all =
    levels.length > 0 ? levels : [{ level: 'missed' as const, values: new Float64Array(units.length) }]
  return {
    predictor: {
      ...{ key, kind: 'standard', isChosen: false, isGood: false, known, levels: all },
      stageRank: isEarlier ? Math.min(rank, ground.ranks.contact) : rank,
    },
    described: { ...described, kept: findKept(known, levels, units) },
  }
}

/** How far it is kept: kept 1, between 0.5, missed 0; of each person the mean, then over persons. */
function findKept(known: Float64Array, levels: Predictor['levels'], units: readonly Unit[]): number | null {
  const persons = new Map<number, { sum: number; n: number }>()
  for (const [at, { person }] of units.entries()) {
    if (!known[at]) continue
    const lost = levels.reduce(
      (total, { level, values }) => total + (level === 'between' ? 0.5 : 1) * (values[at] as number),
      0,
    )
    const own = persons.get(person) ?? { sum: 0, n: 0 }
    persons.set(person, { sum: own.sum + 1 - lost, n: own.n + 1 })
  }
  if (persons.size === 0) return null
  let total = 0
  for (const own of persons.values()) total += own.sum / own.n
  return Math.min(1, Math.max(0, total / persons.size))
}

/** Whether they came by where customers choose to look: association at most. */
function listMet(units: readonly Unit[], ground: UnitsGround): PredictorMade[] {
  const keys = new Set(units.flatMap(({ met }) => [...met]))
  return ground.registry.touchpoints
    .filter(({ key }) => keys.has(key))
    .map(({ key }) => ({
      predictor: makeFlag(
        { key: `met.${key}`, kind: 'met', isChosen: true, isGood: true },
        ground.places.get(key)?.rank ?? 0,
        units.map(({ met }) => met.has(key)),
      ),
      described: describeMet(ground, key),
    }))
}

type Flag = Pick<Predictor, 'key' | 'kind' | 'isChosen' | 'isGood'>

function makeFlag(
  flag: Flag,
  stageRank: number,
  is: readonly boolean[],
  known?: readonly boolean[],
): Predictor {
  const values = Float64Array.from(is, (one) => (one ? 1 : 0))
  return {
    ...flag,
    stageRank,
    known: known ? Float64Array.from(known, (one) => (one ? 1 : 0)) : new Float64Array(is.length).fill(1),
    levels: [{ level: 'missed', values }],
  }
}

function listEvents(given: readonly Unit[], ground: UnitsGround): PredictorMade[] {
  const units = addDescriptions(given)
  const keys = new Set(units.flatMap(({ events }) => [...events.keys()]))
  return [...keys].map((key) => {
    const facts = units.map(({ events }) => events.get(key))
    const described = describeEvent(ground, key)
    const flag = {
      key: described.key,
      kind: 'event',
      isChosen: false,
      isGood: GOOD_EVENTS.includes(key),
    } as const
    const rank = ground.rankOf(described.stage)
    const predictor = makeFlag(
      flag,
      rankOfEvent(ground, key, rank),
      facts.map((fact) => fact?.is ?? false),
      facts.map((fact) => fact?.isKnown ?? false),
    )
    if (facts.some((fact) => fact?.naive !== undefined))
      predictor.naive = Float64Array.from(facts, (fact) =>
        typeof fact?.naive === 'boolean' ? Number(fact.naive) : Number.NaN,
      )
    const within = WITHIN[key]
    if (within !== undefined) predictor.within = within
    return { predictor, described: { ...described, persons: countAmong(key, units) } }
  })
}

/**
 * Defects lie in the product, whatever the delivery was like. Of those who recommend they must be alike from delivery on: the
 * angry answer more, so that among answers without a delay defects are many.
 */
function rankOfEvent({ outcome, rankOf }: UnitsGround, key: string, rank: number): number {
  if (outcome === 'recommendation' && DEFECTS.includes(key)) return Math.min(rank, rankOf('delivery'))
  return rank
}

/** Of whom it is told: what solving brings, of those who had a case. */
function countAmong(key: string, units: readonly Unit[]): number | null {
  if (!AMONG_SOME.includes(key)) return null
  const some = units.filter(({ events }) => typeof events.get(key)?.naive === 'boolean')
  return new Set(some.map(({ person }) => person)).size
}

/** A description is short below the median of those rated. */
function addDescriptions(units: readonly Unit[]): readonly Unit[] {
  const lengths = units.flatMap(({ description }) => description ?? []).sort((a, b) => a - b)
  const median = lengths[Math.floor(lengths.length / 2)]
  if (median === undefined) return units
  return units.map((unit) => {
    const { description, events } = unit
    if (description === undefined) return unit
    const short = { isKnown: true, is: description < median }
    return { ...unit, events: new Map([...events, ['short_description', short]]) }
  })
}

function listOwn(units: readonly Unit[], ground: UnitsGround): PredictorMade[] {
  return ground.facts.map((fact, at) => {
    const described = describeOwn(ground, fact)
    const flag = { key: described.key, kind: 'event', isChosen: false, isGood: false } as const
    const is = units.map(({ facts }) => ((facts >> at) & 1) === 1)
    return { predictor: makeFlag(flag, ground.rankOf(fact.stage), is), described }
  })
}

function listOperators(units: readonly Unit[], ground: UnitsGround): PredictorMade[] {
  const counts = new Map<string, number>()
  for (const { operator } of units) if (operator) counts.set(operator, (counts.get(operator) ?? 0) + 1)
  const names = [...counts].filter(([, n]) => n >= LEAST_OF_OPERATOR).map(([name]) => name)
  if (names.length < 2 && names.length === counts.size) return []
  return names.sort().map((name) => {
    const described = describeOperator(ground, name)
    const flag = { key: described.key, kind: 'event', isChosen: false, isGood: false } as const
    const known = units.map(({ operator }) => (operator ?? '') !== '')
    const rank = Math.min(ground.ranks.contact, ground.registry.stages.length)
    return {
      predictor: makeFlag(
        flag,
        rank,
        units.map(({ operator }) => operator === name),
        known,
      ),
      described,
    }
  })
}
