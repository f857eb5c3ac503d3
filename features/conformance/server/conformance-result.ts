import { compareShares, type ShareCount } from '../../../kernel/stats/compare-shares.ts'
import { findDiscoveryRates } from '../../../kernel/stats/false-discovery.ts'
import { findWilsonInterval } from '../../../kernel/stats/wilson.ts'
import {
  type Change,
  type Contrast,
  type Figures,
  PATH_CLASSES,
  type Share,
  type StageFigures,
} from '../contract.ts'
import type { ContrastCounts, JourneyCounts, PlaceCounts } from './models/count-journeys.ts'

/** Below so many journeys on a side no difference is told. */
const FLOOR = 30

/**
 * What a journey counts for in a range, at most 1: Σm / Σm² of the journeys m that a person has. Journeys of one person
 * aren't independent; ranges take them for quite alike, the widest case (L. Kish, Survey Sampling, 1965).
 */
export function findWeight({ squares, journeys, offPath }: JourneyCounts): number {
  const all = journeys + offPath
  return all === 0 ? 1 : Math.min(1, all / squares)
}

export function toShare(n: number, of: number, weight: number): Share {
  const found = findWilsonInterval(n * weight, of * weight)
  return found ? { n, of, share: n / of, low: found.low, high: found.high } : null
}

/** Counts as the figures of one side. */
export function toFigures(counts: JourneyCounts, stages: readonly string[]): Figures {
  const weight = findWeight(counts)
  const { journeys, offPath, persons, classes, withBeside, beside, contacts, moves } = counts
  const share = (n: number) => toShare(n, journeys, weight)
  const { followed, skipped, back, deadEnd, open } = classes
  return {
    ...{ journeys, offPath, persons, moves },
    classes: {
      followed: share(followed),
      skipped: share(skipped),
      back: share(back),
      deadEnd: share(deadEnd),
      open: share(open),
    },
    beside: { journeys: share(withBeside), contacts: beside, of: contacts },
    steps: counts.steps.map((place) => ({ ...toPlace(place, journeys, weight), late: place.late })),
    stages: counts.stages.map((place, at) => ({
      stage: stages[at] as string,
      ...toPlace(place, journeys, weight),
    })),
  }
}

function toPlace(place: PlaceCounts, journeys: number, weight: number): Omit<StageFigures, 'stage'> {
  return {
    reached: toShare(place.reached, journeys, weight),
    skipped: toShare(place.skipped, place.passable, weight),
    back: toShare(place.back, place.reached, weight),
    deadEnd: toShare(place.deadEnd, place.reached, weight),
  }
}

const weigh = ({ n, of }: ShareCount, weight: number): ShareCount => ({ n: n * weight, of: of * weight })

/** The steps at which there is something to compare, the largest difference first, those with few data last. */
export function toContrasts(counts: JourneyCounts): Contrast[] {
  const weight = findWeight(counts)
  const asked = counts.contrasts.filter(({ conforming, deviating }) => conforming.of > 0 && deviating.of > 0)
  const compared = asked.map((one) => (isEnough(one) ? compare(one, weight) : undefined))
  const rates = findDiscoveryRates(compared.flatMap((one) => (one ? [one.p] : [])))
  let next = 0
  return asked
    .map(({ step, by, conforming, deviating }, at) => {
      const found = compared[at]
      return {
        ...{ step, by },
        conforming: toShare(conforming.n, conforming.of, weight),
        deviating: toShare(deviating.n, deviating.of, weight),
        difference: found
          ? { value: found.difference, low: found.low, high: found.high, q: rates[next++] as number }
          : null,
      }
    })
    .sort(
      (a, b) => Math.abs(b.difference?.value ?? 0) - Math.abs(a.difference?.value ?? 0) || a.step - b.step,
    )
}

const isEnough = ({ conforming, deviating }: ContrastCounts) =>
  conforming.of >= FLOOR && deviating.of >= FLOOR

const compare = ({ conforming, deviating }: ContrastCounts, weight: number) =>
  compareShares(weigh(deviating, weight), weigh(conforming, weight))

/** Every share of one side less the same of the other, where both have enough journeys. */
export function toChanges(own: JourneyCounts, other: JourneyCounts): Change[] {
  const [mine, theirs] = [listShares(own), listShares(other)]
  const [weight, otherWeight] = [findWeight(own), findWeight(other)]
  const found = mine.flatMap(({ what, step, count }, at) => {
    const against = theirs[at]?.count
    if (!against || count.of < FLOOR || against.of < FLOOR) return []
    const compared = compareShares(weigh(count, weight), weigh(against, otherWeight))
    return compared ? [{ what, step, ...compared }] : []
  })
  const rates = findDiscoveryRates(found.map(({ p }) => p))
  return found.map(({ p: _, ...change }, at) => ({ ...change, q: rates[at] as number }))
}

function listShares({
  journeys,
  classes,
  steps,
}: JourneyCounts): { what: Change['what']; step: number; count: ShareCount }[] {
  const whole = PATH_CLASSES.map((what) => ({ what, step: 0, count: { n: classes[what], of: journeys } }))
  const places = steps.flatMap((place, at) => {
    const step = at + 1
    return [
      { what: 'reached' as const, step, count: { n: place.reached, of: journeys } },
      { what: 'skipped' as const, step, count: { n: place.skipped, of: place.passable } },
      { what: 'back' as const, step, count: { n: place.back, of: place.reached } },
      { what: 'deadEnd' as const, step, count: { n: place.deadEnd, of: place.reached } },
    ]
  })
  return [...whole, ...places]
}
