import type { Decision } from '../contract.ts'
import type { DecisionMark } from './decision-flag.tsx'

export interface PlacedMark {
  /** 0 … 1 from the left of the picture. */
  at: number
  decisions: DecisionMark[]
}

/**
 * Decisions where they stand on an axis of time, from the left; `placeOf` knows no place for a day outside. Those nearer
 * to each other than `room`, a share of the axis, stand together.
 */
export function placeMarks(
  decisions: readonly DecisionMark[],
  placeOf: (day: string) => number | undefined,
  room: number,
): PlacedMark[] {
  const placed = decisions
    .flatMap((one) => {
      const at = placeOf(one.day)
      return at === undefined ? [] : [{ at, one }]
    })
    .sort((a, b) => a.at - b.at)
  const marks: PlacedMark[] = []
  for (const { at, one } of placed) {
    const last = marks.at(-1)
    if (last && at - last.at < room) last.decisions.push(one)
    else marks.push({ at, decisions: [one] })
  }
  return marks
}

/** The week, counted from the first, in which a day lies; undefined before the first and after the last. */
export function findWeekOf(weeks: readonly string[], day: string): number | undefined {
  const index = weeks.findLastIndex((monday) => monday <= day)
  const monday = weeks[index]
  if (monday === undefined) return undefined
  return Date.parse(day) - Date.parse(monday) < WEEK_MS ? index : undefined
}

const WEEK_MS = 7 * 86_400_000

/** The stage of a touchpoint, and the touchpoint if it isn't the whole stage that is shown. */
export interface MarkedPlace {
  stage: string | undefined
  touchpoint?: string | undefined
}

/** Decisions about the whole path concern every place, those about a stage all that is on it. */
export function isAt(
  decision: Pick<Decision, 'stage' | 'touchpoint'>,
  { stage, touchpoint }: MarkedPlace,
): boolean {
  if (decision.touchpoint !== null && touchpoint !== undefined) return decision.touchpoint === touchpoint
  return decision.stage === null || decision.stage === stage
}
