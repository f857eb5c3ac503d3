import type { EventLog } from '../../../paths/server/reads.ts'

export const FUNNEL_ORDERS = ['strict', 'loose', 'any'] as const
export type FunnelOrder = (typeof FUNNEL_ORDERS)[number]

export const MAX_STEPS = 64

export interface FunnelQuestion {
  steps: readonly string[]
  /** An attempt's last step comes at most so long after its first; undefined: any time after. */
  windowMs?: number
  order: FunnelOrder
}

export interface FunnelAnswer {
  /** `rate`: the share of those who made the first step; null where nobody did. */
  steps: { step: string; persons: number; rate: number | null }[]
}

/** Measures how far one person comes, in steps. */
type Reach = (activity: Int32Array, time: Float64Array, from: number, to: number) => number

/**
 * How many persons came how far, each by the best of their attempts. `loose`: the steps in order, anything between;
 * `strict`: nothing between, a repeated step included; `any`: the first k steps in whatever order. Events of one
 * time count in the order of the file.
 */
export function measureFunnel(log: EventLog, question: FunnelQuestion): FunnelAnswer {
  const { steps, order } = question
  const window = question.windowMs ?? Number.POSITIVE_INFINITY
  const numbers = steps.map((step) => log.activities.indexOf(step))
  const reach = { strict: reachStrict, loose: reachLoose, any: reachAny }[order](numbers, window)
  const reached = new Array<number>(steps.length + 1).fill(0)
  for (let c = 0; c < log.cases; c++) {
    const best = reach(log.activity, log.time, log.starts[c] as number, log.starts[c + 1] as number)
    reached[best] = (reached[best] as number) + 1
  }
  let persons = 0
  const answer: FunnelAnswer['steps'] = []
  for (let at = steps.length; at >= 1; at--) {
    persons += reached[at] as number
    answer.unshift({ step: steps[at - 1] as string, persons, rate: null })
  }
  const first = answer[0]?.persons ?? 0
  return { steps: answer.map((step) => ({ ...step, rate: first > 0 ? step.persons / first : null })) }
}

/**
 * For each step, the latest beginning of an attempt that has come so far: a later beginning leaves more time, so it
 * is never worse. Steps are tried from the last, or one event would make two steps of the same name.
 */
function reachLoose(steps: readonly number[], window: number): Reach {
  const begun = new Float64Array(steps.length)
  return (activity, time, from, to) => {
    begun.fill(Number.NaN)
    let best = 0
    for (let at = from; at < to; at++) {
      const now = time[at] as number
      for (let step = Math.min(best, steps.length - 1); step >= 0; step--) {
        if (steps[step] !== activity[at]) continue
        const begin = step === 0 ? now : (begun[step - 1] as number)
        if (now - begin > window) continue
        begun[step] = begin
        if (step === best) best += 1
      }
      if (best === steps.length) return best
    }
    return best
  }
}

/** Every event of the first step begins an attempt, which the first other event than the next step ends. */
function reachStrict(steps: readonly number[], window: number): Reach {
  return (activity, time, from, to) => {
    let best = 0
    for (let at = from; at < to; at++) {
      const begin = time[at] as number
      let step = 0
      while (
        step < steps.length &&
        at + step < to &&
        activity[at + step] === steps[step] &&
        !((time[at + step] as number) - begin > window)
      )
        step += 1
      if (step > best) best = step
      if (best === steps.length) return best
    }
    return best
  }
}

/** A window is slid over the events; what counts is how many of the first steps are all inside it. */
function reachAny(steps: readonly number[], window: number): Reach {
  const inside = new Map<number, number>(steps.map((step) => [step, 0]))
  const isFilled = createFillTest(steps, inside)
  return (activity, time, from, to) => {
    for (const step of inside.keys()) inside.set(step, 0)
    let best = 0
    let head = from
    for (let at = from; at < to; at++) {
      const now = inside.get(activity[at] as number)
      if (now === undefined) continue
      inside.set(activity[at] as number, now + 1)
      for (; (time[at] as number) - (time[head] as number) > window; head++) {
        const leaving = inside.get(activity[head] as number)
        if (leaving !== undefined) inside.set(activity[head] as number, leaving - 1)
      }
      while (best < steps.length && isFilled(best)) best += 1
    }
    return best
  }
}

/** Are the first `step + 1` steps all inside, each as often as it is asked for? */
function createFillTest(steps: readonly number[], inside: ReadonlyMap<number, number>) {
  const asked = steps.map((_, last) => {
    const counts = new Map<number, number>()
    for (const step of steps.slice(0, last + 1)) counts.set(step, (counts.get(step) ?? 0) + 1)
    return [...counts]
  })
  return (step: number) => (asked[step] ?? []).every(([number, count]) => (inside.get(number) ?? 0) >= count)
}
