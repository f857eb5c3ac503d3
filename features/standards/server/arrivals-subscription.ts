import type { DomainSubscription } from '../../../platform/domain-events.ts'
import type { OrderArrival } from '../../orders/contract.ts'
import { putMeasures, withdrawMeasures } from './measure-store.ts'
import type { MeasuredStandard } from './measured-standard.ts'

/** Orders that came, or whose day was corrected, as the orders room tells them: days after the promised one. */
export function createArrivalsSubscription(onMeasures: () => void): DomainSubscription {
  return {
    name: 'standards-arrivals',
    to: ['Orders Arrived'],
    async apply(tx, { shop, payload }) {
      const arrivals = (payload.arrivals ?? []) as OrderArrival[]
      await putMeasures(
        tx,
        arrivals.flatMap((arrival) => toMeasure(shop, arrival) ?? []),
      )
      await withdrawMeasures(
        tx,
        shop,
        'days_late',
        arrivals.filter(({ judged }) => judged === null).map(({ order }) => order),
      )
      onMeasures()
    },
  }
}

function toMeasure(shop: number, { order, identity, judged }: OrderArrival): MeasuredStandard | undefined {
  if (!judged) return undefined
  const { at, lateDays: value, promisedOn, arrivedOn } = judged
  const detail = { promised_on: promisedOn, arrived_on: arrivedOn }
  const of = { shop, subject: order, order, identity, identityKind: '' }
  return { ...of, touchpoint: 'carrier', measure: 'days_late', value, at, detail }
}
