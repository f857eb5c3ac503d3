import { DEVIATIONS, type Deviation, type Outcome, type PathClass } from '../../contract.ts'
import type { IntendedPath } from './align-path.ts'
import { AHEAD, findSide, type Journey, LATE, PASSED, readJourney } from './read-journey.ts'

/** Journeys of one sequence, as the store gives them. */
export interface PathRow {
  path: number[]
  over: number
  journeys: number
  known: number
  /** Those that were their person's first of the period. */
  persons: number
  /** Σ of 2 × place − 1 over a person's journeys is the square of their number. */
  squares: number
  withBeside: number
  contacts: number
  beside: number
  /** Journeys whose first order is old enough to say whether another followed, and those where one did. */
  againOf: number
  again: number
  /** Journeys in which something was said, and those where it was bad on the whole. */
  saidOf: number
  low: number
}

/** How many came to a place, and what became of them there. */
export interface PlaceCounts {
  reached: number
  late: number
  /** Of whom it could be asked whether they skipped it. */
  passable: number
  skipped: number
  back: number
  deadEnd: number
}

export interface SideCounts {
  n: number
  of: number
}

export interface ContrastCounts {
  step: number
  by: Deviation
  conforming: SideCounts
  deviating: SideCounts
}

export interface JourneyCounts {
  journeys: number
  offPath: number
  persons: number
  /** The sum over persons of the square of their number of journeys, those off the path too. */
  squares: number
  known: number
  withBeside: number
  contacts: number
  beside: number
  classes: Record<PathClass, number>
  /** From step 1 on. */
  steps: PlaceCounts[]
  /** By the numbers of `IntendedPath.stages`. */
  stages: PlaceCounts[]
  moves: { from: number; to: number; n: number }[]
  contrasts: ContrastCounts[]
}

export interface JourneyCounter {
  add(rows: readonly PathRow[]): void
  finish(): JourneyCounts
}

const emptyPlace = (): PlaceCounts => ({
  reached: 0,
  late: 0,
  passable: 0,
  skipped: 0,
  back: 0,
  deadEnd: 0,
})

/** Counts journeys by what became of them on the path; cost follows different sequences, not journeys. */
export function createJourneyCounter(path: IntendedPath, outcome: Outcome): JourneyCounter {
  const count = path.required.length - 1
  const steps = Array.from({ length: count }, (_, at) => at + 1)
  const stageSteps = groupSteps(path)
  const moves = new Map<number, number>()
  const counts: JourneyCounts = {
    ...{ journeys: 0, offPath: 0, persons: 0, squares: 0, known: 0, withBeside: 0, contacts: 0, beside: 0 },
    classes: { followed: 0, skipped: 0, back: 0, deadEnd: 0, open: 0 },
    steps: steps.map(emptyPlace),
    stages: stageSteps.map(emptyPlace),
    moves: [],
    contrasts: steps.flatMap((step) =>
      DEVIATIONS.map((by) => ({ step, by, conforming: { n: 0, of: 0 }, deviating: { n: 0, of: 0 } })),
    ),
  }
  function addRow(row: PathRow): void {
    const journey = readJourney(row.path, path, row.over === 1)
    counts.persons += row.persons
    counts.squares += row.squares
    if (journey.class === '') {
      counts.offPath += row.journeys
      return
    }
    for (const key of ['journeys', 'known', 'withBeside', 'contacts', 'beside'] as const)
      counts[key] += row[key]
    counts.classes[journey.class] += row.journeys
    for (const step of steps)
      addPlace(counts.steps[step - 1] as PlaceCounts, journey, path, [step], row.journeys)
    stageSteps.forEach((ofStage, at) => {
      addPlace(counts.stages[at] as PlaceCounts, journey, path, ofStage, row.journeys)
    })
    for (const move of journey.moves) moves.set(move, (moves.get(move) ?? 0) + row.journeys)
    for (const contrast of counts.contrasts) addContrast(contrast, journey, path, row, outcome)
  }
  return {
    add(rows) {
      for (const row of rows) addRow(row)
    },
    finish() {
      const list = [...moves].map(([move, n]) => ({ from: move >> 6, to: move & 63, n }))
      return { ...counts, moves: list.sort((a, b) => a.from - b.from || a.to - b.to) }
    },
  }
}

/** The steps of each stage, by the stages' numbers. */
export function groupSteps({ stages }: IntendedPath): number[][] {
  const groups: number[][] = []
  for (let step = 1; step < stages.length; step++) {
    const stage = stages[step] as number
    groups[stage] = [...(groups[stage] ?? []), step]
  }
  return groups
}

/** What a journey did at a place: a step, or all steps of a stage. A stage is skipped when one of its steps is. */
export function readPlace(
  { fates, backAt, deadEnd }: Journey,
  { required }: IntendedPath,
  steps: readonly number[],
): Record<keyof PlaceCounts, boolean> {
  const some = (holds: (step: number) => boolean) => steps.some(holds)
  return {
    reached: some((step) => fates[step] !== AHEAD && fates[step] !== PASSED),
    late: some((step) => fates[step] === LATE),
    passable: some((step) => Boolean(required[step]) && fates[step] !== AHEAD),
    skipped: some((step) => Boolean(required[step]) && fates[step] === PASSED),
    back: some((step) => (backAt[step] as number) >= 0),
    deadEnd: deadEnd > 0 && steps.includes(deadEnd),
  }
}

function addPlace(
  counts: PlaceCounts,
  journey: Journey,
  path: IntendedPath,
  steps: readonly number[],
  journeys: number,
): void {
  const did = readPlace(journey, path, steps)
  for (const key of Object.keys(did) as (keyof PlaceCounts)[]) if (did[key]) counts[key] += journeys
}

function addContrast(
  contrast: ContrastCounts,
  journey: Journey,
  path: IntendedPath,
  row: PathRow,
  outcome: Outcome,
): void {
  const side = findSide(journey, path, contrast.step, contrast.by)
  if (!side) return
  const { n, of } = readOutcome(journey, row, outcome, side.at)
  const counts = side.isDeviating ? contrast.deviating : contrast.conforming
  counts.n += n
  counts.of += of
}

/**
 * Of how many journeys the outcome can be told, and of how many it is true. An order or a receipt counts only where it
 * was still ahead when the customer came past the step: what had happened already can't depend on it.
 */
export function readOutcome(
  { orderedAt, againAt, receivedAt }: Journey,
  row: Pick<PathRow, 'over' | 'journeys' | 'againOf' | 'again' | 'saidOf' | 'low'>,
  outcome: Outcome,
  pastAt: number,
): SideCounts {
  const none = { n: 0, of: 0 }
  if (outcome === 'low') return { n: row.low, of: row.saidOf }
  if (outcome === 'again') return againAt > pastAt ? { n: row.again, of: row.againOf } : none
  const at = outcome === 'ordered' ? orderedAt : receivedAt
  const isAsked = row.over === 1 && at > pastAt && (outcome === 'ordered' || Number.isFinite(orderedAt))
  if (!isAsked) return none
  return { n: Number.isFinite(at) ? row.journeys : 0, of: row.journeys }
}
