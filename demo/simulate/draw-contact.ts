import type { Truths } from '../truths.ts'
import { BREACH_CATEGORY, BREACH_PRICE } from '../world/catalogue.ts'
import { OPERATORS, STAR_OPERATOR } from '../world/people.ts'
import { ANSWERED, BREACH_SHARE, CASE_MIX, CONTACT_MARKS, SLOW_ANSWER } from '../world/rates.ts'
import type { Draw } from './draw.ts'
import { mainVisit } from './draw-visits.ts'
import type { Contact, ContactWay, Life } from './life.ts'

const WAYS: readonly { way: ContactWay | undefined; share: number }[] = [
  { way: 'chat', share: 0.26 },
  { way: 'phone', share: 0.2 },
  { way: 'callback', share: 0.03 },
  { way: 'email', share: 0.03 },
  { way: 'assistant', share: 0.03 },
  { way: undefined, share: 0.45 },
]
const EASY_TOPICS = ['availability', 'delivery_terms', 'payment', 'price'] as const
const HARD_TOPICS = ['compatibility', 'setup'] as const
const MINUTE_MS = 60_000

/** A question before the order, during the main visit; half of all visitors have none. */
export function drawContact(draw: Draw, truths: Truths, life: Life): Contact | undefined {
  const { way } = draw.byShare(WAYS)
  if (way === undefined) return undefined
  const isHard = draw.happens(CASE_MIX.hardShare)
  const operator = drawOperator(draw, isHard)
  const answerSeconds = drawAnswer(draw, way, life)
  return {
    way,
    at: mainVisit(life).at + Math.round(draw.between(3, 20) * MINUTE_MS),
    topic: draw.one(isHard ? HARD_TOPICS : EASY_TOPICS),
    isHard,
    operator,
    answerSeconds,
    quotedPrice: drawQuote(draw, way, life),
    mark: drawMark(draw, truths, { isHard, operator, answerSeconds }),
  }
}

/** Most hard cases go to one operator, and few of the easy ones. */
export function drawOperator(draw: Draw, isHard: boolean): string {
  const isStar = draw.happens(isHard ? CASE_MIX.hardToStar : CASE_MIX.easyToStar)
  return isStar ? STAR_OPERATOR : draw.one(OPERATORS)
}

function drawAnswer(draw: Draw, way: ContactWay, { isEvening, source }: Life): number {
  if (way === 'phone') return draw.whole(4, draw.happens(0.8) ? 20 : 90)
  if (way === 'callback') return draw.whole(120, draw.happens(0.6) ? 900 : 5_400)
  if (way === 'email') return draw.whole(1_800, draw.happens(0.6) ? 14_400 : 100_000)
  if (way === 'assistant') return draw.whole(60, 600)
  const { base, byEvening, byAd } = SLOW_ANSWER
  const isSlow = draw.happens(base + (isEvening ? byEvening : 0) + (source.isAd ? byAd : 0))
  if (isSlow) return draw.whole(1_860, 7_200)
  return draw.whole(15, draw.happens(0.5) ? 120 : draw.happens(0.65) ? 600 : 1_740)
}

/** Only at the telephone is a price said aloud; for coffee machines often that of an old list. */
function drawQuote(draw: Draw, way: ContactWay, { category, product }: Life): number | undefined {
  if (way !== 'phone') return undefined
  const isBreach = category.key === BREACH_CATEGORY && draw.happens(BREACH_SHARE)
  return isBreach ? BREACH_PRICE : product.price
}

/** Marks from 1 to 5: quicker answers and easy questions are liked better, whoever answers. */
export function drawMark(
  draw: Draw,
  truths: Truths,
  { isHard, operator, answerSeconds }: Pick<Contact, 'isHard' | 'operator' | 'answerSeconds'>,
): number | undefined {
  const answered = draw.happens(ANSWERED.contact)
  const byTime = CONTACT_MARKS.find(({ upToSeconds }) => answerSeconds <= upToSeconds)?.mark ?? 3.3
  const mean = byTime + (isHard ? CASE_MIX.hardLoss : 0) + (operator === STAR_OPERATOR ? truths.operator : 0)
  const mark = draw.mark(1, 5, mean)
  return answered ? mark : undefined
}

/** Slow for the truth `answer30`. */
export function isSlowAnswer({ way, answerSeconds }: Contact): boolean {
  return way === 'chat' && answerSeconds > 1_800
}

export function isPriceBreach({ quotedPrice }: Contact, { product }: Life): boolean {
  return quotedPrice !== undefined && quotedPrice !== product.price
}
