import { findDiscoveryRates } from '../../../kernel/stats/false-discovery.ts'
import {
  type Estimate,
  FLOOR_NUMBER,
  FLOOR_WORD,
  type JourneyMap,
  type MapStage,
  type Sentence,
} from '../contract.ts'
import { type Change, compareEstimates, compareWith } from './compare-estimates.ts'
import { listPlaces, type Place } from './places.ts'

/**
 * The sentences of the map, as keys of the catalogue `journeys:sentences.*` and values. `stage` and `touchpoint` are
 * keys of the registry, `now`, `before` and `points` are points of −100…100, names that end in `Share` are shares,
 * `count` is a number of persons and chooses the plural.
 *
 * | key                              | values                                                | says |
 * | -------------------------------- | ----------------------------------------------------- | ---- |
 * | better_said, worse_said          | stage, now, before, points, count                     | what customers say changed; count persons said it |
 * | better_said_at, worse_said_at    | the same and touchpoint                               | |
 * | better_kept, worse_kept          | stage, nowShare, beforeShare, changeShare, count      | how far standards are kept changed; count persons measured |
 * | better_kept_at, worse_kept_at    | the same and touchpoint                               | |
 * | worse_low_said, worse_low_said_at | stage, (touchpoint), now, count                      | nothing is known to have changed, but here customers are unhappy |
 * | worse_low_kept, worse_low_kept_at | stage, (touchpoint), nowShare, count                 | …here the standard is certainly kept by less than three quarters |
 * | worse_slow_at                    | stage, touchpoint, count                              | …here pages load slower than the standard |
 * | next_speed                       | stage, touchpoint, count                              | the same as what to mend first |
 * | next_mend                        | stage, touchpoint, nowShare, count                    | mend this standard first: it meets count persons |
 * | next_ask                         | stage, touchpoint, heard, count                       | few data: ask here, where count persons came by and `heard` of them spoke |
 * | gain_said, loss_said             | stage, now, count                                     | largest certain gain, loss |
 * | gain_kept, loss_kept             | stage, nowShare, count                                | the same by standards, where nobody was heard enough |
 */
export type Sentences = Pick<JourneyMap, 'sentences' | 'largestGain' | 'largestLoss'>

/** How many of the findings that were searched may be chance. */
const FALSE_SHARE = 0.05
/** A standard that is kept less than this, for certain, is a loss and worth mending; above it, a gain. */
const WELL_KEPT = 0.75

/** Chooses what to say by size times persons, among what the intervals support after everything that was searched. */
export function chooseSentences(now: readonly MapStage[], before: readonly MapStage[]): Sentences {
  const places = listPlaces(now, before)
  const changes = findCertain(places.flatMap(changesOf))
  const lows = findCertain(places.flatMap(lowsOf))
  const better = pickLargest(changes.filter(({ change }) => change.difference > 0))
  const worse =
    pickLargest(changes.filter(({ change }) => change.difference < 0)) ??
    pickLargest(lows.filter(({ change }) => change.difference < 0))
  const { gain, loss } = findExtremes(places.filter(({ touchpoint }) => touchpoint === null))
  return {
    sentences: { better: sentenceOf(better), worse: sentenceOf(worse), next: chooseNext(places) },
    largestGain: gain,
    largestLoss: loss,
  }
}

/** Something that may be said, if chance doesn't explain it. */
interface Candidate {
  place: Place
  kind: 'said' | 'kept' | 'low_said' | 'low_kept'
  change: Change
  /** The change in hundredths of the whole scale, times the persons it meets. */
  weight: number
}

function changesOf(place: Place): Candidate[] {
  const { now, before } = place
  const found: Candidate[] = []
  if (isNumber(now.said) && isNumber(before?.said))
    found.push(weigh(place, 'said', compareEstimates(now.said, before.said), 0.5))
  if (isNumber(now.kept) && isNumber(before?.kept))
    found.push(weigh(place, 'kept', compareEstimates(now.kept, before.kept), 100))
  // What has not moved at all was looked at too, and counts in how many were searched.
  return found
}

function lowsOf(place: Place): Candidate[] {
  const { now } = place
  const found: Candidate[] = []
  if (isNumber(now.said)) found.push(weigh(place, 'low_said', compareWith(now.said, 0), 0.5))
  if (isNumber(now.kept)) found.push(weigh(place, 'low_kept', compareWith(now.kept, WELL_KEPT), 100))
  return found
}

/** Sentences speak in numbers, which fewer persons don't carry. */
function isNumber(estimate: Estimate | null | undefined): estimate is Estimate {
  return estimate != null && estimate.n >= FLOOR_NUMBER
}

function weigh(place: Place, kind: Candidate['kind'], change: Change, scale: number): Candidate {
  return { place, kind, change, weight: Math.abs(change.difference) * scale * place.now.persons }
}

