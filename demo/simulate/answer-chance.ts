import type { DemoOptions } from '../options.ts'
import { createDraw } from './draw.ts'
import { CALM_ANSWERS, drawAfter, isAngry, recommendMean } from './draw-after.ts'
import { drawBuyer } from './draw-buyer.ts'
import { isReceived } from './draw-order.ts'

const PILOT_PERSONS = 12_000
/** Any day will do on which nobody young arrives yet. */
const PILOT_DAY = 100
const MOST = 0.9

/**
 * How often calm and angry customers answer, so that the raw NPS is off by `nps_bias`. A pilot of lives gives the share
 * of the angry and both groups' exact NPS; answers of the angry then weigh as much more as it takes.
 */
export function createAnswerChance(options: DemoOptions): (isAngry: boolean) => number {
  const { share, gap } = pilot(options)
  const wanted = gap > 0 ? share - options.truths.nps_bias / 100 / gap : share
  const ratio = (wanted * (1 - share)) / (share * (1 - wanted))
  const angry = Number.isFinite(ratio) && ratio > 0 ? Math.min(MOST, CALM_ANSWERS * ratio) : CALM_ANSWERS
  return (isAngryOne) => (isAngryOne ? angry : CALM_ANSWERS)
}

/** The share of the angry among those who received, and how much lower their NPS is (as a share). */
function pilot(options: DemoOptions): { share: number; gap: number } {
  const counts = { calm: 0, angry: 0 }
  const scores = { calm: 0, angry: 0 }
  const { truths } = options
  for (let index = 0; index < PILOT_PERSONS; index++) {
    const draw = createDraw(`pilot:${index}`)
    const life = drawBuyer(draw, options, index, options.end - PILOT_DAY)
    if (!life.order || !isReceived(life.order)) continue
    const { failures } = drawAfter(draw, truths, life, life.order, () => 0)
    const mood = isAngry(life.order, failures) ? 'angry' : 'calm'
    counts[mood]++
    scores[mood] += meanNps(recommendMean(truths, life.traits.kindness, life.order, failures))
  }
  const share = counts.angry / (counts.angry + counts.calm)
  return { share, gap: scores.calm / counts.calm - scores.angry / counts.angry }
}

/** Promoters minus detractors among marks drawn as a binomial of ten with this mean, −1 … 1. */
function meanNps(mean: number): number {
  const chance = mean / 10
  let detractors = 0
  let binomial = (1 - chance) ** 10
  for (let mark = 0; mark <= 6; mark++) {
    detractors += binomial
    binomial *= ((10 - mark) / (mark + 1)) * (chance / (1 - chance))
  }
  const promoters = chance ** 10 + 10 * chance ** 9 * (1 - chance)
  return promoters - detractors
}
