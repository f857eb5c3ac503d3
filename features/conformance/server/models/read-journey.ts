import type { Deviation, PathClass } from '../../contract.ts'
import { alignPath, findEnd, type IntendedPath, ORDERED, RECEIVED } from './align-path.ts'

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
  /** The place in the path's tokens of the first return from the step, and of the first later step; −1 for none. */
  backAt: readonly number[]
  pastAt: readonly number[]
  /** Each way from one step to another once, as from · 64 + to. */
  moves: ReadonlySet<number>
  /** Where the path ended without its end being reached; 0 elsewhere. */
  deadEnd: number
  /** Places of the first order, the next one and the first receipt; Infinity for none. */
  orderedAt: number
  againAt: number
  receivedAt: number
}

/**
 * Reads a path (classes of contacts, orders and receipts). `isOver`: a silence has followed. Once the end is made, only
 * steps behind it are looked at: whoever begins again isn't going back.
 */
export function readJourney(tokens: readonly number[], path: IntendedPath, isOver: boolean): Journey {
  const places = [...tokens.keys()].filter((place) => (tokens[place] as number) < ORDERED)
  const stands = alignPath(
    places.map((place) => tokens[place] as number),
    path,
  )
  const empty = (value: number) => new Array<number>(path.required.length).fill(value)
  const [fates, backAt, pastAt] = [empty(AHEAD), empty(-1), empty(-1)]
  const moves = new Set<number>()
  const end = findEnd(path)
  let furthest = 0
  let here = 0
  let isDone = false
  stands.forEach((step, index) => {
    if (step === here || (isDone && step <= furthest)) return
    const place = places[index] as number
    moves.add(here * 64 + step)
    if (step < here && backAt[here] === -1) backAt[here] = place
    if (fates[step] === PASSED) fates[step] = LATE
    for (let passed = furthest + 1; passed <= step; passed++) fates[passed] = passed === step ? MADE : PASSED
    for (let passed = furthest; passed < step; passed++) pastAt[passed] = place
    furthest = Math.max(furthest, step)
    here = step
    isDone ||= step === end
  })
  const isFinished = furthest >= end
  return {
    class: furthest === 0 ? '' : classify(path, fates, backAt, isFinished, isOver),
    ...{ fates, backAt, pastAt, moves },
    deadEnd: isFinished || !isOver ? 0 : here,
    orderedAt: findToken(tokens, ORDERED),
    againAt: findToken(tokens, ORDERED, findToken(tokens, ORDERED) + 1),
    receivedAt: findToken(tokens, RECEIVED),
  }
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

function findToken(tokens: readonly number[], token: number, from = 0): number {
  const place = tokens.indexOf(token, from)
  return place < 0 ? Number.POSITIVE_INFINITY : place
}

/**
 * On which side of a comparison at a step the journey stands, and when it came past the step: undefined for journeys
 * that didn't. Both sides have come as far, so that they differ in the deviation only. `skipped`: passed the step over,
 * which is not to be left out, against made it in its turn. `back`: made it in its turn and went back from it before
 * coming past it, against went straight on.
 */
export function findSide(
  { fates, backAt, pastAt }: Journey,
  { required }: IntendedPath,
  step: number,
  by: Deviation,
): { isDeviating: boolean; at: number } | undefined {
  const at = pastAt[step] as number
  if (at < 0) return undefined
  if (by === 'skipped') return required[step] ? { isDeviating: fates[step] !== MADE, at } : undefined
  if (fates[step] !== MADE) return undefined
  const back = backAt[step] as number
  return { isDeviating: back >= 0 && back < at, at }
}