/** Those whose interval leaves zero and that are still believed after all that were looked at. */
function findCertain(candidates: readonly Candidate[]): Candidate[] {
  const rates = findDiscoveryRates(candidates.map(({ change }) => change.p))
  return candidates.filter(
    ({ change }, index) => (rates[index] as number) <= FALSE_SHARE && (change.low > 0 || change.high < 0),
  )
}

/** Of a stage and its only touchpoint, the touchpoint: it comes later and says more. */
function pickLargest(candidates: readonly Candidate[]): Candidate | undefined {
  return candidates.reduce<Candidate | undefined>(
    (best, one) => (best && best.weight > one.weight ? best : one),
    undefined,
  )
}

function sentenceOf(candidate: Candidate | undefined): Sentence | null {
  if (!candidate) return null
  const { place, kind, change } = candidate
  if (kind === 'low_kept' && isSlow(place))
    return say('worse_slow_at', place, { count: place.now.persons }, 'lost')
  const isBetter = change.difference > 0
  const at = place.touchpoint === null ? '' : '_at'
  return {
    key: `${isBetter ? 'better' : 'worse'}_${kind}${at}`,
    values: { ...namesOf(place), ...figuresOf(candidate) },
    stage: place.stage,
    touchpoint: place.touchpoint,
    tone: isBetter ? 'won' : 'lost',
  }
}

function namesOf({ stage, touchpoint }: Place): Record<string, string> {
  return touchpoint === null ? { stage } : { stage, touchpoint }
}

function figuresOf({ place, kind, change }: Candidate): Record<string, number> {
  const { now, before } = place
  const isSaid = kind === 'said' || kind === 'low_said'
  const [ours, theirs] = isSaid ? [now.said, before?.said] : [now.kept, before?.kept]
  const { mean = 0, n = 0 } = ours ?? {}
  if (kind === 'low_said') return { now: round(mean), count: n }
  if (kind === 'low_kept') return { nowShare: mean, count: n }
  const was = theirs?.mean ?? 0
  return isSaid
    ? { now: round(mean), before: round(was), points: round(change.difference), count: n }
    : { nowShare: mean, beforeShare: was, changeShare: change.difference, count: n }
}

/** What to mend first: the standard whose certain misses meet most persons; where there is none, where to ask. */
function chooseNext(places: readonly Place[]): Sentence | null {
  const own = places.filter(({ touchpoint }) => touchpoint !== null)
  const missed = pickBy(own, ({ now }) =>
    isNumber(now.kept) && now.kept.high < WELL_KEPT ? (1 - now.kept.high) * now.persons : 0,
  )
  if (missed && isSlow(missed)) return say('next_speed', missed, { count: missed.now.persons }, 'lost')
  if (missed?.now.kept) {
    const values = { nowShare: missed.now.kept.mean, count: missed.now.persons }
    return say('next_mend', missed, values, 'lost')
  }
  const silent = pickBy(own, ({ now }) =>
    now.persons >= FLOOR_NUMBER && now.heard.persons < FLOOR_WORD ? now.persons : 0,
  )
  if (!silent) return null
  return say('next_ask', silent, { heard: silent.now.heard.persons, count: silent.now.persons }, 'even')
}

/** Of pages that keep nothing but speed the sentences speak of loadings: kept below three quarters, a quarter of them is slow. */
function isSlow({ now }: Place): boolean {
  return 'isByLoad' in now && now.isByLoad
}

/** Of the stages, by what customers said; by standards where nothing is known of that. */
function findExtremes(stages: readonly Place[]): { gain: Sentence | null; loss: Sentence | null } {
  const certain = findCertain(stages.flatMap(lowsOf))
  const extreme = (isGain: boolean) => {
    const fitting = certain.filter(({ change }) => change.difference > 0 === isGain)
    const best =
      pickLargest(fitting.filter(({ kind }) => kind === 'low_said')) ??
      pickLargest(fitting.filter(({ kind }) => kind === 'low_kept'))
    if (!best) return null
    const key = `${isGain ? 'gain' : 'loss'}_${best.kind === 'low_said' ? 'said' : 'kept'}`
    return say(key, best.place, figuresOf(best), isGain ? 'won' : 'lost')
  }
  return { gain: extreme(true), loss: extreme(false) }
}

function pickBy(places: readonly Place[], weight: (place: Place) => number): Place | undefined {
  let best: Place | undefined
  for (const place of places) if (weight(place) > (best ? weight(best) : 0)) best = place
  return best
}

function say(key: string, place: Place, values: Record<string, number>, tone: Sentence['tone']): Sentence {
  return {
    key,
    values: { ...namesOf(place), ...values },
    stage: place.stage,
    touchpoint: place.touchpoint,
    tone,
  }
}

const round = (points: number) => Math.round(points * 10) / 10
