import type { OrderItem } from '../contract.ts'
import type { FactData, OrderFact } from './order-fact.ts'
import type { FactKind } from './order-states.ts'
import type { Values } from './read-properties.ts'

export interface FoldedDetails {
  amount: number | null
  currency: string
  discount: number | null
  shipping: number | null
  tax: number | null
  paymentMethod: string | null
  region: string | null
  items: OrderItem[]
  extra: Values
}

/** Facts whose figures are those of the whole order; a payment's, refund's or promise's are its own. */
const OF_WHOLE_ORDER = new Set<FactKind>(['placed', 'confirmed', 'updated'])
const OF_A_PART = new Set<FactKind>(['payment', 'attempt', 'promised', 'returned'])

/** The last word counts for each field, and what isn't repeated stays. `facts` are sorted by time. */
export function foldDetails(facts: readonly OrderFact[], shopCurrency: string): FoldedDetails {
  const whole = facts.filter(({ kind }) => OF_WHOLE_ORDER.has(kind))
  // A step that names a total speaks only where the order itself said nothing.
  const steps = facts.filter(({ kind }) => !OF_WHOLE_ORDER.has(kind) && !OF_A_PART.has(kind))
  const last = <K extends keyof FactData>(key: K): FactData[K] | undefined =>
    findLast(whole, key) ?? findLast(steps, key)
  return {
    amount: last('amount') ?? null,
    currency: last('currency') ?? findLast(facts, 'currency') ?? shopCurrency,
    discount: last('discount') ?? null,
    shipping: last('shipping') ?? null,
    tax: last('tax') ?? null,
    paymentMethod: last('paymentMethod') ?? findLargestMethod(facts) ?? null,
    region: last('region') ?? findLast(facts, 'region') ?? null,
    items: last('items') ?? [],
    extra: Object.assign({}, ...[...steps, ...whole].map(({ data }) => data.extra)),
  }
}

function findLast<K extends keyof FactData>(facts: readonly OrderFact[], key: K): FactData[K] | undefined {
  return facts.findLast(({ data }) => data[key] !== undefined)?.data[key]
}

/** Of several payments the largest names the method; of equal ones the first. */
function findLargestMethod(facts: readonly OrderFact[]): string | undefined {
  let largest: OrderFact | undefined
  for (const fact of facts) {
    if (fact.data.paymentMethod === undefined) continue
    if (!largest || (fact.data.amount ?? 0) > (largest.data.amount ?? 0)) largest = fact
  }
  return largest?.data.paymentMethod
}
