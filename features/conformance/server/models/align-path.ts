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
const PLACES = 64

/**
 * Where the customer stood at each contact of a path: the step, of those that the contact may make, that takes the
 * fewest deviations over the whole journey (a required step passed over on the way ahead, a return to an earlier step),
 * of equals the one that goes ahead oftenest, then the earliest steps. By dynamic programming over how far the customer
 * had come and where they stood; an alignment in the sense of Adriansyah, van Dongen and van der Aalst ("Conformance
 * checking using cost-based fitness analysis", EDOC 2011) whose moves are these three.
 */
export function alignPath(contacts: readonly number[], path: IntendedPath): number[] {
  const choices = contacts.map((contact) => path.classes[contact] ?? [])
  if (choices.every(({ length }) => length === 1)) return choices.map(([only]) => only as number)
  const price = makePrice(path)
  const best: Map<number, number>[] = [new Map([[0, 0]])]
  choices.forEach((steps, at) => {
    const next = new Map<number, number>()
    for (const state of (best[at] as Map<number, number>).keys())
      for (const step of steps) next.set(follow(state, step), 0)
    best.push(next)
  })
  const total = (at: number, state: number, step: number) =>
    price(state, step) + (best[at + 1]?.get(follow(state, step)) as number)
  for (let at = choices.length - 1; at >= 0; at--) {
    const here = best[at] as Map<number, number>
    for (const state of here.keys())
      here.set(state, Math.min(...(choices[at] as readonly number[]).map((step) => total(at, state, step))))
  }
  let state = 0
  return choices.map((steps, at) => {
    const least = best[at]?.get(state)
    const step = steps.find((one) => total(at, state, one) === least) as number
    state = follow(state, step)
    return step
  })
}

/** A state is how far the customer has come, and where they stand. */
const follow = (state: number, step: number) => Math.max(Math.floor(state / PLACES), step) * PLACES + step

function makePrice({ required }: IntendedPath): (state: number, step: number) => number {
  const before = [0]
  for (let step = 1; step < required.length; step++)
    before.push((before[step - 1] as number) + Number(required[step]))
  return (state, step) => {
    const furthest = Math.floor(state / PLACES)
    if (step > furthest) return ((before[step - 1] as number) - (before[furthest] as number)) * DEVIATION - 1
    return step < state % PLACES ? DEVIATION : 0
  }
}
