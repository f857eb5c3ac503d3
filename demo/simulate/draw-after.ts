import { DAY_MS } from '../../kernel/time.ts'
import { keenGain, type Truths } from '../truths.ts'
import { FAILURES, OPENING, RECOMMENDATION, REPEAT_CHANCE } from '../world/rates.ts'
import type { Draw } from './draw.ts'
import { drawMark, drawOperator } from './draw-contact.ts'
import { drawOrder } from './draw-order.ts'
import type { After, Failure, Life, Order } from './life.ts'

/** When they are asked to recommend, and between which days after receipt an order is a repeat order. */
export const ASKED_AFTER_DAYS = 21
export const REPEAT_DAYS = { from: 24, to: 80 } as const

/** What follows the receipt: defects and how they are solved, newsletters, the big question, the next order. */
export function drawAfter(
  draw: Draw,
  truths: Truths,
  life: Life,
  order: Order,
  answerChance: (isAngry: boolean) => number,
): After {
  const failures = drawFailures(draw, truths, order.endedAt)
  const isSubscriber = draw.happens(OPENING.subscribers)
  const isSentNewsletter = draw.happens(OPENING.sent) && isSubscriber
  const isOpener = draw.happens(life.traits.isKeen ? OPENING.keen : OPENING.others) && isSentNewsletter
  const mark = draw.mark(0, 10, recommendMean(truths, life.traits.kindness, order, failures))
  const isAnswered = draw.happens(answerChance(isAngry(order, failures)))
  const isRepeat = draw.happens(repeatChance(truths, life, order, failures, isSentNewsletter))
  return {
    failures,
    isSubscriber,
    isSentNewsletter,
    isOpener,
    recommendation: isAnswered ? mark : undefined,
    repeat: isRepeat ? drawRepeat(draw, truths, life, order) : undefined,
  }
}

function drawFailures(draw: Draw, truths: Truths, receivedAt: number): Failure[] {
  if (!draw.happens(FAILURES.first)) return []
  const first = drawFailure(draw, truths, receivedAt + draw.between(1, 4) * DAY_MS)
  if (!draw.happens(FAILURES.second)) return [first]
  return [first, drawFailure(draw, truths, receivedAt + draw.between(11, 14) * DAY_MS)]
}

function drawFailure(draw: Draw, truths: Truths, openedAt: number): Failure {
  const isSolvedWell = draw.happens(FAILURES.solvedWell)
  const days = isSolvedWell ? draw.between(0.5, 2.5) : draw.between(4, 6)
  const operator = drawOperator(draw, true)
  const answerSeconds = draw.whole(5, 60)
  return {
    openedAt: Math.round(openedAt),
    resolvedAt: Math.round(openedAt + days * DAY_MS),
    isSolvedWell,
    contact: {
      way: 'phone',
      at: Math.round(openedAt) - 600_000,
      topic: 'defect',
      isHard: true,
      operator,
      answerSeconds,
      quotedPrice: undefined,
      mark: drawMark(draw, truths, { isHard: true, operator, answerSeconds }),
    },
  }
}

/** Angry enough to answer more often: a late parcel, or a defect that still hurts. */
export function isAngry(order: Order, failures: readonly Failure[]): boolean {
  const [first, second] = failures
  return order.lateDays > 0 || second !== undefined || first?.isSolvedWell === false
}

export function recommendMean(
  truths: Truths,
  kindness: number,
  order: Order,
  failures: readonly Failure[],
): number {
  const [first, second] = failures
  let mean = kindness
  if (order.lateDays > 0) mean += truths.late_recommend
  if (first) mean += truths.failure_recommend * (first.isSolvedWell ? 1 - truths.restored / 100 : 1)
  if (second) mean += truths.second_failure
  return mean
}

function repeatChance(
  truths: Truths,
  { traits }: Life,
  order: Order,
  failures: readonly Failure[],
  isSentNewsletter: boolean,
): number {
  let chance: number = REPEAT_CHANCE.base
  if (traits.isKeen) chance += keenGain(truths)
  if (order.hasInsert) chance += truths.insert / 100
  if (failures.length > 0) chance += truths.failure_repeat / 100
  if (isSentNewsletter) chance += truths.newsletter / 100
  return chance
}

function drawRepeat(draw: Draw, truths: Truths, life: Life, first: Order): Order {
  const at = Math.round(first.endedAt + draw.between(REPEAT_DAYS.from, REPEAT_DAYS.to) * DAY_MS)
  const product = draw.one(life.category.products)
  return drawOrder(draw, truths, life, { number: 2, at, product, price: product.price })
}

export const CALM_ANSWERS = RECOMMENDATION.answeredByCalm
