import { AppError } from '../kernel/errors.ts'
import { CASE_MIX, CATALOGUE_REACH, OPENING, ORDER_CHANCE, SHARES, SLOW_ANSWER } from './world/rates.ts'

export interface TruthDefinition {
  size: number
  min: number
  max: number
  /** In which the size is told: `points` are hundredths of a probability. */
  unit: 'points' | 'of 10' | 'of 5' | 'percent' | 'times' | 'seconds' | 'NPS points'
  about: string
}

/** What is planted in the demo shop, by the name under which the command line changes it. See TRUTHS.md. */
export const TRUTHS = {
  price_breach: {
    size: -25,
    min: -30,
    max: 10,
    unit: 'points',
    about: 'order rate, when the operator names 2,600 where the page said 2,200 (coffee machines)',
  },
  late_recommend: {
    size: -0.8,
    min: -1.5,
    max: 0.3,
    unit: 'of 10',
    about: 'recommendation, when the parcel comes after the promised day',
  },
  late_refusal: {
    size: 6,
    min: -1,
    max: 40,
    unit: 'points',
    about: 'refusals, when the parcel comes after the promised day',
  },
  answer30: {
    size: -8,
    min: -15,
    max: 10,
    unit: 'points',
    about: 'order rate, when the first human answer in the chat takes over 30 minutes',
  },
  insert: {
    size: 4,
    min: -1,
    max: 20,
    unit: 'points',
    about: 'repeat orders in 90 days, with a card in the parcel (by lot)',
  },
  newsletter: {
    size: 0,
    min: -1,
    max: 15,
    unit: 'points',
    about: 'repeat orders in 90 days, when the newsletter is sent (by lot)',
  },
  openers: {
    size: 15,
    min: 0,
    max: 20,
    unit: 'points',
    about: 'by which those who open the newsletter look better, only because they are keener',
  },
  operator: {
    size: 0,
    min: -0.8,
    max: 0.4,
    unit: 'of 5',
    about: 'rating of a contact, when the operator is Тарас, who is given most of the hard cases',
  },
  nps_bias: {
    size: -12,
    min: -25,
    max: 0,
    unit: 'NPS points',
    about: 'by which the raw NPS is off, because angry people answer more',
  },
  failure_recommend: {
    size: -2,
    min: -2.4,
    max: 0,
    unit: 'of 10',
    about: 'recommendation, after a first defect that was not solved well',
  },
  failure_repeat: {
    size: -8,
    min: -8,
    max: 5,
    unit: 'points',
    about: 'repeat orders in 90 days, after a defect, however it was solved',
  },
  restored: {
    size: 100,
    min: 0,
    max: 100,
    unit: 'percent',
    about: 'of the recommendation lost by a first defect comes back when it is solved well',
  },
  second_failure: {
    size: -2.5,
    min: -2.5,
    max: 0,
    unit: 'of 10',
    about: 'recommendation, after a second defect, solved well or not',
  },
  young: {
    size: 30,
    min: 0,
    max: 60,
    unit: 'percent',
    about: 'of the arrivals of the last six weeks are young people from one social channel',
  },
  november: {
    size: 2.5,
    min: 1,
    max: 5,
    unit: 'times',
    about: 'as many arrivals from 15 to 30 November of each year',
  },
  slow_phone: {
    size: 4.8,
    min: 1,
    max: 12,
    unit: 'seconds',
    about: 'LCP of the product template on phones (75th percentile); elsewhere 2.2 or less',
  },
  catalogue: {
    size: 0,
    min: -2,
    max: 10,
    unit: 'points',
    about: 'order rate of those who saw the catalogue, the most visited touchpoint',
  },
} as const satisfies Record<string, TruthDefinition>

export type TruthKey = keyof typeof TRUTHS
export type Truths = Record<TruthKey, number>

export const truthKeys = Object.keys(TRUTHS) as TruthKey[]

export const defaultTruths: Readonly<Truths> = Object.fromEntries(
  truthKeys.map((key) => [key, TRUTHS[key].size]),
) as Truths

