import { DAY_MS } from '../../kernel/time.ts'
import type { FindingKey } from '../truths.ts'
import { STAR_OPERATOR } from '../world/people.ts'
import { CONTACT_MARKS } from '../world/rates.ts'
import { compareMeans, type Estimate, leastSquares } from './least-squares.ts'
import { findNpsBias } from './nps-bias.ts'
import type { OrderRow, PersonRow } from './read-row.ts'

export interface Finding extends Estimate {
  /** Persons, orders or marks that the figure is of. */
  n: number
  /** What a plain comparison shows. */
  naive?: Estimate
}

/**
 * Looks for the planted effects in what a shop can know, with the controls that TRUTHS.md names. Persons whose
 * follow-up isn't complete by `end` (ms) are left out.
 */
export function findEffects(rows: readonly PersonRow[], end: number): Record<FindingKey, Finding> {
  return {
    ...findOrderEffects(rows.filter(({ firstAt }) => firstAt < end - 20 * DAY_MS)),
    ...findRefusals(rows, end - 20 * DAY_MS),
    ...findRecommendation(rows),
    ...findRepeats(rows, end - 92 * DAY_MS),
    ...findOperator(rows),
    nps_bias: findNpsBias(rows, end - 25 * DAY_MS),
  }
}

type Columns = Record<string, number[]>

/** One column for each value but the first. */
function dummies<T>(rows: readonly T[], name: string, read: (row: T) => string): Columns {
  const values = [...new Set(rows.map(read))].sort().slice(1)
  return Object.fromEntries(
    values.map((value) => [`${name}:${value}`, rows.map((row) => (read(row) === value ? 1 : 0))]),
  )
}

function flags<T>(rows: readonly T[], is: (row: T) => boolean): number[] {
  return rows.map((row) => (is(row) ? 1 : 0))
}

function toFinding(model: Record<string, Estimate> & { n: number }, name: string, naive?: Estimate): Finding {
  const found = model[name] ?? { estimate: Number.NaN, error: Number.NaN }
  return { ...found, n: model.n, naive }
}

const isSlow = ({ contact }: PersonRow) => contact?.way === 'chat' && (contact.seconds ?? 0) > 1_800

function findOrderEffects(rows: readonly PersonRow[]) {
  const ordered = flags(rows, ({ order }) => order !== undefined)
  const model = leastSquares(ordered, {
    price_breach: flags(rows, ({ contact }) => contact?.isBreach === true),
    answer30: flags(rows, isSlow),
    catalogue: flags(rows, ({ sawCatalogue }) => sawCatalogue),
    evening: flags(rows, ({ isEvening }) => isEvening),
    phone: flags(rows, ({ isPhone }) => isPhone),
    ...dummies(rows, 'source', ({ source }) => source),
    ...dummies(rows, 'category', ({ category }) => category),
    ...dummies(rows, 'way', ({ contact }) => contact?.way ?? ''),
  })
  const chats = rows.filter(({ contact }) => contact?.way === 'chat')
  const chatOrders = flags(chats, ({ order }) => order !== undefined)
  return {
    price_breach: toFinding(model, 'price_breach'),
    answer30: toFinding(model, 'answer30', compareMeans(chatOrders, flags(chats, isSlow))),
    catalogue: toFinding(
      model,
      'catalogue',
      compareMeans(
        ordered,
        flags(rows, ({ sawCatalogue }) => sawCatalogue),
      ),
    ),
  }
}

const isLate = ({ lateDays }: OrderRow) => (lateDays ?? 0) > 0

/** Parcels only: what the shop's own van brings to its store is never late. */
function findRefusals(rows: readonly PersonRow[], before: number) {
  const parcels = rows.flatMap(({ order }) =>
    order && order.delivery !== 'store_pickup' && order.arrivedAt !== undefined && order.at < before
      ? [order]
      : [],
  )
  const refused = flags(parcels, ({ refusedAt }) => refusedAt !== undefined)
  const model = leastSquares(refused, {
    late: flags(parcels, isLate),
    prepaid: flags(parcels, ({ payment }) => payment === 'card'),
    ...dummies(parcels, 'region', ({ region }) => region),
  })
  return { late_refusal: toFinding(model, 'late', compareMeans(refused, flags(parcels, isLate))) }
}

type Buyer = PersonRow & { order: OrderRow }

function buyersOf(rows: readonly PersonRow[]): Buyer[] {
  return rows.filter((row): row is Buyer => row.order?.receivedAt !== undefined)
}

function failureColumns(rows: readonly PersonRow[]): Columns {
  return {
    failed: flags(rows, ({ failures }) => failures.length > 0),
    restored: flags(rows, ({ failures }) => failures[0]?.isSolvedWell === true),
    second: flags(rows, ({ failures }) => failures.length > 1),
    secondRestored: flags(rows, ({ failures }) => failures[1]?.isSolvedWell === true),
  }
}

function findRecommendation(rows: readonly PersonRow[]) {
  const answered = buyersOf(rows).filter(({ nps }) => nps !== undefined)
  const model = leastSquares(
    answered.map(({ nps }) => nps as number),
    {
      late: flags(answered, ({ order }) => isLate(order)),
      ...failureColumns(answered),
      ...dummies(answered, 'region', ({ order }) => order.region),
    },
  )
  return {
    late_recommend: toFinding(model, 'late'),
    failure_recommend: toFinding(model, 'failed'),
    restored_recommend: toFinding(model, 'restored'),
    second_recommend: toFinding(model, 'second'),
    second_restored: toFinding(model, 'secondRestored'),
  }
}

function findRepeats(rows: readonly PersonRow[], before: number) {
  const buyers = buyersOf(rows).filter(({ order }) => (order.receivedAt as number) < before)
  const repeated = flags(buyers, ({ repeatAt }) => repeatAt !== undefined)
  const model = leastSquares(repeated, {
    insert: flags(buyers, ({ order }) => order.insert),
    sent: flags(buyers, ({ isSentNewsletter }) => isSentNewsletter),
    subscriber: flags(buyers, ({ isSubscriber }) => isSubscriber),
    ...failureColumns(buyers),
  })
  const sent = buyers.filter(({ isSentNewsletter }) => isSentNewsletter)
  const openers = flags(sent, ({ isOpener }) => isOpener)
  const opening = compareMeans(
    flags(sent, ({ repeatAt }) => repeatAt !== undefined),
    openers,
  )
  return {
    insert: toFinding(model, 'insert'),
    newsletter: toFinding(model, 'sent', opening),
    failure_repeat: toFinding(model, 'failed'),
    restored_repeat: toFinding(model, 'restored'),
  }
}

/** The rating of a contact by operator, with the hardness of the question and the time to the answer held. */
function findOperator(rows: readonly PersonRow[]) {
  const marks = rows.flatMap(({ contactMarks }) => contactMarks)
  const scores = marks.map(({ score }) => score)
  const isStar = flags(marks, ({ operator }) => operator === STAR_OPERATOR)
  const bandOf = (seconds: number) => CONTACT_MARKS.findIndex(({ upToSeconds }) => seconds <= upToSeconds)
  const model = leastSquares(scores, {
    star: isStar,
    hard: flags(marks, (mark) => mark.isHard),
    ...dummies(marks, 'band', ({ seconds }) => String(bandOf(seconds))),
  })
  return { operator: toFinding(model, 'star', compareMeans(scores, isStar)) }
}
