import type { OrderPayment } from '../contract.ts'
import type { OrderFact } from './order-fact.ts'
import { toInstant } from './walk-steps.ts'

export interface FoldedPayments {
  payments: OrderPayment[]
  paidAt: number | null
  paidAmount: number | null
}

/**
 * Payments add up; `Order Paid` says that the order is settled and counts with its own amount, or the order's, only
 * where no single payments are known.
 */
export function foldPayments(facts: readonly OrderFact[], orderAmount: number | null): FoldedPayments {
  const parts = facts.filter(({ kind }) => kind === 'payment' || kind === 'attempt')
  const completed = parts.filter(({ kind }) => kind === 'payment')
  const settled = facts.find(({ kind }) => kind === 'paid')
  const amounts = completed.flatMap(({ data }) => data.amount ?? [])
  const times = [completed[0]?.at, settled?.at].filter((at) => at !== undefined)
  const ofOrder = settled ? (settled.data.amount ?? orderAmount) : null
  return {
    payments: parts.map(readPayment),
    paidAt: times.length > 0 ? Math.min(...times) : null,
    paidAmount: amounts.length > 0 ? amounts.reduce((sum, amount) => sum + amount, 0) : ofOrder,
  }
}

function readPayment({ at, kind, data }: OrderFact): OrderPayment {
  return {
    at: toInstant(at),
    amount: data.amount ?? null,
    method: data.paymentMethod ?? null,
    installments: data.installments ?? null,
    isCompleted: kind === 'payment',
  }
}