/** `answer30=0` … → all truths. Refuses unknown names and sizes that would need impossible probabilities. */
export function parseTruths(pairs: readonly string[]): Truths {
  const truths = { ...defaultTruths }
  for (const pair of pairs) {
    const [name = '', text = '', ...rest] = pair.split('=').map((part) => part.trim())
    const size = Number(text.replace('−', '-'))
    if (!Object.hasOwn(TRUTHS, name))
      throw new AppError('bad_request', `There is no truth “${name}”. There are: ${truthKeys.join(', ')}.`)
    const key = name as TruthKey
    const { min, max, unit } = TRUTHS[key]
    if (text === '' || rest.length > 0 || !Number.isFinite(size) || size < min || size > max)
      throw new AppError(
        'bad_request',
        `“${pair}” can’t be planted: ${key} is a number from ${min} to ${max} (${unit}), like ${key}=${TRUTHS[key].size}.`,
      )
    truths[key] = size
  }
  return truths
}

/** What the planted sizes amount to in the figures of `analysis/findings.ts`: shares as shares, marks as marks. */
export interface Expected {
  truth: number
  /** What a plain comparison of two groups shows, where that is something else. */
  naive?: number
}

/** The true value of each finding, and the naive one where a trap is set. Sizes of shares from 0 to 1. */
export function expected(truths: Truths) {
  const share = (key: TruthKey) => truths[key] / 100
  return {
    price_breach: { truth: share('price_breach') },
    late_recommend: { truth: truths.late_recommend },
    late_refusal: { truth: share('late_refusal') },
    answer30: { truth: share('answer30'), naive: share('answer30') + slowAnswerConfounding() },
    insert: { truth: share('insert') },
    newsletter: { truth: share('newsletter'), naive: share('openers') },
    operator: { truth: truths.operator, naive: truths.operator + caseMixConfounding() },
    nps_bias: { truth: truths.nps_bias },
    failure_recommend: { truth: truths.failure_recommend },
    failure_repeat: { truth: share('failure_repeat') },
    restored_recommend: { truth: -truths.failure_recommend * share('restored') },
    restored_repeat: { truth: 0 },
    second_recommend: { truth: truths.second_failure },
    second_restored: { truth: 0 },
    catalogue: { truth: share('catalogue'), naive: share('catalogue') + catalogueConfounding() },
  } satisfies Record<string, Expected>
}

export type FindingKey = keyof ReturnType<typeof expected>

/** Evenings and ad traffic bring both slow answers and fewer orders: what a chart of slow against fast adds to the truth. */
function slowAnswerConfounding(): number {
  const { evening, ad } = SHARES
  const { base, byEvening, byAd } = SLOW_ANSWER
  const slow = base + byEvening * evening + byAd * ad
  const gap = (share: number, slowWhen: number) =>
    (share * slowWhen) / slow - (share * (1 - slowWhen)) / (1 - slow)
  return (
    ORDER_CHANCE.evening * gap(evening, base + byEvening + byAd * ad) +
    ORDER_CHANCE.ad * gap(ad, base + byAd + byEvening * evening)
  )
}

/** Visitors from ads skip the catalogue more often and order less; those who come directly do neither. */
function catalogueConfounding(): number {
  const { ad, direct } = SHARES
  const { fromAd, other } = CATALOGUE_REACH
  const seen = fromAd * ad + other * (1 - ad)
  const gap = (share: number, seenBy: number) => (share * seenBy) / seen - (share * (1 - seenBy)) / (1 - seen)
  return ORDER_CHANCE.ad * gap(ad, fromAd) + ORDER_CHANCE.direct * gap(direct, other)
}

function caseMixConfounding(): number {
  const { hardShare, hardToStar, easyToStar, hardLoss } = CASE_MIX
  const star = hardShare * hardToStar + (1 - hardShare) * easyToStar
  const hardAmongStar = (hardShare * hardToStar) / star
  const hardAmongOthers = (hardShare * (1 - hardToStar)) / (1 - star)
  return hardLoss * (hardAmongStar - hardAmongOthers)
}

/** How much likelier keen customers order again, so that openers look better by the size of `openers`. */
export function keenGain(truths: Truths): number {
  const { keenShare, keen, others } = OPENING
  const openers = keenShare * keen + (1 - keenShare) * others
  const keenAmongOpeners = (keenShare * keen) / openers
  const keenAmongOthers = (keenShare * (1 - keen)) / (1 - openers)
  return truths.openers / 100 / (keenAmongOpeners - keenAmongOthers)
}
