import { GROUPS } from '../../../paths/server/reads.ts'
import type { PathTable } from '../path-table.ts'
import { solveWithout } from './chain-solutions.ts'
import { type DrawnTotals, eachPath, type GroupSums } from './group-sums.ts'
import { attribute, countLeaving, groupByChannel, toChain } from './markov.ts'
import type { Credit } from './model.ts'
import {
  createTransitionCounter,
  type TransitionCounter,
  type TransitionCounts,
} from './transition-counts.ts'

/**
 * The Markov chain over all paths, and how far each group of persons moves what is lost without each channel: the
 * derivatives of the losses by the counted moves, times the moves of the group. A draw of groups takes the losses along
 * these, where solving the chain anew would cost a solve for each draw.
 */
export function sumMarkov(
  table: PathTable,
  order: number,
  withNulls: boolean,
): { points: Credit[]; sums: GroupSums } {
  const channels = table.channels.length
  const counter = createTransitionCounter(order)
  eachPath(table, withNulls, (path, steps) => {
    const nulls = withNulls ? (table.nulls[path] as number) : 0
    counter.add(steps, {
      conversions: table.conversions[path] as number,
      value: table.value[path] as number,
      nulls,
    })
  })
  const slopes = findSlopes(counter.counts, channels)
  const byGroup = sumGroups(table, withNulls, counter, slopes)
  return {
    points: attribute(counter.counts, channels),
    sums: { whole: slopes.losses, byGroup, toCredits: shareOutLosses },
  }
}

/** How the losses change: rows as wide as twice the channels, for conversions and for value in units of `scale`. */
interface Slopes {
  losses: Float64Array
  scale: number
  /** By move, for a journey more that makes it. */
  move: Float64Array
  /** By state, for a journey more that ends there without bringing anything… */
  end: Float64Array
  /** …and for what it brings, one more: as wide as the channels. */
  gain: Float64Array
}

/**
 * With f visits and h worths of the chain without a channel and L journeys leaving a state s, a journey more from s to t
 * adds f(s) (h(t) − h(s)) / L to what is earned, one that ends there f(s) (reward − h(s)) / L: the derivative of a
 * linear system's solution by its matrix.
 */
function findSlopes(counts: TransitionCounts, channels: number): Slopes {
  const leaving = countLeaving(counts)
  const chain = toChain(counts, leaving)
  const perJourney = (earned: readonly number[]) =>
    Float64Array.from(earned, (one, s) => (one === 0 ? 0 : one / (leaving[s] as number)))
  const value = perJourney(counts.value)
  const scale = value.reduce((most, one) => Math.max(most, one), 0) || 1
  const rewards = [perJourney(counts.conversions), value.map((one) => one / scale)]
  const slopes: Slopes = {
    losses: new Float64Array(2 * channels),
    scale,
    move: new Float64Array(counts.from.length * 2 * channels),
    end: new Float64Array(chain.states * 2 * channels),
    gain: new Float64Array(chain.states * channels),
  }
  let column = -1
  // The chain without a channel counts against that channel's loss, the whole chain for everyone's.
  for (const { visits, worth } of solveWithout(chain, rewards, groupByChannel(counts, channels))) {
    const weights = visits.map((often, s) => (often === 0 ? 0 : often / (leaving[s] as number)))
    const places = column < 0 ? Array.from({ length: channels }, (_, at) => at) : [column]
    for (const place of places) addSlopes(slopes, counts, weights, worth, place, column < 0 ? 1 : -1)
    column++
  }
  return slopes
}

function addSlopes(
  { losses, move, end, gain }: Slopes,
  { from, to }: TransitionCounts,
  weights: Float64Array,
  worth: readonly Float64Array[],
  channel: number,
  sign: number,
): void {
  const width = losses.length
  worth.forEach((h, kind) => {
    const column = (kind * width) / 2 + channel
    losses[column] = (losses[column] as number) + sign * (h[0] as number)
    for (let at = 0; at < from.length; at++) {
      const s = from[at] as number
      const rise = (weights[s] as number) * ((h[to[at] as number] as number) - (h[s] as number))
      const place = at * width + column
      move[place] = (move[place] as number) + sign * rise
    }
    for (let s = 0; s < weights.length; s++) {
      const place = s * width + column
      end[place] = (end[place] as number) - sign * (weights[s] as number) * (h[s] as number)
    }
  })
  for (let s = 0; s < weights.length; s++) {
    const place = (s * width) / 2 + channel
    gain[place] = (gain[place] as number) + sign * (weights[s] as number)
  }
}

/** Each group's sums: its journeys times the slopes of their moves. The hot loop: no function is made within. */
function sumGroups(
  table: PathTable,
  withNulls: boolean,
  { follow }: TransitionCounter,
  slopes: Slopes,
): Float64Array {
  const width = slopes.losses.length
  const byGroup = new Float64Array(GROUPS * width)
  const path = new Float64Array(width)
  const tell = (at: number) => addRow(path, slopes.move, at)
  const { partStarts, parts } = table
  eachPath(table, withNulls, (number, steps) => {
    path.fill(0)
    const last = follow(steps, tell)
    addRow(path, slopes.end, last)
    const end = 4 * (partStarts[number + 1] as number)
    for (let at = 4 * (partStarts[number] as number); at < end; at += 4) {
      const conversions = parts[at + 1] as number
      const journeys = conversions + (withNulls ? (parts[at + 3] as number) : 0)
      if (journeys === 0) continue
      const start = (parts[at] as number) * width
      addTimes(byGroup, start, path, 0, width, journeys)
      if (conversions === 0) continue
      const gains = (last * width) / 2
      addTimes(byGroup, start, slopes.gain, gains, width / 2, conversions)
      addTimes(
        byGroup,
        start + width / 2,
        slopes.gain,
        gains,
        width / 2,
        (parts[at + 2] as number) / slopes.scale,
      )
    }
  })
  return byGroup
}

function addRow(sums: Float64Array, rows: Float64Array, row: number): void {
  const start = row * sums.length
  for (let at = 0; at < sums.length; at++) sums[at] = (sums[at] as number) + (rows[start + at] as number)
}

function addTimes(
  into: Float64Array,
  start: number,
  from: Float64Array,
  begin: number,
  width: number,
  times: number,
): void {
  for (let at = 0; at < width; at++)
    into[start + at] = (into[start + at] as number) + times * (from[begin + at] as number)
}

/** Orders and money shared out by what is lost without each channel. */
function shareOutLosses(sums: Float64Array, totals: DrawnTotals): Credit[] {
  const channels = sums.length / 2
  const shareOut = (from: number, total: number) => {
    const lost = Array.from(sums.subarray(from, from + channels), (loss) => Math.max(0, loss))
    const sum = lost.reduce((all, one) => all + one, 0)
    return lost.map((one) => (sum === 0 ? 0 : (one / sum) * total))
  }
  const value = shareOut(channels, totals.value)
  return shareOut(0, totals.conversions).map((conversions, at) => ({
    conversions,
    value: value[at] as number,
  }))
}
