import { formatDay, localDay } from '../../../kernel/time.ts'
import type { OrderFlag, OrderState, OrderStep } from '../contract.ts'
import type { OrderFact } from './order-fact.ts'
import { moveOrder, type Step } from './order-states.ts'

export interface Walk {
  /** Null while nothing shows that the order was really made. */
  state: OrderState | null
  steps: OrderStep[]
  flags: OrderFlag[]
}

const STEPS = new Set<string>([
  'placed',
  'confirmed',
  'paid',
  'packed',
  'shipped',
  'arrived',
  'received',
  'refused',
  'returned',
  'cancelled',
])

/**
 * Follows an order along its track. `facts` are sorted by time; a step reported again is no step, unless its source
 * takes back what it said meanwhile. The order begins with being placed, whatever the clock of the system that reported it said.
 */
export function walkSteps(facts: readonly OrderFact[], zone: string): Walk {
  const steps = firstOfEach(facts)
  const placed = steps.find((fact) => fact.kind === 'placed')
  const rest = steps.filter((fact) => fact !== placed)
  const flags: OrderFlag[] = []
  let state: OrderState | null = placed ? 'placed' : null
  for (const fact of rest) {
    const to = fact.kind as Step
    const flag = (reason: OrderFlag['reason'], from: OrderState | null) =>
      void flags.push({ reason, from, to, at: toInstant(fact.at), event: fact.name })
    if (placed && fact.at < placed.at) flag('before_placed', null)
    if (fact.data.isTimeUnknown && (to === 'arrived' || to === 'received')) flag('time_unknown', state)
    if (to === 'paid') continue
    if (state === null) {
      state = to
      flag('not_placed', null)
      continue
    }
    const move = moveOrder(state, to)
    if (move.flag) flag(move.flag, state)
    state = move.state
  }
  return {
    state: state ?? findStateWithoutSteps(facts, flags),
    steps: describe(lastOfEach(placed ? [placed, ...rest] : rest), zone),
    flags,
  }
}

function firstOfEach(facts: readonly OrderFact[]): OrderFact[] {
  const seen = new Set<string>()
  return facts.filter(
    ({ kind, data }) => STEPS.has(kind) && (data.isCorrection || !seen.has(kind)) && seen.add(kind),
  )
}

/** A step that was taken back and said again stands where it was said last. */
function lastOfEach(facts: readonly OrderFact[]): OrderFact[] {
  const last = new Map(facts.map((fact) => [fact.kind, fact]))
  return facts.filter((fact) => last.get(fact.kind) === fact)
}

/** A completed payment or an update proves that there is an order, a promise or a begun payment doesn't. */
function findStateWithoutSteps(facts: readonly OrderFact[], flags: OrderFlag[]): OrderState | null {
  const proof = facts.find(({ kind }) => kind === 'payment' || kind === 'paid' || kind === 'updated')
  if (!proof) return null
  flags.push({ reason: 'not_placed', from: null, to: 'placed', at: toInstant(proof.at), event: proof.name })
  return 'placed'
}

function describe(steps: readonly OrderFact[], zone: string): OrderStep[] {
  return steps.map((fact) => ({
    state: fact.kind as Step,
    at: toInstant(fact.at),
    on: dayOfFact(fact, zone),
    event: fact.name,
    isTimeUnknown: fact.data.isTimeUnknown === true,
  }))
}

/** The calendar day of what happened: as the source says it, else by the shop's clock. */
export function dayOfFact({ at, data }: OrderFact, zone: string): string {
  return data.localDay ?? formatDay(localDay(at, zone))
}

/** As the API writes instants. */
export function toInstant(ms: number): string {
  return new Date(ms).toISOString()
}
