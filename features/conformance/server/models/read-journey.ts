import type { Deviation, PathClass } from '../../contract.ts'
import { alignPath, type IntendedPath, ORDERED, RECEIVED } from './align-path.ts'

/** What became of a step: not come so far, made in its turn, made after a later step, never made. */
export const AHEAD = 0
export const MADE = 1
export const LATE = 2
export const PASSED = 3

/** A path as the customer walked it. Lists are by step, from 1. */
export interface Journey {
  /** '' where no step of the path was made. */
  class: PathClass | ''
  fates: readonly number[]
  /** The place in the path's tokens at which the step was made in its turn or passed over; −1 for none. */
  decidedAt: readonly number[]
  /** The place of the first return from the step, and of the first step ahead from it; −1 for none. */
  backAt: readonly number[]
  onAt: readonly number[]
  /** Each way from one step to another once, as from · 64 + to. */
  moves: ReadonlySet<number>
  /** Where the path ended without its end being reached; 0 elsewhere. */
  deadEnd: number
  /** Places of the first order and receipt; Infinity for none. */
  orderedAt: number
  receivedAt: number
}

/** Reads a path (classes of contacts, orders and receipts). `isOver`: a silence has followed. */
export function readJourney(tokens: readonly number[], path: IntendedPath, isOver: boolean): Journey {
  const places = [...tokens.keys()].filter((place) => (tokens[place] as number) < ORDERED)
  const stands = alignPath(
    places.map((place) => tokens[place] as number),
    path,
  )
  const steps = path.required.length
  const fates = new Array<number>(steps).fill(AHEAD)
  const [decidedAt, backAt, onAt] = [0, 1, 2].map(() => new Array<number>(steps).fill(-1)) as [
    number[],
    number[],
    number[],
  ]
  const moves = new Set<number>()
  let furthest = 0
  let here = 0
  stands.forEach((step, index) => {
    const place = places[index] as number
    if (step === here) return
    moves.add(here * 64 + step)
    const turned = step < here ? backAt : onAt
    if (turned[here] === -1) turned[here] = place
    if (fates[step] === PASSED) fates[step] = LATE
    for (let passed = furthest + 1; passed <= step; passed++) {
      fates[passed] = passed === step ? MADE : PASSED
      decidedAt[passed] = place
    }
    furthest = Math.max(furthest, step)
    here = step
  })
  const isFinished = furthest >= findEnd(path)
  return {
    class: furthest === 0 ? '' : classify(path, fates, backAt, isFinished, isOver),
    ...{ fates, decidedAt, backAt, onAt, moves },
    deadEnd: isFinished || !isOver ? 0 : here,
    orderedAt: placeOf(tokens, ORDERED),
    receivedAt: placeOf(tokens, RECEIVED),
  }
}

/** The last step that may not be left out: whoever comes there has walked the path to its end. */
export function findEnd({ required }: IntendedPath): number {
  const last = required.lastIndexOf(true)
  return last > 0 ? last : required.length - 1
}

function classify(
  { required }: IntendedPath,
  fates: readonly number[],
  backAt: readonly number[],
  isFinished: boolean,
  isOver: boolean,
): PathClass {
  if (!isFinished) return isOver ? 'deadEnd' : 'open'
  if (backAt.some((place) => place >= 0)) return 'back'
  return fates.some((fate, step) => required[step] && fate === PASSED) ? 'skipped' : 'followed'
}

function placeOf(tokens: readonly number[], token: number): number {
  const place = tokens.indexOf(token)
  return place < 0 ? Number.POSITIVE_INFINITY : place
}

/**
 * On which side of a comparison the journey stands at a step, and where that was decided: undefined for those it isn't
 * about. `skipped` is asked of journeys that came past a step that is not to be left out; `back` of those that left it.
 */
export function findSide(
  { fates, decidedAt, backAt, onAt }: Journey,
  { required }: IntendedPath,
  step: number,
  by: Deviation,
): { isDeviating: boolean; at: number } | undefined {
  if (by === 'back') {
    const back = backAt[step] as number
    if (back >= 0) return { isDeviating: true, at: back }
    const on = onAt[step] as number
    return on >= 0 ? { isDeviating: false, at: on } : undefined
  }
  if (!required[step] || fates[step] === AHEAD) return undefined
  const isPast = fates.some((fate, other) => other > step && fate !== AHEAD)
  return isPast ? { isDeviating: fates[step] !== MADE, at: decidedAt[step] as number } : undefined
}
