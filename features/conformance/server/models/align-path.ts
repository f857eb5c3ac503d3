/** The intended path as numbers: steps count from 1, so that 0 is the place before it. */
export interface IntendedPath {
  /** By the class of a contact: the steps that it may make, rising; none for contacts beside the path. */
  classes: readonly (readonly number[])[]
  /** By step: passing it over is a deviation. Place 0 isn't used. */
  required: readonly boolean[]
  /** By step, as a number; place 0 isn't used. */
  stages: readonly number[]
}

/** Tokens of a path that are no contacts. */
export const ORDERED = 65_000
export const RECEIVED = 65_001

/** A deviation weighs more than all steps of a path together. */
const DEVIATION = 1_024

/** The last step that may not be left out: whoever stands there has walked the path to its end. */
export function findEnd({ required }: IntendedPath): number {
  const last = required.lastIndexOf(true)
  return last > 0 ? last : required.length - 1
}

/**
 * Where the customer stood at each contact of a path: the step, of those that the contact may make, that takes the
 * fewest deviations over the whole journey (a required step passed over on the way ahead, a return to an earlier step
 * before the end was made), of equals the one that goes ahead oftenest, then the earliest steps. By dynamic programming
 * over how far the customer had come, where they stood and whether the end was made; an alignment in the sense of
 * Adriansyah, van Dongen and van der Aalst ("Conformance checking using cost-based fitness analysis", EDOC 2011) whose
 * moves are these.
 */
export function alignPath(contacts: readonly number[], path: IntendedPath): number[] {
  const choices = contacts.map((contact) => path.classes[contact] ?? [])
  if (choices.every(({ length }) => length === 1)) return choices.map(([only]) => only as number)
  const price = makePrice(path)
  const end = findEnd(path)
  const best: Map<number, number>[] = [new Map([[0, 0]])]
  choices.forEach((steps, at) => {
    const next = new Map<number, number>()
    for (const state of (best[at] as Map<number, number>).keys())
      for (const step of steps) next.set(follow(state, step, end), 0)
    best.push(next)
  })
  const total = (at: number, state: number, step: number) =>
    price(state, step) + (best[at + 1]?.get(follow(state, step, end)) as number)
  for (let at = choices.length - 1; at >= 0; at--) {
    const here = best[at] as Map<number, number>
    for (const state of here.keys())
      here.set(state, Math.min(...(choices[at] as readonly number[]).map((step) => total(at, state, step))))
  }
  let state = 0
  return choices.map((steps, at) => {
    const least = best[at]?.get(state)
    const step = steps.find((one) => total(at, state, one) === least) as number
    state = follow(state, step, end)
    return step
  })
}

/** A state is how far the customer has come, where they stand, and whether the end was made, in the bits of a number. */
function follow(state: number, step: number, end: number): number {
  const isDone = (state & 1) === 1 || step === end
  return (Math.max(state >> 7, step) << 7) | (step << 1) | Number(isDone)
}

function makePrice({ required }: IntendedPath): (state: number, step: number) => number {
  const before = [0]
  for (let step = 1; step < required.length; step++)
    before.push((before[step - 1] as number) + Number(required[step]))
  return (state, step) => {
    const furthest = state >> 7
    if (step > furthest) return ((before[step - 1] as number) - (before[furthest] as number)) * DEVIATION - 1
    const isReturn = step < ((state >> 1) & 63) && (state & 1) === 0
    return isReturn ? DEVIATION : 0
  }
}
