import { findAnswering } from '../../features/drivers/server/models/find-answering.ts'
import { findEffects } from '../../features/drivers/server/models/find-effects.ts'
import type { EffectsFound, LevelName } from '../../features/drivers/server/models/units.ts'
import { listAsked } from '../../features/drivers/server/units/list-asked.ts'
import { makeUnits } from '../../features/drivers/server/units/make-units.ts'
import type { History } from '../../features/drivers/server/units/read-history.ts'
import { tableOfOperator, toTable } from '../../features/drivers/server/units/to-table.ts'
import type { UnitsPlan } from '../../features/drivers/server/units/units-plan.ts'
import type { Outcome } from '../../features/drivers/vocabulary.ts'
import { defaultRegistry } from '../../features/touchpoints/server/default-registry.ts'
import { Z_95 } from '../../kernel/stats/wilson.ts'
import { DAY_MS } from '../../kernel/time.ts'
import type { Finding } from '../analysis/findings.ts'
import type { Estimate } from '../analysis/least-squares.ts'
import { createWriter } from '../messages/write-life.ts'
import type { DemoOptions } from '../options.ts'
import { clock } from '../simulate/arrivals.ts'
import { createLives } from '../simulate/draw-life.ts'
import type { FindingKey } from '../truths.ts'
import { STAR_OPERATOR } from '../world/people.ts'
import { ZONE } from '../world/places.ts'
import { createTeller } from './tell-history.ts'

/** Where the report of drivers tells each truth; `to` turns what it tells into the unit of the truth. */
interface Place {
  outcome: Outcome
  driver: string
  level?: LevelName
  to?: number
}

/** Marks from 1 to 5 stand as −100 … 100. */
const STARS = 1 / 50

/** Where each truth stands in the reports of drivers. */
export const PLACES: Record<Exclude<FindingKey, 'nps_bias'>, Place> = {
  price_breach: { outcome: 'ordered', driver: 'confirming_call.price_same' },
  late_recommend: { outcome: 'recommendation', driver: 'carrier.days_late' },
  // Refusals are what is not bought out.
  late_refusal: { outcome: 'bought_out', driver: 'carrier.days_late', to: -1 },
  answer30: { outcome: 'ordered', driver: 'chat.first_answer_seconds', level: 'badly' },
  insert: { outcome: 'repeat', driver: 'event.insert' },
  newsletter: { outcome: 'repeat', driver: 'event.newsletter' },
  operator: { outcome: 'rating', driver: `operator.${STAR_OPERATOR}`, to: STARS },
  // Planted is what a case costs that isn't put right, which is a line of its own below the row.
  failure_recommend: { outcome: 'recommendation', driver: 'event.defect', level: 'badly' },
  failure_repeat: { outcome: 'repeat', driver: 'event.defect', level: 'badly' },
  restored_recommend: { outcome: 'recommendation', driver: 'event.solved' },
  restored_repeat: { outcome: 'repeat', driver: 'event.solved' },
  second_recommend: { outcome: 'recommendation', driver: 'event.second_defect', level: 'badly' },
  second_restored: { outcome: 'recommendation', driver: 'event.second_solved' },
  catalogue: { outcome: 'ordered', driver: 'met.catalogue' },
}

/** Draws of importance; nothing that is looked at here depends on them. */
const SEED = 1

/** The same findings as `analysis/findings.ts`, by the product's own units and models, the whole history as period. */
export function findByProduct(options: DemoOptions): Record<FindingKey, Finding> {
  const histories = tellAll(options)
  const outcomes = new Map<Outcome, EffectsFound>()
  const ask = (outcome: Outcome) => {
    const known = outcomes.get(outcome) ?? analyse(histories, planOf(options, outcome))
    outcomes.set(outcome, known)
    return known
  }
  const found = Object.entries(PLACES).map(([key, place]) => [key, readFinding(ask(place.outcome), place)])
  return { ...Object.fromEntries(found), nps_bias: findBias(histories, options) }
}

export function tellAll(options: DemoOptions): History[] {
  const draw = createLives(options)
  const write = createWriter(options)
  const tell = createTeller(options)
  return Array.from({ length: options.persons }, (_, index) => tell(write(draw(index)))).filter(
    ({ events }) => events.length > 0,
  )
}

export function planOf({ end, days }: DemoOptions, outcome: Outcome): UnitsPlan {
  const to = clock(end, 0)
  return {
    outcome,
    period: { from: clock(end - days, 0), to },
    recordedUntil: to,
    timeZone: ZONE,
    silenceMs: 30 * DAY_MS,
    registry: defaultRegistry,
    facts: [],
  }
}

function analyse(histories: readonly History[], plan: UnitsPlan): EffectsFound {
  const { units, ground } = makeUnits(histories, plan)
  const { table, operators } = toTable(units, ground)
  const star = operators.find(({ predictor }) => predictor.key === `operator.${STAR_OPERATOR}`)
  const asked = star ? tableOfOperator(table, star.predictor) : table
  return findEffects(asked, { seed: SEED, isWithoutCurves: true })
}

function readFinding({ drivers }: EffectsFound, { driver: key, level, to = 1 }: Place): Finding {
  const driver = drivers.find((one) => one.key === key)
  // Where a level isn't told by itself, the whole row is another figure.
  const part = level ? driver?.levels.find((one) => one.level === level) : driver
  const naive = part?.naive ?? driver?.naive
  return {
    ...toEstimate(part?.effect, to),
    n: driver?.known ?? 0,
    ...(naive && part?.effect && { naive: toEstimate(naive, to) }),
  }
}

type Interval = { value: number; low: number; high: number }

/** With an error by which the product's interval is ± 1.96 of them. */
function toEstimate(found: Interval | null | undefined, to: number): Estimate {
  if (!found) return { estimate: Number.NaN, error: Number.NaN }
  return { estimate: found.value * to, error: ((found.high - found.low) / 2 / Z_95) * Math.abs(to) }
}

function findBias(histories: readonly History[], options: DemoOptions): Finding {
  const { ground } = makeUnits([], planOf(options, 'recommendation'))
  const answering = findAnswering(listAsked(histories, ground))
  return { ...toEstimate(answering?.difference, 1), n: answering?.answered ?? 0 }
}
