import { DAY_MS } from '../../../../kernel/time.ts'
import type { Asked } from '../models/find-answering.ts'
import { addCareFacts } from './care-facts.ts'
import type { History } from './read-history.ts'
import { openUnit } from './unit.ts'
import { findFirstReceived, isRecommendation } from './units-of-buyers.ts'
import type { UnitsGround } from './units-plan.ts'

/** Whoever recommends does so within so many days after receipt; what happened before the third week's end may move them. */
const ANSWER_MS = 30 * DAY_MS
const HISTORY_MS = 21 * DAY_MS

/** Everybody who received an order in the period, early enough to have answered, by what became of it. */
export function listAsked(histories: readonly History[], ground: UnitsGround): Asked {
  const { period, recordedUntil } = ground
  const to = Math.min(period.to, recordedUntil) - ANSWER_MS
  const kinds: number[] = []
  const marks: number[] = []
  const numbers = new Map<string, number>()
  for (const history of histories) {
    const order = findFirstReceived(history, period.from, to)
    if (!order) continue
    const { receivedAt, id } = order
    const until = receivedAt + HISTORY_MS
    const unit = openUnit({ person: 0, at: receivedAt, outcome: 0, amount: 0 })
    addCareFacts(unit, history, order, { receivedAt, until })
    const isLate = history.events.some(
      ({ order: of, measure, measured, at }) =>
        of === id && measure === 'days_late' && (measured ?? 0) > 0 && at <= until,
    )
    const facts = ['defect', 'solved', 'second_defect', 'second_solved'].map(
      (key) => unit.events.get(key)?.is,
    )
    const kind = JSON.stringify([isLate, ...facts])
    const number = numbers.get(kind) ?? numbers.size
    numbers.set(kind, number)
    kinds.push(number)
    const answer = history.events.find(
      (event) => isRecommendation(event) && event.at >= receivedAt && event.at <= receivedAt + ANSWER_MS,
    )
    marks.push(answer?.value ?? Number.NaN)
  }
  return { kinds: Int32Array.from(kinds), marks: Float64Array.from(marks) }
}
